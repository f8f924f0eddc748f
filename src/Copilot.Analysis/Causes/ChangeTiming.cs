using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Telemetry.Time;

namespace Copilot.Analysis.Causes;

/// <summary>Whether trouble began with a change: after it nothing was good any more, before it nothing was bad yet.</summary>
internal static class ChangeTiming
{
    /// <summary>A change is recorded when it is done or when it is begun; pods take their time.</summary>
    private const long Slack = UnixNanos.PerMinute;

    /// <summary>So many of the requests concerned must come after it.</summary>
    private const double Most = 0.9;

    public static bool Precedes(ChangeRecord change, IReadOnlyList<Suspicion> suspicions, SampleRequests sample)
    {
        var at = UnixNanos.From(change.Time);
        // Good requests that came well after it clear it.
        if (sample.Baselines.Any(b => b.Sample.Window.ToNs > at + Slack))
            return false;
        var concerned = suspicions.SelectMany(s => s.Requests).Distinct().ToList();
        return concerned.Count > 0 && concerned.Count(r => sample.Bad.Requests[r].StartNs >= at - (Slack / 6)) >= Most * concerned.Count;
    }
}
