using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Arrivals;

/// <summary>Every process sends what ended since it last sent, every few seconds and each at moments of its own.</summary>
internal sealed class SimExport(int seed)
{
    private const long EveryNs = 5 * UnixNanos.PerSecond;

    /// <summary>From the process to the store.</summary>
    private const long OnTheWayNs = UnixNanos.PerSecond / 2;

    /// <summary>What the product takes for it, which knows of no sender's habits.</summary>
    private const long OnTheirWayNs = 15 * UnixNanos.PerSecond;

    private readonly Random _random = new(seed);
    private readonly Dictionary<(int Instance, bool IsLog), long> _phases = [];

    /// <summary>What a look at a moment sees of a window that lasts until then: the traces whose root has come, with what has come of
    /// each.</summary>
    /// <param name="isAware">Whether the look knows how late it is.</param>
    public TelemetrySample At(TelemetrySample sample, long nowNs, bool isAware)
    {
        var spans = sample.Spans.Where(s => Arrival(s.Instance, false, s.EndNs) <= nowNs).ToList();
        var seen = spans.Where(s => s.Parent.IsEmpty && s.StartNs < nowNs).Select(s => s.Trace).Distinct().Order().ToList();
        var numbers = seen.Select((trace, i) => (trace, i)).ToDictionary(t => t.trace, t => t.i);
        return new TelemetrySample
        {
            Window = new TimeWindow(sample.Window.FromNs, nowNs),
            TraceIds = [.. seen.Select(t => sample.TraceIds[t])],
            Spans = [.. spans.Where(s => numbers.ContainsKey(s.Trace)).Select(s => s with { Trace = numbers[s.Trace] })],
            Arriving = isAware ? new TimeWindow(nowNs - OnTheirWayNs, nowNs) : null,
            Logs =
            [
                .. sample
                    .Logs.Where(l => Arrival(l.Instance, true, l.TimeNs) <= nowNs)
                    .Select(l => l with { Trace = l.Trace < 0 ? -1 : numbers.GetValueOrDefault(l.Trace, -1) }),
            ],
        };
    }

    private long Arrival(int instance, bool isLog, long endNs)
    {
        if (!_phases.TryGetValue((instance, isLog), out var phase))
            _phases.Add((instance, isLog), phase = (long)(_random.NextDouble() * EveryNs));
        return (((endNs - phase) / EveryNs) + 1) * EveryNs + phase + OnTheWayNs;
    }
}
