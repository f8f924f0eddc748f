namespace Copilot.TraceQL.Syntax;

/// <summary>A whole query: a pipeline that finds spans, or a metrics expression that gives series; exactly one of the two.</summary>
public sealed record TraceQlQuery
{
    private TraceQlQuery(Pipeline? pipeline, MetricsExpression? metrics)
    {
        Pipeline = pipeline;
        Metrics = metrics;
    }

    public Pipeline? Pipeline { get; }

    public MetricsExpression? Metrics { get; }

    public EquatableList<Hint> Hints { get; init; } = [];

    /// <summary>The only filter of a query that is nothing but one, else null.</summary>
    public SpansetFilter? SingleFilter => Pipeline is { Stages: [SpansetFilter filter] } ? filter : null;

    public static TraceQlQuery Of(Pipeline pipeline) => new(pipeline, null);

    public static TraceQlQuery Of(MetricsExpression metrics) => new(null, metrics);

    public static TraceQlQuery Of(SpansetFilter filter) => new(new Pipeline([filter]), null);

    /// <summary>The form that Tempo prints: every operation in brackets, strings in back quotes.</summary>
    public string ToCanonical() => CanonicalPrinter.Print(this);

    /// <summary>Readable TraceQL: no needless brackets, strings in double quotes.</summary>
    public override string ToString() => ReadablePrinter.Print(this);
}

/// <summary>One <c>name=value</c> of <c>with(…)</c>.</summary>
public sealed record Hint(string Name, Literal Value);
