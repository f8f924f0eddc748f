using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Plans;

/// <summary>What operations and services are ranked by, and how many are wanted.</summary>
internal static class Rankings
{
    public static PlannedRanking Read(ReadingContext context, QuestionKind kind)
    {
        var s = context.Sentence;
        var by = By(context, kind);
        var ascending =
            s.HasAny(Concept.Fastest, Concept.Least) || s.HasAny(Concept.Minimum) && !s.HasAny(Concept.Slowest, Concept.MostFailing);
        var threshold = Threshold(s);
        s.Use(
            Concept.Slowest,
            Concept.Fastest,
            Concept.MostFailing,
            Concept.Busiest,
            Concept.Least,
            Concept.Top,
            Concept.Noisiest,
            Concept.Most,
            Concept.Operation,
            Concept.Service,
            Concept.Which,
            Concept.What,
            Concept.Show,
            Concept.By,
            Concept.Failed,
            Concept.Slow,
            Concept.Request,
            Concept.Mean,
            Concept.Maximum,
            Concept.Minimum,
            Concept.Latency,
            Concept.Every,
            Concept.Count,
            Concept.Overall,
            Concept.OnlyFor,
            Concept.Owner,
            Concept.Who
        );
        if (kind == QuestionKind.Services && by == Measure.FailedCount && threshold is null)
            threshold = 0;
        return new PlannedRanking(by, Limit(s), ascending, threshold);
    }

    /// <summary>"top 5", "3 slowest", "slowest ten".</summary>
    public static int? Limit(Sentence s)
    {
        var last = (int?)null;
        foreach (
            var mark in s.Concepts.Where(c =>
                c.Concept
                    is Concept.Slowest
                        or Concept.Fastest
                        or Concept.MostFailing
                        or Concept.Busiest
                        or Concept.Top
                        or Concept.Maximum
                        or Concept.Least
                        or Concept.Newest
                        or Concept.Oldest
                        or Concept.Operation
                        or Concept.Trace
                        or Concept.Show
                        or Concept.Most
                        or Concept.Service
            )
        )
        {
            foreach (var i in new[] { mark.End, mark.Start - 1, NameBefore(s, mark) - 1 })
            {
                if (
                    Number(s, i) is not { } number
                    || mark.Concept == Concept.Show && IsAnswers(s, i + 1)
                    || mark.Concept is Concept.Operation or Concept.Trace or Concept.Service && i != mark.Start - 1 && !IsOfName(s, i, mark)
                )
                    continue;
                s.Use(i, i + 1);
                last = last is { } known && mark.Concept != Concept.Top ? known : number;
            }
        }

        return last;
    }

    // "2 storefront endpoints": whose they are.
    private static int NameBefore(Sentence s, ConceptMark mark) =>
        s.LinkAt(mark.Start - 1) is { Kind: LinkKind.Service } name ? name.Start : mark.Start;

    private static bool IsOfName(Sentence s, int at, ConceptMark mark) => at == NameBefore(s, mark) - 1;

    // "I need two figures": what is told, not what is listed.
    private static bool IsAnswers(Sentence s, int i) =>
        i < s.Tokens.Count && s.LinkAt(i) is null && WordRoles.Answers.Contains(s.Tokens[i].Lower);

    private static int? Number(Sentence s, int i)
    {
        if (i < 0 || i >= s.Tokens.Count || s.TimeAt(i) is not null)
            return null;
        var wordToken = s.Tokens[i];
        if (wordToken.Kind == WordTokenKind.Number)
            return wordToken.Value is >= 1 and <= 1000 && wordToken.Value == Math.Floor(wordToken.Value) ? (int)wordToken.Value : null;
        // A lone "one" is most often no number.
        return Cardinals.Of(wordToken.Lower) is >= 2 and <= 1000 and var count ? (int)count : null;
    }

    private static Measure By(ReadingContext context, QuestionKind kind)
    {
        var s = context.Sentence;
        if (context.Measure is { Explicit: true } measure)
            return measure.Measure;
        if (s.HasAny(Concept.MostFailing, Concept.Noisiest))
            return Measure.FailedCount;
        if (s.HasAny(Concept.Busiest))
            return s.HasWord("throughput", "rps") ? Measure.Throughput : Measure.RequestCount;
        if (s.HasAny(Concept.Slowest, Concept.Fastest))
            return s.Has(Concept.Mean) ? Measure.MeanLatency
                : s.HasAny(Concept.Failed) && !s.HasAny(Concept.Latency) && s.HasAny(Concept.Top) ? Measure.FailedCount
                : Measure.P95;
        if (s.HasAny(Concept.Failed))
            return Measure.FailedCount;
        if (s.HasAny(Concept.Least, Concept.Request, Concept.Traffic))
            return Measure.RequestCount;
        return s.HasAny(Concept.Slow, Concept.AboveAverage, Concept.Latency, Concept.Top, Concept.Maximum)
            && kind == QuestionKind.Operations
                ? Measure.P95
            : s.HasAny(Concept.Slow, Concept.Latency) ? Measure.P95
            : Measure.RequestCount;
    }

    // "above 5 %", "over 500ms", "more than 10 errors"
    private static double? Threshold(Sentence s)
    {
        for (var i = 1; i < s.Tokens.Count; i++)
        {
            if (s.TimeAt(i) is not null || s.ConceptAt(i - 1)?.Concept is not (Concept.Greater or Concept.AtLeast))
                continue;
            double? value = s.Tokens[i].Kind switch
            {
                WordTokenKind.Percent => s.Tokens[i].Value / 100,
                WordTokenKind.Duration => s.Tokens[i].Value / 1e6,
                WordTokenKind.Number when !s.IsUsed(i) => s.Tokens[i].Value,
                _ => null,
            };
            if (value is null)
                continue;
            s.Use(i - 1, i + 1);
            s.Use(s.ConceptAt(i - 1));
            return value;
        }

        return null;
    }
}
