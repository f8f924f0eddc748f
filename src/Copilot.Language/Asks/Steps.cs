using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>Steps of time: "per minute", "every 10 seconds".</summary>
internal static class Steps
{
    /// <summary>Null where no step is said.</summary>
    public static TimeSpan? Length(Sentence s)
    {
        foreach (var mark in s.MarksOf(Concept.EachStep).OrderByDescending(m => Of(s, m) is not null))
        {
            if (Of(s, mark) is { } unit)
            {
                s.Use(mark);
                return unit;
            }

            if (Behind(s, mark, 0) is { } length)
                return length;
        }

        // "p95 per 5 minutes"
        foreach (var by in s.MarksOf(Concept.By, Concept.Every))
        {
            if (WordRoles.ByStep.Contains(s.Tokens[by.End - 1].Lower) && Behind(s, by, 1e9) is { } length)
                return length;
        }

        // "1m buckets", "one-minute resolution"
        for (var i = 0; i + 1 < s.Tokens.Count; i++)
        {
            if (s.TimeAt(i) is not null || !WordRoles.Steps.Contains(s.Tokens[i + 1].Lower))
                continue;
            var nanos = s.Tokens[i].Kind == WordTokenKind.Duration ? s.Tokens[i].Value : TimeTokens.NanosOf(s.Tokens[i].Lower);
            // "in that second slot" counts.
            if (nanos < 1e9 || s.Tokens[i].Kind == WordTokenKind.Word && nanos < 60e9)
                continue;
            s.Use(Cardinals.Of(s.WordAt(i - 1) ?? "") is 1 ? i - 1 : i, i + 2);
            return TimeSpan.FromTicks((long)(nanos / 100));
        }

        // "rollup 1 minute", "resolution 30s"
        for (var i = 0; i + 1 < s.Tokens.Count; i++)
        {
            if (
                WordRoles.Steps.Contains(s.Tokens[i].Lower)
                && s.MarkAt(i) is null
                && Times.LengthReader.Read(s.Tokens, s.WordAt(i + 1) is "of" or "=" or ":" ? i + 2 : i + 1) is { Nanos: >= 1e9 } told
            )
            {
                s.Use(i, told.End);
                return TimeSpan.FromTicks((long)(told.Nanos / 100));
            }
        }

        return null;
    }

    private static TimeSpan? Behind(Sentence s, ConceptMark mark, double shortest)
    {
        if (mark.End >= s.Tokens.Count || Times.LengthReader.Read(s.Tokens, mark.End) is not { } length || length.Nanos < shortest)
            return null;
        s.Use(mark.Start, length.End);
        return TimeSpan.FromTicks((long)(length.Nanos / 100));
    }

    /// <summary>The unit of time that a mark names: "per minute", "rpm".</summary>
    public static TimeSpan? Of(Sentence s, ConceptMark mark)
    {
        var words = Enumerable.Range(mark.Start, mark.End - mark.Start).Select(i => s.Tokens[i].Lower).ToList();
        var nanos = words.Select(TimeTokens.NanosOf).Max();
        return nanos >= 1e9 ? TimeSpan.FromTicks((long)(nanos / 100))
            : words.Exists(WordRoles.PerMinute.Contains) ? TimeSpan.FromMinutes(1)
            : words.Exists(WordRoles.PerSecond.Contains) ? TimeSpan.FromSeconds(1)
            : null;
    }

    /// <summary>"For every single minute", "show the number of requests per minute from 8 to 9": each of them is wanted, not a rate.</summary>
    public static bool AreOneByOne(Sentence s, ConceptMark count) =>
        s.MarksOf(Concept.EachStep)
            .Any(m => Enumerable.Range(m.Start, m.End - m.Start).Any(i => WordRoles.Singly.Contains(s.Tokens[i].Lower)))
        || !s.MayMean(Concept.Mean)
            && s.Times.Count > 0
            && s.MarksOf(Concept.Show)
                .Any(m => m.End <= count.Start && count.Start - m.End <= 2 && WordRoles.Seeing.Contains(s.Tokens[m.Start].Lower));
}
