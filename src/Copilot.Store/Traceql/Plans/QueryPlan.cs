using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Plans;

/// <summary>How a query would be answered.</summary>
public sealed record QueryPlan
{
    /// <summary>What happens, in words, in order.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>The partitions of spans that the window touches.</summary>
    public required IReadOnlyList<string> Partitions { get; init; }

    /// <summary>The indexes that Postgres would use.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>How many spans would be looked at, about; from Postgres' own statistics.</summary>
    public required long EstimatedSpans { get; init; }

    public required long Budget { get; init; }

    /// <summary>Why it would not run and how to narrow it; null where it would run.</summary>
    public string? Refusal { get; init; }

    public bool FromRollups { get; init; }
}

/// <summary>The stages of a query as sentences.</summary>
internal static class PlanWords
{
    public static IEnumerable<string> Of(TraceQlQuery query) =>
        (query.Pipeline is { } pipeline ? Of(pipeline) : Of(query.Metrics!)).Concat(Hints(query));

    public static IEnumerable<string> Hints(TraceQlQuery query) => HintNotes.All(query).Select(note => note.Text);

    private static IEnumerable<string> Of(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => Of(query.Source)
                .Append(
                    $"measures {query.Function.Kind.Written()} at each step"
                        + (query.Function.By.Count > 0 ? $", a series for each {string.Join(" and ", query.Function.By)}" : "")
                ),
            StagedMetrics staged => Of(staged.Source)
                .Concat(
                    staged.Stages.Select(s =>
                        s switch
                        {
                            RankStage rank => $"keeps the {rank.Count} {(rank.Largest ? "largest" : "smallest")} at each step",
                            _ => "drops the results that the comparison does not hold for",
                        }
                    )
                ),
            MetricsArithmetic arithmetic => Of(arithmetic.Left)
                .Concat(Of(arithmetic.Right))
                .Append("calculates with both, series with the same labels together"),
            _ => [],
        };

    private static IEnumerable<string> Of(PipelineStage stage) =>
        stage switch
        {
            SpansetFilter filter => [$"keeps the spans for which {filter} holds"],
            SpansetOperation { Operator: SpansetOperator.And } o => Of(o.Left)
                .Concat(Of(o.Right))
                .Append("keeps both where a trace has both"),
            SpansetOperation { Operator: SpansetOperator.Or } o => Of(o.Left).Concat(Of(o.Right)).Append("keeps both"),
            SpansetOperation o => Of(o.Left).Concat(Of(o.Right)).Append(Relation(o.Operator)),
            Pipeline pipeline => pipeline.Stages.SelectMany(Of),
            GroupBy by => [$"splits each trace's spans by {by.Expression}"],
            Coalesce => ["puts each trace's spans together again"],
            ScalarFilter filter => [$"keeps the spansets with {filter}"],
            Select select => [$"returns {string.Join(", ", select.Fields)} with each span"],
            _ => [],
        };

    private static string Relation(SpansetOperator op)
    {
        var relation = op.Relation() switch
        {
            SpansetOperator.Child => "children of a left one",
            SpansetOperator.Parent => "parents of a left one",
            SpansetOperator.Descendant => "descendants of a left one, step by step up the trace",
            SpansetOperator.Ancestor => "ancestors of a left one, step by step up the trace",
            _ => "siblings of a left one",
        };
        return "keeps the right-hand spans that are "
            + $"{(op.IsNegated() ? "not " : "")}{relation}{(op.IsUnion() ? ", and the left ones they belong to" : "")}";
    }
}
