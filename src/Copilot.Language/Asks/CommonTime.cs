using Copilot.Language.Questions;
using Copilot.Language.Sentences;

namespace Copilot.Language.Asks;

/// <summary>"How many requests did X get, and how many failed? From 8:00 until 8:10.": a time in a sentence of its own is that of all that
/// was asked, not only of what stands right before it.</summary>
internal static class CommonTime
{
    public static PlannedWindow? Of(Sentence whole, IReadOnlyList<QuestionPlan> plans)
    {
        if (plans.Count < 2 || whole.Times is not [var time] || time.Start == 0)
            return null;
        var own =
            (ClauseBreaks.IsHardBreak(whole, time.Start - 1) || whole.Tokens[time.Start].IsSymbol("."))
            && (time.End == whole.Tokens.Count || ClauseBreaks.IsHardBreak(whole, time.End));
        return own ? plans.Select(p => p.Window).FirstOrDefault(w => w is { IsDefault: false, Window: not null }) : null;
    }
}
