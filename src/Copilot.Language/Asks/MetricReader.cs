using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>A metric by its name: its last, highest, mean value, over time, by what it carries.</summary>
internal static class MetricReader
{
    /// <param name="plan">What is read the same way whatever is asked.</param>
    public static QuestionPlan Read(ReadingContext context, QuestionPlan plan, Link metric)
    {
        var s = context.Sentence;
        var subject = context.Subject;
        s.Use(metric.Start, metric.End);
        var groups = Groups.Read(s, subject);
        var known = s.Index.Catalogue.Metrics.FirstOrDefault(m => m.Name == metric.Targets[0].Name);
        var plot = s.Mark(Concept.Plot);
        var measures = new MeasureMentions(s, subject, FramePopulation.Metric).Read();
        var peak = s.Mark(Concept.PeakPoint);
        var up = s.Mark(Concept.Up);
        if (measures.Count == 0 || measures[0].Measure.Kind is MeasureKind.Count)
        {
            var kind =
                peak is not null || s.MayMean(Concept.Top, Concept.Most) ? MeasureKind.Maximum
                : s.MayMean(Concept.Least) ? MeasureKind.Minimum
                : up is not null || IsCounted(s, known) ? MeasureKind.Increase
                : s.MayMean(Concept.Newest) || IsNow(s, plan) ? MeasureKind.Last
                : MeasureKind.Mean;
            measures = [new MeasureAt(FrameMeasure.Plain(kind), metric.Start, false)];
        }

        if (s.HasAny(Concept.OneOf) || s.MayMean(Concept.Single))
        {
            foreach (var key in s.LinksOf(LinkKind.Key).ToList())
                s.Use(key.Start, key.End);
            s.Use(Concept.OneOf);
        }

        // "consumer lag on kafka": said again what the metric is called.
        var parts = NameParts.Of(metric.Targets[0].Name);
        bool IsOfName(AttributeCondition c) =>
            c is { Operator: ConditionOperator.Equal, Values.Count: > 0 }
            && c.Values.All(v => parts.Contains(v.ToLowerInvariant()))
            && !s.LinksOf(LinkKind.Key).Any(l => l.Targets.Any(t => t.Key == c.Key));
        plan = plan with { Conditions = [.. plan.Conditions.Where(c => !IsOfName(c))] };
        foreach (var mark in OfMetrics)
            s.Use(s.Mark(mark));
        // A name that is written out says what is meant; the words around it say it again.
        if (s.Tokens[metric.End - 1].Glue is '.' or '_')
        {
            plan = plan with { Operations = [] };
            for (var i = 0; i < s.Tokens.Count; i++)
            {
                if (
                    s.Tokens[i].Kind == WordTokenKind.Word
                    && s.LinkAt(i) is null or { Kind: LinkKind.Operation or LinkKind.Key, Quality: < 0.95 }
                )
                    s.Use(i, i + 1);
            }
        }

        var step = Steps.Length(s);
        var who = s.Marks.Any(m => m.Senses.Contains(Concept.Which) && s.MeansAt(m.End, Concept.Service));
        var frame = new QueryFrame
        {
            Act = who ? FrameAct.Rank : FrameAct.Measure,
            Over = FramePopulation.Metric,
            Metric = metric.Targets[0].Name,
            Measures = [.. measures.Select(m => m.Measure with { OfUnit = known?.Unit })],
            By = who ? [FrameGroup.Service] : groups,
            OverTime = plot is not null || step is not null,
            Step = step,
            AsksWhen = s.MayMean(Concept.When),
            Reduce = s.MayMean(Concept.When) && measures[0].Measure.Kind == MeasureKind.Maximum ? FrameReduction.Highest : null,
            Limit = Rankings.Limit(s),
        };
        return Comparisons.Read(context, plan, frame) ?? plan with { Frame = frame };
    }

    // "how many did we sell, going by the tickets.sold counter": by how much it grew.
    private static bool IsCounted(Sentence s, KnownMetric? metric) =>
        s.MayMean(Concept.Count) && metric?.Kind.Contains("sum", StringComparison.OrdinalIgnoreCase) == true;

    // "how many beds are taken right now?"
    private static bool IsNow(Sentence s, QuestionPlan plan) =>
        plan.Window is { IsDefault: true } && s.Tokens.Any(t => WordRoles.Now.Contains(t.Lower));

    // Words around a metric's name that say what its measure says.
    private static readonly Concept[] OfMetrics =
    [
        Concept.Plot,
        Concept.PeakPoint,
        Concept.Up,
        Concept.Newest,
        Concept.Top,
        Concept.What,
        Concept.Show,
        Concept.Count,
        Concept.Trouble,
        Concept.Maximum,
        Concept.Together,
        Concept.Least,
    ];
}
