using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Timeline;

namespace Copilot.Answers.Diagnoses;

/// <summary>When a trouble began, and whether it is over, in words.</summary>
internal static class EpisodeWords
{
    /// <param name="ofNow">What is going wrong now was asked, not what went wrong.</param>
    public static string State(Episode? episode, bool ofNow, DateTimeOffset asOf)
    {
        if (episode is null)
            return "Whether it is over cannot be told from these requests.";
        var from = AnswerWords.At(episode.Window.From, asOf);
        if (episode.Lasts)
            return $"**It is still going on**, since {from}.";
        var over = $"over since {AnswerWords.At(episode.Window.To, asOf)}; it began at {from}";
        if (asOf - episode.Window.To < PeriodThresholds.SurelyOver)
            return $"**It seems to be {over}.** That is not long ago: few requests may have met it since.";
        return ofNow ? $"**Nothing is going wrong right now.** What was wrong is {over}." : $"**It is {over}.**";
    }

    /// <summary>A trouble of its own at the same time.</summary>
    public static string Beside(WindowDiagnosis other, DateTimeOffset asOf)
    {
        var since = other.Episode switch
        {
            { Lasts: true } lasting => $", still going on, since {AnswerWords.At(lasting.Window.From, asOf)}",
            { } ended => $", over since {AnswerWords.At(ended.Window.To, asOf)}; it began at {AnswerWords.At(ended.Window.From, asOf)}",
            null => $" ({AnswerWords.Window(other.Window, asOf)})",
        };
        var causes = string.Join("\n\n", other.Causes.Select(cause => DiagnosisWords.Cause(cause, asOf)));
        var affected = other.Affected.Count > 0 ? "\n\n" + string.Join("\n", other.Affected.Select(DiagnosisWords.Line)) : "";
        return $"Beside it, and for a reason of its own{since}: {causes}{affected}";
    }

    public static string Others(IReadOnlyList<Episode> others, DateTimeOffset asOf) =>
        "Also worse in this time, each looked into when you ask about it:\n\n"
        + string.Join(
            "\n",
            others
                .Take(AnswerLengthThresholds.OtherTroubles)
                .OrderBy(other => other.Window.FromNs)
                .Select(other => $"- {Line(other, asOf)}")
        );

    private static string Line(Episode episode, DateTimeOffset asOf)
    {
        var more =
            episode.Services.Count > AnswerLengthThresholds.TroubleServices
                ? $" and {episode.Services.Count - AnswerLengthThresholds.TroubleServices} more"
                : "";
        return $"{AnswerWords.Window(episode.Window, asOf)}{(episode.Lasts ? " and still" : "")}: "
            + $"{AnswerWords.Names(episode.Services.Take(AnswerLengthThresholds.TroubleServices))}{more}";
    }
}
