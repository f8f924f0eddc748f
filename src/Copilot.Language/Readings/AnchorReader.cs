using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>Finds windows that are said by a change instead of a clock.</summary>
internal static class AnchorReader
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    public static AnchorMention? Read(Sentence sentence, Subject subject)
    {
        var mark = sentence.Concepts.FirstOrDefault(c =>
            c.Concept is Concept.Deploy or Concept.Rollback or Concept.Flag or Concept.Config && IsTheOne(sentence, c)
        );
        if (mark is null)
            return OfEvent(sentence, subject);
        var before = Index(sentence, mark, "before", "prior", "vor", "until");
        var after = Index(sentence, mark, "after", "since", "following", "nach", "seit", "post");
        if (before < 0 && after < 0)
            return null;
        // "before the rollback and just after", "after the deploy compared with before it"
        if (after < 0)
            after = Behind(sentence, mark, "after");
        else if (before < 0)
            before = Behind(sentence, mark, "before");
        var shifts = sentence.Times.Where(t => t.Kind == TimeMentionKind.Shift).ToList();
        // "after the customs rollback, the error rate of the portal": whose change it was.
        var own =
            subject.Services.Count > 1 && sentence.LinkAt(mark.Start - 1) is { Kind: LinkKind.Service, Targets: [var whose] }
                ? whose.Name
                : null;
        var anchor = new ChangeAnchor(
            own ?? (subject.Services.Count == 1 ? subject.Services[0].Name : null),
            Version(sentence),
            mark.Concept switch
            {
                Concept.Rollback => "rollback",
                Concept.Flag => "flag",
                Concept.Config => "config",
                _ => Version(sentence) is null ? "deploy" : null,
            },
            default,
            null
        )
        {
            Said =
                mark.Concept is Concept.Flag or Concept.Config && Said(sentence, mark.Start, mark.End) is { Count: > 0 } about
                    ? string.Join(' ', about)
                    : null,
        };
        foreach (var again in sentence.All(mark.Concept).Where(m => m == mark || IsTheOne(sentence, m)).ToList())
            sentence.Use(again);
        foreach (var i in new[] { before, after }.Where(i => i >= 0))
            sentence.Use(i, i + 1);
        var words = sentence.Words(Math.Max(0, new[] { before, after, mark.Start }.Where(i => i >= 0).Min()), mark.End);
        var back = shifts.FirstOrDefault(s => s.Shift < TimeSpan.Zero)?.Shift.Negate();
        var on = shifts.FirstOrDefault(s => s.Shift > TimeSpan.Zero)?.Shift ?? (after > 0 ? Unit(sentence, after) : null);
        back ??= before > 0 && after < 0 ? Unit(sentence, before) : null;
        back ??= Each(sentence);
        var worse =
            sentence.HasAny(Concept.Up)
            || sentence.HasWord(
                "worse",
                "better",
                "change",
                "changed",
                "improve",
                "improved",
                "drop",
                "dropped",
                "decrease",
                "decreased",
                "regress",
                "regressed",
                "schlechter",
                "besser"
            );
        if (worse && after >= 0 && before < 0)
            before = after;
        var both = before >= 0 && after >= 0 || back is not null && on is not null;
        return new AnchorMention(
            before >= 0 || back is not null
                ? anchor with
                {
                    From = -(back ?? on ?? (both ? Usual : TimeReader.Usual)),
                    To = TimeSpan.Zero,
                }
                : null,
            after >= 0 || on is not null ? anchor with { From = TimeSpan.Zero, To = on ?? back ?? (both ? Usual : null) } : null,
            words
        )
        {
            Own = own,
        };
    }

    // "five minutes before the retention job was started and five minutes after": a change that is told by what it did.
    private static AnchorMention? OfEvent(Sentence sentence, Subject subject)
    {
        var shifts = sentence.Times.Where(t => t.Kind == TimeMentionKind.Shift && t.Shift != TimeSpan.Zero).ToList();
        foreach (var shift in shifts)
        {
            var end = shift.End;
            while (end < sentence.Tokens.Count && end < shift.End + LongestEvent && !IsEventEnd(sentence, end))
                end++;
            var verb = sentence.MarksIn(shift.End, end).FirstOrDefault(m => m.Senses.Any(c => c is Concept.Began or Concept.Ended));
            var flagged = sentence
                .LinksIn(shift.End, end)
                .Any(l => l.Targets.Any(t => t.Key is not null && t.Key.StartsWith("feature_flag.", StringComparison.Ordinal)));
            if (verb is null && !flagged || sentence.MayMeanIn(shift.End, end, Concept.Failed, Concept.Trouble, Concept.Slow))
                continue;
            var said = Said(sentence, shift.End, end);
            if (said.Count < 2)
                continue;
            var words = sentence.Words(shift.Start, end);
            sentence.Use(shift.Start, end);
            var anchor = new ChangeAnchor(
                subject.Services.Count == 1 ? subject.Services[0].Name : null,
                null,
                flagged ? "flag" : null,
                default,
                null
            )
            {
                Said = string.Join(' ', said),
            };
            var back = shifts.FirstOrDefault(s => s.Shift < TimeSpan.Zero)?.Shift.Negate();
            var on = shifts.FirstOrDefault(s => s.Shift > TimeSpan.Zero)?.Shift;
            return new AnchorMention(
                back is null ? null : anchor with { From = -back.Value, To = TimeSpan.Zero },
                on is null ? null : anchor with { From = TimeSpan.Zero, To = on },
                words
            );
        }

        return null;
    }

    private const int LongestEvent = 10;

    private static bool IsEventEnd(Sentence s, int i) =>
        s.Tokens[i].Kind == WordTokenKind.Symbol || s.TimeAt(i) is not null || s.MeansAt(i, Concept.Compare, Concept.Joint, Concept.Or);

    // What is said of the change, around its noun or in a stretch of its own.
    private static IReadOnlyList<string> Said(Sentence s, int start, int end)
    {
        while (start > 0 && !IsEventEnd(s, start - 1) && !s.MeansAt(start - 1, Concept.Article))
            start--;
        while (end < s.Tokens.Count && !IsEventEnd(s, end))
            end++;
        var said = new List<string>();
        for (var i = start; i < end; i++)
        {
            if (
                s.Tokens[i].Kind != WordTokenKind.Word
                || s.LinkAt(i) is { Kind: LinkKind.Service or LinkKind.Operation or LinkKind.Metric }
                || s.MeansAt(i, Concept.Article, Concept.Be, Concept.Do, Concept.What, Concept.Which)
                || s.MarkAt(i) is null
                    && s.LinkAt(i) is null
                    && FillerWords.IsFiller(s.Tokens[i].Lower)
                    && !WordRoles.Switched.Contains(s.Tokens[i].Lower)
            )
                continue;
            said.Add(s.Tokens[i].Stem.Length > 0 ? s.Tokens[i].Stem : s.Tokens[i].Lower);
            s.Use(i, i + 1);
        }

        return said;
    }

    // "the minute after the deploy", "the first hour after"
    private static TimeSpan? Unit(Sentence sentence, int at) =>
        sentence.WordAt(at - 2) is "the" or "first" or "last" or "a"
        && LengthReader.Unit(sentence.Tokens, at - 1) is { } unit
        && unit.End == at
            ? TimeSpan.FromTicks((long)(unit.Nanos / 100))
            : null;

    // "the deploy", "the 5.12.0 deploy", "the last payment rollback", "deploy of 3.8.0"
    private static bool IsTheOne(Sentence sentence, ConceptMark mark)
    {
        for (var i = mark.Start - 1; i >= Math.Max(0, mark.Start - 5); i--)
        {
            if (
                sentence.WordAt(i)
                    is "the"
                        or "last"
                        or "latest"
                        or "its"
                        or "that"
                        or "this"
                        or "before"
                        or "after"
                        or "since"
                        or "der"
                        or "dem"
                        or "letzten"
                || sentence.Tokens[i].Kind == WordTokenKind.Version
            )
                return true;
            if (sentence.Tokens[i].IsBreak)
                return false;
        }

        return false;
    }

    private static string? Version(Sentence sentence)
    {
        if (sentence.VersionAt() is not { } at)
            return null;
        sentence.Use(at, at + 1);
        return sentence.Tokens[at].Text.TrimStart('v', 'V');
    }

    // The other side, said behind the change.
    private static int Behind(Sentence sentence, ConceptMark mark, string word)
    {
        for (var i = mark.End + 1; i < sentence.Tokens.Count; i++)
        {
            if (
                sentence.WordAt(i) == word
                && sentence.TimeAt(i) is null
                && (
                    sentence.MeansAt(i - 1, Concept.Joint, Concept.Compare, Concept.Than)
                    || sentence.MeansAt(i - 2, Concept.Joint, Concept.Compare)
                )
                && (i + 1 == sentence.Tokens.Count || sentence.Tokens[i + 1].IsBreak || sentence.MeansAt(i + 1, Concept.Pronoun))
            )
                return i;
        }

        return -1;
    }

    // "before and after the rollback, one minute each"
    private static TimeSpan? Each(Sentence sentence)
    {
        for (var i = 0; i + 1 < sentence.Tokens.Count; i++)
        {
            if (!sentence.MeansAt(i + 1, Concept.Every, Concept.Together))
                continue;
            if (sentence.Tokens[i] is { Kind: WordTokenKind.Duration, Value: >= 1e9 } length)
            {
                sentence.Use(i, i + 2);
                return TimeSpan.FromTicks((long)(length.Value / 100));
            }
        }

        return null;
    }

    private static int Index(Sentence sentence, ConceptMark mark, params string[] words)
    {
        for (var i = 0; i < mark.Start; i++)
        {
            if (words.Contains(sentence.WordAt(i)) && (sentence.TimeAt(i) is null || sentence.TimeAt(i)!.Kind == TimeMentionKind.Shift))
                return i;
        }

        return -1;
    }
}

/// <summary>Windows that hang on a change: "since the 5.12.0 deploy", "2 min before vs 2 min after the rollback".</summary>
internal sealed record AnchorMention(ChangeAnchor? Before, ChangeAnchor? After, string Words)
{
    /// <summary>The service that stands beside the change and says only whose change it was; null where the question is about it.</summary>
    public string? Own { get; init; }
}
