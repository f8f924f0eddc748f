using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Causes;

/// <summary>
/// How clearly the findings speak for a place, and how likely it is the cause. The first is made of the evidence alone: what adds up
/// several looks needs it as it is. The second is what is told: how often labelled faults with such evidence were named rightly.
/// </summary>
internal static class Confidence
{
    /// <summary>It grows with the surprise, with the weight and with the distance to its rival.</summary>
    public static double Clearness(NodeScore node, double rival, bool isFirst, CauseVerdict verdict)
    {
        var certainty = 1 - Math.Exp(-Math.Max(0, node.Surprise - 1) / 2);
        var lead = node.Score / (node.Score + rival + ConfidenceThresholds.LeadFloor);
        // There is one cause: whoever comes second is less likely than its distance alone says.
        if (!isFirst)
            lead *= lead;
        var weight = Math.Min(1, Math.Sqrt(node.Score / ConfidenceThresholds.FullWeight));
        var clearness = certainty * lead * (ConfidenceThresholds.Weightless + (ConfidenceThresholds.ByWeight * weight));
        // Where the verdict is that there is no cause, nothing in the list is claimed.
        return Round(verdict == CauseVerdict.Cause ? clearness : ConfidenceThresholds.WithoutCause * clearness);
    }

    /// <param name="clearness">Of the place.</param>
    /// <param name="first">What is told of the first place; null for itself.</param>
    /// <param name="verdict">Where there is no cause nothing is told louder than it is.</param>
    public static double Told(double clearness, double? first, CauseVerdict verdict)
    {
        if (verdict != CauseVerdict.Cause)
            return clearness;
        return first is null
            ? Round(
                1 / (1 + Math.Exp(-ConfidenceThresholds.Intercept - (ConfidenceThresholds.Slope * Math.Log(clearness / (1 - clearness)))))
            )
            : Round(Math.Min(clearness, 1 - first.Value));
    }

    private static double Round(double value) => Math.Round(Math.Clamp(value, ConfidenceThresholds.Least, ConfidenceThresholds.Most), 3);
}

/// <summary>Whether trouble began with a change: after it nothing was good any more, before it nothing was bad yet.</summary>
internal static class ChangeTiming
{
    public static bool Precedes(Change change, IReadOnlyList<Suspicion> suspicions, SampleRequests sample)
    {
        // Good requests that came well after it clear it.
        var at = UnixNanos.From(change.Time);
        return sample.Baselines.All(b => b.Sample.Window.ToNs <= at + ChangeThresholds.SlackNs) && CameBefore(change, suspicions, sample);
    }

    /// <summary>Requests suffered after it and not before: what came when they did already is no cause, and often the end.</summary>
    public static bool CameBefore(Change change, IReadOnlyList<Suspicion> suspicions, SampleRequests sample)
    {
        var at = UnixNanos.From(change.Time);
        if (at <= sample.Bad.Sample.Window.FromNs)
            return true;
        var concerned = suspicions.SelectMany(s => s.Requests).Distinct().ToList();
        return concerned.Count > 0
            && concerned.Count(r => sample.Bad.Requests[r].StartNs >= at - ChangeThresholds.EarlyNs)
                >= ChangeThresholds.LeastShare * concerned.Count;
    }
}
