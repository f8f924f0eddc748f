using Copilot.Analysis.Blame;
using Copilot.Analysis.Reports;

namespace Copilot.Analysis.Causes;

/// <summary>How likely a place is the cause: it grows with the surprise, with the weight and with the distance to its rival.</summary>
internal static class Confidence
{
    public static double Of(NodeScore node, double rival, bool isFirst, CauseVerdict verdict)
    {
        var certainty = 1 - Math.Exp(-Math.Max(0, node.Surprise - 1) / 2);
        var lead = node.Score / (node.Score + rival + 0.01);
        // There is one cause: whoever comes second is less likely than its distance alone says.
        if (!isFirst)
            lead *= lead;
        var weight = Math.Min(1, Math.Sqrt(node.Score / 0.2));
        var confidence = certainty * lead * (0.4 + (0.6 * weight));
        // Where the verdict is that there is no cause, nothing in the list is claimed.
        return Math.Round(Math.Clamp(verdict == CauseVerdict.Cause ? confidence : 0.2 * confidence, 0.01, 0.98), 3);
    }
}
