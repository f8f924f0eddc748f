namespace Copilot.TraceQL.Spansets;

/// <summary>Stages in a row: <c>{ } | by(.a) | count() &gt; 2</c>. In brackets it is an operand like any spanset.</summary>
public sealed record Pipeline : SpansetExpression
{
    public Pipeline(EquatableList<PipelineStage> stages)
    {
        Stages = stages;
        At = stages[0].At.To(stages[^1].At);
        Depth = 1 + stages.Max(s => s.Depth);
    }

    public EquatableList<PipelineStage> Stages { get; }
}
