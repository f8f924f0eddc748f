using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>The step of time in which something was highest or lowest.</summary>
/// <param name="Step">A minute, ten seconds.</param>
/// <param name="AsksWhen">The step itself is asked for, not only how much it was.</param>
internal sealed record Peak(TimeSpan Step, bool Lowest, bool AsksWhen, FrameMeasure Measure);

/// <summary>"Which minute had the most requests", "the lowest number of requests per minute", "how few in its quietest minute".</summary>
internal static class Peaks
{
    private static readonly Concept[] High =
    [
        Concept.Most,
        Concept.Top,
        Concept.Busiest,
        Concept.Maximum,
        Concept.PeakPoint,
        Concept.MostFailing,
        Concept.Slowest,
        Concept.Noisiest,
    ];

    private static readonly Concept[] Low = [Concept.Least, Concept.Minimum, Concept.Fastest];

    /// <summary>What of a step is told as it is; a highest duration or a rate a second has its own way.</summary>
    private static readonly MeasureKind[] Told =
    [
        MeasureKind.Count,
        MeasureKind.Failed,
        MeasureKind.Succeeded,
        MeasureKind.ErrorRate,
        MeasureKind.SuccessRate,
        MeasureKind.Percentile,
        MeasureKind.Mean,
        MeasureKind.Distinct,
    ];

    /// <summary>Of a time that is asked for without saying how long it is.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <summary>A step of time is asked for by how high or low something was in it.</summary>
    public static bool Asks(Sentence s) => Noun(s) is not null && s.MayMean([.. High, .. Low]) || AsksWhen(s);

    // "When was it slowest", "at what time did it have the most errors"; not "when was the slowest request".
    private static bool AsksWhen(Sentence s) =>
        s.Marks.FirstOrDefault(m => m.Senses.Any(Asking.Contains)) is { } first
        && first.Senses.Contains(Concept.When)
        && !s.MayMean(Concept.Began, Concept.Ended, Concept.Ongoing, Concept.Trace, Concept.Single, Concept.Change, Concept.Deploy)
        && s.Marks.Any(m =>
            m.Start > first.Start
            && m.Concept is Concept.Busiest or Concept.Slowest or Concept.MostFailing or Concept.Most or Concept.Fastest or Concept.Noisiest
            && !(
                s.MarkAt(m.End) is { } thing
                && thing.Start == m.End
                && !WordStem.IsPlural(s.Tokens[thing.End - 1].Lower)
                && thing.Senses.Any(Things.Contains)
            )
            && s.LinkAt(m.End) is null
        );

    private static readonly Concept[] Asking =
    [
        Concept.When,
        Concept.Which,
        Concept.Who,
        Concept.What,
        Concept.Why,
        Concept.Where,
        Concept.Count,
        Concept.HowLong,
    ];

    private static readonly Concept[] Things = [Concept.Request, Concept.Service, Concept.Operation, Concept.Span];

    /// <summary>Null where no step of time is ranked.</summary>
    public static Peak? Read(Sentence s, IReadOnlyList<MeasureAt> measures)
    {
        var noun = Noun(s);
        var each = noun is null ? s.MarksOf(Concept.EachStep).FirstOrDefault(m => Steps.Of(s, m) is not null) : null;
        var when = AsksWhen(s);
        var step =
            noun?.Step
            ?? (
                each is not null ? Steps.Of(s, each)
                : when ? Usual
                : null
            );
        if (step is not { } length || noun is null && length < TimeSpan.FromMinutes(1))
            return null;
        var ranks = s.MarksOf([.. High, .. Low]).Where(m => !s.IsUsed(m.Start) || measures.Any(x => x.Start == m.Start)).ToList();
        // "At its busiest minute, …": what is counted there stands in the next clause.
        if (
            ranks.Count == 0
            || measures.Count == 0 && !s.MayMean(Concept.Failed, Concept.Request, Concept.Which, Concept.When) && !s.Links.Any()
        )
            return null;
        var lowest = ranks.Exists(m => m.Senses.Any(Low.Contains)) && !ranks.Exists(m => m.Senses.Any(High.Except(m.Senses).Contains));
        if (noun is { } told)
            s.Use(told.Start, told.End);
        s.Use(each);
        foreach (var mark in ranks.Concat(s.MarksOf(Concept.Which, Concept.What, Concept.When, Concept.Single)).ToList())
            s.Use(mark);
        var asksWhen = when || noun is not null && (s.MayMean(Concept.Which, Concept.When) || !s.MayMean(Concept.Count));
        return new Peak(length, lowest, asksWhen, Measure(s, measures, ranks));
    }

    private static FrameMeasure Measure(Sentence s, IReadOnlyList<MeasureAt> measures, IReadOnlyList<ConceptMark> ranks)
    {
        var failed = s.MarksOf(Concept.Failed).Where(m => !States.IsNegated(s, m)).ToList();
        // "in its busiest minute, how many requests per second"
        var told = measures
            .FirstOrDefault(m => Told.Contains(m.Measure.Kind) || m.Measure is { Kind: MeasureKind.Rate, Per: null })
            ?.Measure;
        foreach (var mark in failed.Concat(s.MarksOf(Concept.Request, Concept.Traffic, Concept.Count)).ToList())
            s.Use(mark);
        if (told is not null && !(told.Kind == MeasureKind.Count && failed.Count > 0))
            return told;
        if (failed.Count > 0 || ranks.Any(m => m.Senses.Contains(Concept.MostFailing)))
            return FrameMeasure.Plain(MeasureKind.Failed);
        return ranks.Any(m => m.Concept is Concept.Slowest or Concept.Fastest) || s.MayMean(Concept.Latency)
            ? FrameMeasure.Percentile(95)
            : FrameMeasure.Plain(MeasureKind.Count);
    }

    // "minute" alone, "ten-second slot": no length of time, no "per minute", none of several.
    private static (TimeSpan Step, int Start, int End)? Noun(Sentence s)
    {
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (s.TimeAt(i) is not null || s.LinkAt(i) is not null)
                continue;
            var token = s.Tokens[i];
            if (token.Kind == WordTokenKind.Duration && WordRoles.Steps.Contains(s.WordAt(i + 1) ?? ""))
                return (TimeSpan.FromTicks((long)(token.Value / 100)), i, i + 2);
            var nanos = TimeTokens.NanosOf(token.Lower);
            if (
                token.Kind != WordTokenKind.Word
                || nanos < 1e9
                || WordStem.IsPlural(token.Lower)
                || s.MeansAt(i, Concept.EachStep)
                || s.MarkAt(i) is { } mark && mark.Senses.All(c => c is not (Concept.PeakPoint or Concept.Top or Concept.Busiest))
                || WordRoles.Indefinite.Contains(s.WordAt(i - 1) ?? "")
            )
                continue;
            var end = WordRoles.Steps.Contains(s.WordAt(i + 1) ?? "") ? i + 2 : i + 1;
            var start = Cardinals.Of(s.WordAt(i - 1) ?? "") is 1 ? i - 1 : i;
            return (TimeSpan.FromTicks((long)(nanos / 100)), start, end);
        }

        return null;
    }
}
