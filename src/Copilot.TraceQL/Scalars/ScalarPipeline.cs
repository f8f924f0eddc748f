using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Scalars;

/// <summary>A pipeline in brackets that ends in an aggregate: <c>({ .a } | count())</c>.</summary>
public sealed record ScalarPipeline : ScalarExpression
{
    public ScalarPipeline(Pipeline source, Aggregate aggregate)
    {
        Source = source;
        Aggregate = aggregate;
        At = source.At.To(aggregate.At);
        Depth = 1 + source.Depth;
    }

    public Pipeline Source { get; }

    public Aggregate Aggregate { get; }
}
