using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Readings;

/// <summary>Makes the plan's window of the times that are said, the conversation's, or the default.</summary>
internal static class WindowPlanner
{
    /// <summary>Times that name a whole window, in the order said; two of them are the sides of a comparison.</summary>
    public static IReadOnlyList<TimeMention> Windows(Sentence sentence)
    {
        var windows = sentence
            .Times.Where(t => t.Kind is TimeMentionKind.Range or TimeMentionKind.Last or TimeMentionKind.Day && !t.Window.IsEmpty)
            .ToList();
        // "tonight, like 20:10 until now": the day says of which one the times are.
        windows.RemoveAll(day =>
            day.Kind == TimeMentionKind.Day
            && windows.Exists(t => t.Kind == TimeMentionKind.Range && day.Window.From <= t.Window.From && t.Window.To <= day.Window.To)
        );
        var distinct = new List<TimeMention>();
        foreach (var window in windows)
        {
            if (distinct.All(d => d.Window != window.Window))
                distinct.Add(window);
        }

        return distinct.Count == 0 && Around(sentence) is { Count: 2 } sides ? sides : distinct;
    }

    // "the four minutes before and the four minutes after the switch at 20:35:30"
    private static List<TimeMention> Around(Sentence sentence)
    {
        var shifts = sentence.Times.Where(t => t.Kind == TimeMentionKind.Shift).ToList();
        if (
            shifts.Find(t => t.Shift < TimeSpan.Zero) is not { } back
            || shifts.Find(t => t.Shift > TimeSpan.Zero) is not { } on
            || sentence.Times.Where(t => t is { Kind: TimeMentionKind.At or TimeMentionKind.Around, Instant: not null }).ToList()
                is not [{ Instant: { } instant }]
        )
            return [];
        return
        [
            back with
            {
                Kind = TimeMentionKind.Range,
                Window = new TimeWindow(instant + back.Shift, instant),
            },
            on with
            {
                Kind = TimeMentionKind.Range,
                Window = new TimeWindow(instant, instant + on.Shift),
            },
        ];
    }

    public static PlannedWindow Plan(ReadingContext context, QuestionKind kind)
    {
        var sentence = context.Sentence;
        var asOf = context.Request.AsOf;
        var previous = context.Request.Previous?.Plan.Window;
        var compared = IsInvestigation(kind) ? BaselineReader.Find(sentence) : null;
        var time = Best(sentence, compared);
        if (time is null && compared is not null && BaselineReader.After(sentence, asOf) is { } after)
            return PlannedWindow.At(after, sentence.Words(compared.Start, compared.End));
        // "since the 2.1.0 deploy until 18:48"
        if (time is { Kind: TimeMentionKind.Before, Instant: { } end } && context.Anchor is { After: { } begun, Before: null } opened)
            return PlannedWindow.Around(begun with { Until = end }, opened.Words);
        // "before the rollback, 2 minutes"
        if (
            time is { Kind: TimeMentionKind.Last }
            && sentence.Tokens[time.Start].Kind == WordTokenKind.Duration
            && context.Anchor is { } beside
            && (beside.After ?? beside.Before) is { } change
        )
            return PlannedWindow.Around(
                beside.After is null ? change with { From = -time.Window.Length } : change with { To = time.Window.Length },
                beside.Words
            );
        if (time is not null)
            return PlannedWindow.At(Said(time, kind, sentence, asOf), sentence.Words(time.Start, time.End));
        if (context.Anchor is { } anchor && (anchor.After ?? anchor.Before) is { } one)
            return PlannedWindow.Around(one, anchor.Words);
        var usual = new TimeWindow(asOf - TimeReader.Usual, asOf);
        var known = previous?.Window ?? usual;
        var shift = sentence.Times.FirstOrDefault(t => t.Kind == TimeMentionKind.Shift && t != compared);
        if (shift is not null && kind != QuestionKind.Comparison)
            return PlannedWindow.At(Moved(known, shift.Shift), sentence.Words(shift.Start, shift.End));
        if (previous is not null && kind == QuestionKind.Changes && sentence.First(Concept.Earlier) is { } just)
        {
            sentence.Use(just);
            return PlannedWindow.At(new TimeWindow(known.From - TimeSpan.FromMinutes(10), known.To), sentence.Words(just.Start, just.End));
        }

        // What changed is asked of a time of trouble: what did it stands before it.
        if (previous is not null && kind == QuestionKind.Changes && context.Request.Previous!.Plan.Kind != QuestionKind.Changes)
            return PlannedWindow.At(new TimeWindow(known.From - TimeSpan.FromMinutes(10), known.To), PlannedWindow.FromConversation);

        if (
            previous is not null
            && kind != QuestionKind.Changes
            && (sentence.First(Concept.Earlier) ?? sentence.First(Concept.Later)) is { } moved
        )
        {
            sentence.Use(moved);
            var by = moved.Concept == Concept.Earlier ? -known.Length : known.Length;
            return PlannedWindow.At(Moved(known, by), sentence.Words(moved.Start, moved.End));
        }

        // "The last deploy", "who shipped 1.2.3?", "when was it rolled back?" may be long ago.
        if (
            kind == QuestionKind.Changes
            && previous is null
            && (
                sentence.HasWord("last", "latest", "newest", "ever", "when", "wann", "letzte", "letzter", "letzten")
                || sentence.HasAny(Concept.Who, Concept.Newest)
                || sentence.Tokens.Any(t => t.Kind == WordTokenKind.Version)
            )
        )
            return PlannedWindow.At(new TimeWindow(asOf - TimeSpan.FromDays(30), asOf), PlannedWindow.FromDefault);
        return previous is not null
            ? previous with
            {
                Source = PlannedWindow.FromConversation,
            }
            : PlannedWindow.At(usual, PlannedWindow.FromDefault);
    }

    /// <summary>The instant of "before and after 07:59".</summary>
    public static TimeMention? Between(Sentence sentence) =>
        sentence.Times.FirstOrDefault(t =>
            t is { Kind: TimeMentionKind.Since, Instant: not null }
            && sentence.WordAt(t.Start) is "after" or "nach"
            && sentence.WordAt(t.Start - 1) is "and" or "vs" or "versus" or "und"
            && sentence.WordAt(t.Start - 2) is "before" or "vor"
        );

    /// <param name="besides">A time that says something else than the window.</param>
    public static TimeMention? Best(Sentence sentence, TimeMention? besides = null) =>
        sentence
            .Times.Where(t => t != besides && t.Kind != TimeMentionKind.Shift && !t.Window.IsEmpty)
            .OrderBy(t =>
                t.Kind switch
                {
                    TimeMentionKind.Range => 0,
                    TimeMentionKind.Since => 1,
                    TimeMentionKind.Last => 2,
                    TimeMentionKind.Day => 3,
                    TimeMentionKind.Around => 4,
                    TimeMentionKind.At => 5,
                    _ => 6,
                }
            )
            .ThenBy(t => t.Start)
            .FirstOrDefault();

    private static TimeWindow Moved(TimeWindow window, TimeSpan by) => new(window.From + by, window.To + by);

    private static TimeWindow Said(TimeMention time, QuestionKind kind, Sentence sentence, DateTimeOffset asOf)
    {
        if (time.Instant is not { } instant || time.Kind is TimeMentionKind.Range or TimeMentionKind.Day)
            return time.Window;
        var until =
            instant
            + (time.Precision > TimeSpan.Zero && time.Precision <= TimeSpan.FromMinutes(1) ? time.Precision : TimeSpan.FromMinutes(1));
        if (kind == QuestionKind.Changes && time.Kind is TimeMentionKind.At or TimeMentionKind.Before)
            return new TimeWindow(instant - TimeReader.Usual, Least(until, asOf));
        if (
            kind == QuestionKind.Changes
            && time.Kind == TimeMentionKind.Since
            && !sentence.HasAny(Concept.Cause, Concept.Why)
            && sentence.HasWord("before", "behind", "prior")
            && !sentence.HasWord("after")
        )
            return new TimeWindow(instant - TimeSpan.FromMinutes(10), Least(until, asOf));
        // "got slow at 08:08", "started around 07:56": trouble that goes on.
        var begins = sentence.HasWord(
            "start",
            "started",
            "starting",
            "began",
            "begun",
            "begin",
            "got",
            "became",
            "since",
            "first",
            "kicked",
            "noticed",
            "seit",
            "onset",
            "begann",
            "angefangen",
            "fing"
        );
        var goesOn = IsInvestigation(kind) || kind == QuestionKind.Breakdown;
        if (
            time.Kind is TimeMentionKind.At or TimeMentionKind.Around
            && instant < asOf
            && (begins || goesOn && asOf - instant <= TimeSpan.FromHours(1))
            && kind != QuestionKind.Changes
        )
            return new TimeWindow(instant, asOf);
        return time.Window;
    }

    private static bool IsInvestigation(QuestionKind kind) =>
        kind is QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview or QuestionKind.Involved;

    private static DateTimeOffset Least(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
