using Copilot.Incidents.Guide;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Record;

/// <summary>How somebody ended an incident.</summary>
/// <param name="Fix">What fixed it, in their words; null where they did not say.</param>
public sealed record Resolution(string By, string? Fix = null)
{
    public const int LongestFix = RecordThresholds.LongestFix;

    /// <summary>The timeline's line.</summary>
    internal string Told =>
        string.IsNullOrWhiteSpace(Fix) ? "resolved" : $"resolved. What fixed it: {Hostile.Line(Fix.Trim(), LongestFix)}";
}

/// <summary>How the timeline names a step of the guide: by its words, for a number says nothing the week after.</summary>
internal static class TickText
{
    public static string Of(GuideStep step, bool done)
    {
        // The step is Markdown, a line of the timeline is not.
        var plain = step.Text.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
        var words = Hostile.Line(plain.Replace("\\", "", StringComparison.Ordinal), RecordThresholds.LongestStep);
        return $"{(done ? "did" : "took back")} \u201c{words}\u201d";
    }
}
