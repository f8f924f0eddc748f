using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>"How many requests were there and what was the p95 for X by pod?": what the second of two figures in one breath is about, the
/// first is, too.</summary>
internal static class CommonSubject
{
    /// <returns>Null where each stands for itself.</returns>
    public static QuestionPlan? Of(Sentence whole, IReadOnlyList<AskClause> asks, IReadOnlyList<QuestionPlan> plans)
    {
        if (asks is not [var first, var second] || plans is not [{ Frame: { } bare } before, { Frame: { } full } after])
            return null;
        var joined = whole.MeansAt(second.Start, Concept.Joint) || whole.MeansAt(second.Start - 1, Concept.Joint);
        // "number of requests, error rate and p95 by service": a list, of which the last tells the split.
        var listed =
            full.By.Count > 0
            && !whole.Tokens[first.End - 1].IsSymbol("?")
            && !whole.MayMeanIn(first.Start, first.End, Concept.Be, Concept.Do, Concept.Exist)
            && !whole.MayMeanIn(second.Start, second.End, Concept.What, Concept.Which, Concept.Count, Concept.HowLong, Concept.Show);
        if (
            !joined && !listed
            || !IsPlain(bare)
            || !IsPlain(full)
            || bare.By.Count > 0
            || bare.Where is not null
            || bare.State != full.State
            || before is not { Services.Count: 0, Operations.Count: 0, Conditions.Count: 0 }
            || after.Services.Count + after.Operations.Count == 0 && !listed
            // "how many in all, and how many in X": one is set against the other.
            || bare.Measures.Intersect(full.Measures).Any()
            || whole.LinksIn(first.Start, first.End).Any()
            || whole.TimesIn(first.Start, first.End).Any()
            || whole.MayMeanIn(first.Start, first.End, Concept.Every, Concept.Together, Concept.Sum)
        )
            return null;
        return after with
        {
            Frame = full with { Measures = [.. bare.Measures, .. full.Measures] },
            Window = after.Window?.Window == before.Window?.Window ? before.Window : after.Window,
        };
    }

    /// <summary>Figures that are listed without a word of asking between them.</summary>
    /// <returns>Null where the second asks for something of its own.</returns>
    public static QuestionPlan? Listed(Sentence whole, AskClause ask, QuestionPlan before, QuestionPlan more) =>
        before.Frame is { } table
        && more.Frame is { } further
        && IsPlain(table)
        && IsPlain(further)
        && further.By.Count == 0
        && (table.By.Count > 0 || table.Measures.Concat(further.Measures).All(m => Durations.Contains(m.Kind)))
        && table.State == further.State
        && (further.Where is null || further.Where == table.Where)
        && Repetitions.SameServices(before, more)
        && !table.Measures.Intersect(further.Measures).Any()
        && !whole.LinksIn(ask.Start, ask.End).Any()
        && ClauseJoins.IsRest(whole, ask, [Concept.Latency, .. AskConcepts.Measures])
        && !whole.MayMeanIn(ask.Start, ask.End, Concept.What, Concept.Which, Concept.Count, Concept.HowLong, Concept.Every)
        && (more.Window == before.Window || whole.Times.Count == 1 || !whole.TimesIn(ask.Start, ask.End).Any())
            ? before with
            {
                Frame = table with { Measures = [.. table.Measures, .. further.Measures] },
                Window = more.Window,
            }
            : null;

    private static readonly MeasureKind[] Durations =
    [
        MeasureKind.Percentile,
        MeasureKind.Mean,
        MeasureKind.Minimum,
        MeasureKind.Maximum,
        MeasureKind.StandardDeviation,
    ];

    private static bool IsPlain(QueryFrame frame) =>
        frame is { Act: FrameAct.Measure, Over: FramePopulation.Requests, Sides: null, OverTime: false };
}
