using Copilot.Answers.Drafts;
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
        return ofNow ? $"**Nothing is going wrong right now.** What was wrong is {over}." : $"**It is {over}.**";
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
