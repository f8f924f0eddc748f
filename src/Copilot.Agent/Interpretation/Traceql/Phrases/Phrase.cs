using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Phrases;

/// <summary>Words of the lexicon and what they do.</summary>
internal sealed record Phrase(IReadOnlyList<string> Words, TermKind Kind, string Tag)
{
    public IReadOnlyList<FieldExpression> Fields { get; init; } = [];

    public FieldExpression? Condition { get; init; }

    /// <summary>It says something of a span only beside a noun: "server spans", but "the server service".</summary>
    public bool NeedsNoun { get; init; }
}
