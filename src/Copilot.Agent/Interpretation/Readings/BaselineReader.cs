using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Windows;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>The known good time that a question about trouble names: "why is it slow compared with yesterday", "… than before 14:00".</summary>
internal static class BaselineReader
{
    private static readonly HashSet<string> Joints = new(StringComparer.Ordinal) { "with", "to", "than", "vs", "versus", "against", "als", "mit", "gegenüber" };

    /// <summary>The time that is compared with; null where the question asks for no reason or compares with none.</summary>
    public static TimeMention? Find(Sentence sentence) => sentence.HasAny(Concept.Why, Concept.Cause) ? sentence.Times.FirstOrDefault(t => IsCompared(sentence, t)) : null;

    /// <summary>The baseline of a window; null where none is named or it reaches into the window.</summary>
    public static PlannedWindow? Of(Sentence sentence, QuestionKind kind, TimeWindow window)
    {
        if (kind is not (QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview or QuestionKind.Involved) || Find(sentence) is not { } time)
            return null;
        sentence.Use(Concept.Compare, Concept.Than, Concept.Earlier);
        sentence.UseWords("compared", "comparison", "relative");
        var known = time.Kind switch
        {
            TimeMentionKind.Shift => Moved(window, time.Shift),
            // The same hours of another day.
            TimeMentionKind.Day when window.Length < TimeSpan.FromDays(1) => Moved(window, -TimeSpan.FromDays(Math.Max(1, Math.Ceiling((window.From - time.Window.To).TotalDays)))),
            TimeMentionKind.Before when time.Instant is { } instant => new TimeWindow(instant - (window.Length > TimeReader.Usual ? window.Length : TimeReader.Usual), instant),
            _ => time.Window,
        };
        return known.IsEmpty || known.To > window.From ? null : PlannedWindow.At(known, sentence.Words(time.Start, time.End));
    }

    /// <summary>Where the trouble begins when only the good time before it is said: "slow compared with before 14:00".</summary>
    public static TimeWindow? After(Sentence sentence, DateTimeOffset asOf) =>
        Find(sentence) is { Kind: TimeMentionKind.Before, Instant: { } instant } && instant < asOf ? new TimeWindow(instant, asOf) : null;

    private static bool IsCompared(Sentence sentence, TimeMention time)
    {
        var at = time.Start - 1;
        while (sentence.WordAt(at) is "the" or "on" or "at" or "what" or "it" or "was" or "is" or "between" or "from" or "same")
            at--;
        // "compared with" and "than" may be read as part of the time itself.
        return sentence.ConceptAt(at)?.Concept is Concept.Compare or Concept.Than || sentence.WordAt(at) is { } word && Joints.Contains(word) && (word is not ("to" or "with" or "mit") || sentence.ConceptAt(at - 1)?.Concept is Concept.Compare);
    }

    private static TimeWindow Moved(TimeWindow window, TimeSpan by) => new(window.From + by, window.To + by);
}
