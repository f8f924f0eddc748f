using System.Text.RegularExpressions;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Conversations;

/// <summary>
/// A window that ended when its question was asked means "up to now". A later question of the conversation inherits that, and not the
/// instants: else whoever asks again during an outage is told of the time before it.
/// </summary>
internal static partial class RollingWindow
{
    /// <param name="plan">What is inherited.</param>
    /// <param name="askedAt">What "now" was when it was asked.</param>
    /// <param name="asOf">What "now" is.</param>
    /// <param name="said">The words that the window came from at first.</param>
    /// <param name="question">The question that follows: "now" and "still" ask about now, whatever time was spoken of.</param>
    public static QuestionPlan At(QuestionPlan plan, DateTimeOffset askedAt, DateTimeOffset asOf, string said, string question)
    {
        if (plan.Window?.Window is not { } window || window.To >= asOf)
            return plan;
        var ended = (askedAt - window.To).Duration() <= ConversationThresholds.EndsNow;
        if (!ended && !Now().IsMatch(question))
            return plan;
        var begins = !ended || Lasting().IsMatch(said) ? window.From + (asOf - window.To) : window.From;
        return plan with
        {
            Window = plan.Window with { Window = new TimeWindow(begins, asOf) },
            More = [.. plan.More.Select(more => more.Window?.Window == window ? At(more, askedAt, asOf, said, question) : more)],
        };
    }

    /// <summary>Words that say how long, and not since when.</summary>
    [GeneratedRegex(
        $@"^(?:{PlannedWindow.FromDefault}|{PlannedWindow.FromConversation})$"
            + @"|\b(?:last|past|previous|latest|recent|preceding|trailing|letzte[nrs]?|vergangenen|vorigen)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Lasting();

    // "Now the same for X" goes on; "and now?" asks about now.
    [GeneratedRegex(
        @"\S\s+now\b(?!\s+(?:the|that|this|only|for|with|without|just|limit|restrict|show)\b)"
            + @"|^\W*now(?:\W*$|\s+(?:is|are|was|does|do|has|how|what|why|which|who)\b)"
            // "why are checkouts failing?" names what is wrong now; "why is it slow?" points at what was spoken of.
            + @"|^(?!.*\b(?:it|that|this|they|them|these|those|there|then)\b)(?:why|what)\s+(?:is|are)\b.*"
            + @"\b(?:failing|slow|broken|down|wrong|erroring)\b"
            + @"|\b(?:still|currently|presently|at the moment|going wrong|ongoing|over yet|jetzt|gerade|noch|aktuell|derzeit|momentan)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Now();
}
