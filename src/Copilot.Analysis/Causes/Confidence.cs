using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Causes;

/// <summary>
/// How clearly the findings speak for a place, and how likely it is the cause. The first is made of the evidence alone: what adds up
/// several looks needs it as it is. The second is what is told: how often labelled faults with such evidence were named rightly.
/// </summary>
internal static class Confidence
{
    /// <summary>The logistic map from clearness to how often that was right; docs/decisions ("Confidence in a cause") says of which cases it was made.</summary>
    private const double Intercept = 1.75;

    private const double Slope = 1.3;

    private const double Least = 0.01;

    private const double Most = 0.98;

    /// <summary>It grows with the surprise, with the weight and with the distance to its rival.</summary>
    public static double Clearness(NodeScore node, double rival, bool isFirst, CauseVerdict verdict)
    {
        var certainty = 1 - Math.Exp(-Math.Max(0, node.Surprise - 1) / 2);
        var lead = node.Score / (node.Score + rival + 0.01);
        // There is one cause: whoever comes second is less likely than its distance alone says.
        if (!isFirst)
            lead *= lead;
        var weight = Math.Min(1, Math.Sqrt(node.Score / 0.2));
        var clearness = certainty * lead * (0.4 + (0.6 * weight));
        // Where the verdict is that there is no cause, nothing in the list is claimed.
        return Round(verdict == CauseVerdict.Cause ? clearness : 0.2 * clearness);
    }

    /// <param name="clearness">Of the place.</param>
    /// <param name="first">What is told of the first place; null for itself.</param>
    /// <param name="verdict">Where there is no cause nothing is told louder than it is.</param>
    public static double Told(double clearness, double? first, CauseVerdict verdict)
    {
        if (verdict != CauseVerdict.Cause)
            return clearness;
        return first is null
            ? Round(1 / (1 + Math.Exp(-Intercept - (Slope * Math.Log(clearness / (1 - clearness))))))
            : Round(Math.Min(clearness, 1 - first.Value));
    }

    private static double Round(double value) => Math.Round(Math.Clamp(value, Least, Most), 3);
}

/// <summary>Whether trouble began with a change: after it nothing was good any more, before it nothing was bad yet.</summary>
internal static class ChangeTiming
{
    /// <summary>A change is recorded when it is done or when it is begun; pods take their time.</summary>
    private const long Slack = UnixNanos.PerMinute;

    /// <summary>So many of the requests concerned must come after it.</summary>
    private const double Most = 0.9;

    public static bool Precedes(Change change, IReadOnlyList<Suspicion> suspicions, SampleRequests sample)
    {
        var at = UnixNanos.From(change.Time);
        // Good requests that came well after it clear it.
        if (sample.Baselines.Any(b => b.Sample.Window.ToNs > at + Slack))
            return false;
        var concerned = suspicions.SelectMany(s => s.Requests).Distinct().ToList();
        return concerned.Count > 0 && concerned.Count(r => sample.Bad.Requests[r].StartNs >= at - (Slack / 6)) >= Most * concerned.Count;
    }
}
