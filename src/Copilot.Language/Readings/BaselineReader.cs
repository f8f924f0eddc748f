using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Readings;

/// <summary>The known good time that a question about trouble names: "why is it slow compared with yesterday", "… than before
/// 14:00".</summary>
internal static class BaselineReader
{
    private static readonly HashSet<string> Joints = new(StringComparer.Ordinal)
    {
        "with",
        "to",
        "than",
        "vs",
        "versus",
        "against",
        "als",
        "mit",
        "gegenüber",
    };

    /// <summary>The time that is compared with; null where the question asks for no reason or compares with none.</summary>
    public static TimeMention? Find(Sentence sentence) =>
        sentence.HasAny(Concept.Why, Concept.Cause) ? sentence.Times.FirstOrDefault(t => IsCompared(sentence, t)) : null;

    /// <summary>The baseline of a window; null where none is named or it reaches into the window.</summary>
    public static PlannedWindow? Of(Sentence sentence, QuestionKind kind, TimeWindow window)
    {
        if (
            kind is not (QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview or QuestionKind.Involved)
            || Find(sentence) is not { } time
        )
            return null;
        sentence.Use(Concept.Compare, Concept.Than, Concept.Earlier);
        sentence.UseWords("compared", "comparison", "relative");
        var known = time.Kind switch
        {
            TimeMentionKind.Shift => Moved(window, time.Shift),
            // The same hours of another day.
            TimeMentionKind.Day when window.Length < TimeSpan.FromDays(1) => Moved(
                window,
                -TimeSpan.FromDays(Math.Max(1, Math.Ceiling((window.From - time.Window.To).TotalDays)))
            ),
            TimeMentionKind.Before when time.Instant is { } instant => new TimeWindow(
                instant - (window.Length > TimeReader.Usual ? window.Length : TimeReader.Usual),
                instant
            ),
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
        return sentence.ConceptAt(at)?.Concept is Concept.Compare or Concept.Than
            || sentence.WordAt(at) is { } word
                && Joints.Contains(word)
                && (word is not ("to" or "with" or "mit") || sentence.ConceptAt(at - 1)?.Concept is Concept.Compare);
    }

    private static TimeWindow Moved(TimeWindow window, TimeSpan by) => new(window.From + by, window.To + by);
}

/// <summary>Questions that compare a service with itself: "slower than usual", "more errors than yesterday", "is the new version worse than
/// the old one".</summary>
internal static class UsualReader
{
    private static readonly string[] Usually =
    [
        "usual",
        "usually",
        "normal",
        "normally",
        "typical",
        "typically",
        "before",
        "earlier",
        "previously",
        "yesterday",
        "ago",
        "ever",
        "sonst",
        "gestern",
        "vorher",
        "üblich",
        "baseline",
        "always",
    ];
    private static readonly string[] Version = ["version", "versions", "release", "build", "deploy", "deployment"];

    /// <summary>A named service against its own past.</summary>
    public static bool Compares(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            !context.HasSubject
            || context.Subject.Services.Count > 1
            || s.HasAny(Concept.Trace, Concept.Show, Concept.Why, Concept.Cause, Concept.Affected, Concept.Owner, Concept.Operation)
            || s.HasAny(Concept.Which)
            || s.HasAny(Concept.Request) && s.Has(Concept.AboveAverage) && !Asks(s)
        )
        {
            return false;
        }

        var worse =
            s.HasAny(
                Concept.Slow,
                Concept.Failed,
                Concept.Latency,
                Concept.Traffic,
                Concept.Busiest,
                Concept.Trouble,
                Concept.AboveAverage,
                Concept.BelowAverage
            )
            || context.Measure is not null
            || s.HasWord("better", "faster", "busier", "worse", "slower", "langsamer", "schlechter", "quicker");
        var past =
            s.Times.Any(t =>
                t.Kind is TimeMentionKind.Shift or TimeMentionKind.Day
                || t.Kind is TimeMentionKind.At or TimeMentionKind.Around && t.Instant is not null
            ) || s.HasWord(Usually);
        return worse && (s.Has(Concept.Than) || Than(s)) && past && Asks(s);
    }

    /// <summary>"New" and "old" of a version, whatever their numbers.</summary>
    public static bool NewAndOld(ReadingContext context) =>
        context.Subject.Services.Count == 1
        && context.Sentence.HasWord(Version)
        && context.Sentence.HasWord("new", "newer", "latest", "current", "neue")
        && context.Sentence.HasWord("old", "older", "previous", "prior", "last", "alte", "vorherige", "one")
        && (context.Sentence.HasAny(Concept.Than, Concept.Compare) || Than(context.Sentence));

    /// <summary>How far back the other side lies; null for just before.</summary>
    public static TimeSpan? Back(ReadingContext context)
    {
        foreach (var time in context.Sentence.Times)
        {
            if (time.Kind == TimeMentionKind.Shift && time.Shift < TimeSpan.Zero)
                return -time.Shift;
            if (
                time.Kind == TimeMentionKind.Day
                    && context.Sentence.WordAt(time.Start - 1) is "than" or "to" or "als" or "on" or "like" or "as"
                || time.Kind == TimeMentionKind.Day && context.Sentence.Times.Count == 1
            )
                return TimeSpan.FromDays(Math.Max(1, Math.Round((context.Request.AsOf - time.Window.From).TotalDays)));
            if (
                time.Kind is TimeMentionKind.At or TimeMentionKind.Around
                && time.Instant is { } instant
                && instant < context.Request.AsOf
                && context.Sentence.HasWord("ago", "than", "vor")
            )
                return context.Request.AsOf - instant;
        }

        return null;
    }

    /// <summary>The versions of the named service that its spans carry, oldest first.</summary>
    public static IReadOnlyList<LinkTarget> Versions(ReadingContext context)
    {
        var service = context.Subject.Services[0].Name;
        return
        [
            .. context
                .Sentence.Index.Attributes.ValuesOf("service.version")
                .SelectMany(v => v.Seen)
                .Where(v => v.Service == service)
                .DistinctBy(v => v.Value)
                .Select(v => new LinkTarget(v.Value, LinkKind.Value)
                {
                    Key = v.Key,
                    Scope = v.Scope,
                    Type = v.Type,
                })
                .OrderBy(v => v.Name, Comparer<string>.Create(Numbered)),
        ];
    }

    // 3.10 comes after 3.9.
    private static int Numbered(string a, string b)
    {
        var (left, right) = (NameParts.Of(a), NameParts.Of(b));
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var order =
                long.TryParse(left[i], out var x) && long.TryParse(right[i], out var y)
                    ? x.CompareTo(y)
                    : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
                return order;
        }

        return left.Count.CompareTo(right.Count);
    }

    // "slower than usual" is one phrase of the lexicon.
    private static bool Than(Sentence s) =>
        s.HasAny(Concept.AboveAverage, Concept.BelowAverage, Concept.Greater, Concept.Less) && s.HasWord("than", "als");

    private static bool Asks(Sentence s) =>
        s.HasWord("is", "are", "was", "were", "has", "have", "did", "does", "do", "ist", "sind", "war", "hat");
}
