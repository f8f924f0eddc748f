using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>One made-up system with one trouble, as the analysis gets it.</summary>
internal sealed record SimCase(int Seed, SimSystem System, SimFault Fault, AnalysisInput Input)
{
    private const int Fewest = 8;

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    /// <param name="busier">How many times the usual traffic.</param>
    /// <returns>Null where the seed's system has no place for that kind of trouble.</returns>
    public static SimCase? Make(int seed, string kind, int busier = 1) => Make(seed, kind, null, busier);

    /// <param name="second">Another kind of trouble at the same time; null: one is alone.</param>
    /// <param name="busier">How many times the usual traffic.</param>
    /// <returns>Null where the seed's system has no places for them, different ones for two.</returns>
    public static SimCase? Make(int seed, string kind, string? second, int busier = 1)
    {
        var system = SimSystem.Make(seed);
        var random = new Random((kind + second).Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter)));
        var names = new NameTable();
        var traffic = new SimTraffic(system, names, random);
        var dry = traffic.Run(new TimeWindow(Start, Start.AddMinutes(1)), 300, new SimFault { Kind = "quiet" });
        var usage = traffic.Usage();
        var faults = new SimFaults(
            system,
            random,
            o => usage.GetValueOrDefault((names.Find(o.Service.Name), names.Find(o.Name))) / (double)dry.TraceIds.Count
        );
        if (faults.Make(kind) is not { } fault)
            return null;
        if (second is not null)
        {
            if (faults.Make(second) is not { } other || other.Causes.Overlaps(fault.Causes))
                return null;
            foreach (var alone in new[] { fault, other })
            {
                traffic.Run(new TimeWindow(Start, Start.AddMinutes(2)), 100, alone);
                if (traffic.Touched < Fewest)
                    return null;
            }

            fault = fault.And(other);
        }

        var bad = busier * random.Next(50, 200);
        var sample = traffic.Run(new TimeWindow(Start, Start.AddMinutes(2)), (int)(bad * fault.Traffic), fault);
        // Trouble that hardly any request met is none that anybody would be called for.
        if (fault.Causes.Count > 0 && traffic.Touched < Fewest)
            return null;
        var input = new AnalysisInput
        {
            Names = names,
            Bad = sample,
            Baselines = Baselines(traffic, random, bad),
            Resources = system.Style.HasMetrics ? Resources(system, fault, random) : [],
            Changes = Changes(system, fault, random),
            Attributes = traffic.Attributes,
        };
        return new SimCase(seed, system, fault, input);
    }

    private static List<TelemetrySample> Baselines(SimTraffic traffic, Random random, int bad)
    {
        var quiet = new SimFault { Kind = "quiet" };
        var windows = new List<TelemetrySample>();
        if (random.NextDouble() < 0.5)
        {
            // What is known to be good: a few seconds before, and a minute of the same day.
            var share = 15.0 / bad;
            windows.Add(traffic.Run(new TimeWindow(Start.AddSeconds(-120 * share), Start), 15, quiet));
            windows.Add(traffic.Run(new TimeWindow(Start.AddHours(-5), Start.AddHours(-5).AddMinutes(1)), Math.Max(60, bad / 2), quiet));
        }
        else
        {
            for (var i = 1; i <= 3; i++)
                windows.Add(traffic.Run(new TimeWindow(Start.AddMinutes(-2 * i), Start.AddMinutes(2 - (2 * i))), bad, quiet));
        }

        return windows;
    }

    private static List<ResourceSeries> Resources(SimSystem system, SimFault fault, Random random)
    {
        var series = new List<ResourceSeries>();
        foreach (var service in system.Services)
        {
            for (var pod = 0; pod < service.Pods; pod++)
            {
                var usual = 0.05 + (0.3 * random.NextDouble());
                var points = new List<(long, double)>();
                for (var at = -1200; at <= 120; at += 15)
                {
                    var factor = at > 0 ? fault.Processor.GetValueOrDefault(service.Name, 1) * Math.Sqrt(fault.Traffic) : 1;
                    points.Add((UnixNanos.From(Start.AddSeconds(at)), usual * factor * (0.85 + (0.3 * random.NextDouble()))));
                }

                series.Add(
                    new ResourceSeries
                    {
                        Service = service.Name,
                        Instance = $"{service.Name}-{pod}",
                        Metric = "process.cpu.utilization",
                        Points = points,
                    }
                );
                series.Add(
                    new ResourceSeries
                    {
                        Service = service.Name,
                        Instance = $"{service.Name}-{pod}",
                        Metric = pod % 2 == 0 ? "db.client.connection.pending_requests" : "dotnet.thread_pool.queue.length",
                        Points =
                        [
                            .. points.Select(p =>
                                (
                                    p.Item1,
                                    p.Item1 > UnixNanos.From(Start)
                                        ? Math.Round(fault.Pending(service, (p.Item1 - UnixNanos.From(Start)) / 1e9))
                                        : 0
                                )
                            ),
                        ],
                    }
                );
            }
        }

        return series;
    }

    private static List<Change> Changes(SimSystem system, SimFault fault, Random random)
    {
        var changes = new List<Change>();
        if (fault.Changed is { } changed)
            Add(changed, Start.AddSeconds(-20), "the new release");
        for (var i = random.Next(0, 3); i > 0; i--)
            Add(
                system.Services[random.Next(system.Services.Count)].Name,
                Start.AddMinutes(-8 * random.NextDouble()),
                "a release elsewhere"
            );
        return changes;

        void Add(string service, DateTimeOffset at, string summary) =>
            changes.Add(
                new Change
                {
                    Time = at,
                    Service = service,
                    Kind = "deploy",
                    Version = "2",
                    Summary = summary,
                }
            );
    }
}
