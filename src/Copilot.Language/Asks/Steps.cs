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
        foreach (var mark in s.MarksOf(Concept.EachStep))
        {
            var nanos = Enumerable.Range(mark.Start, mark.End - mark.Start).Select(i => TimeTokens.NanosOf(s.Tokens[i].Lower)).Max();
            if (nanos >= 1e9)
            {
                s.Use(mark);
                return TimeSpan.FromTicks((long)(nanos / 100));
            }

            if (mark.End < s.Tokens.Count && Times.LengthReader.Read(s.Tokens, mark.End) is { } length)
            {
                s.Use(mark.Start, length.End);
                return TimeSpan.FromTicks((long)(length.Nanos / 100));
            }
        }

        return null;
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
