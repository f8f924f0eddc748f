using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Simulation;
using Copilot.Analysis.Tests.Simulation.Places;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Recording;

/// <summary>What every pod reports of itself four times a minute: how busy its processor is, and what waits in it.</summary>
internal sealed class WorldGauges(
    SimSystem system,
    WorldPlan plan,
    IReadOnlyList<(SimFault Fault, TimeWindow Window)> faults,
    Random random
)
{
    private const int EverySeconds = 15;

    public IEnumerable<ResourceSeries> All()
    {
        var end = faults[^1].Window.To + WorldPlan.QuietAfter;
        foreach (var service in system.Services)
        {
            for (var pod = 0; pod < service.Pods; pod++)
            {
                var usual = 0.05 + (0.3 * random.NextDouble());
                var (processor, waiting) = (new List<(long, double)>(), new List<(long, double)>());
                for (var at = plan.Start; at < end; at = at.AddSeconds(EverySeconds))
                {
                    var ns = UnixNanos.From(at);
                    var (fault, window) = faults.FirstOrDefault(f => f.Window.Contains(ns));
                    var factor = fault is null ? 1 : fault.Processor.GetValueOrDefault(service.Name, 1) * Math.Sqrt(fault.Traffic);
                    processor.Add((ns, Math.Round(usual * factor * (0.85 + (0.3 * random.NextDouble())), 4)));
                    waiting.Add((ns, fault is null ? 0 : Math.Round(fault.Pending(service, (ns - window.FromNs) / 1e9))));
                }

                var name = SimLayout.PodName(service, pod);
                yield return new ResourceSeries
                {
                    Service = service.Name,
                    Instance = name,
                    Metric = "process.cpu.utilization",
                    Points = processor,
                };
                yield return new ResourceSeries
                {
                    Service = service.Name,
                    Instance = name,
                    Metric = "db.client.connection.pending_requests",
                    Points = waiting,
                };
            }
        }
    }
}
