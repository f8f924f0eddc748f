using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>One or more words of a request, and what they do there.</summary>
/// <param name="Start">The first token of the sentence that it stands for.</param>
/// <param name="End">The token after the last.</param>
internal sealed record Term(TermKind Kind, string Text, int Start, int End)
{
    public string Lower { get; } = Text.ToLowerInvariant();

    /// <summary>Which of its kind: the comparison, the relation, the aggregate.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The attributes that a noun may mean, all names of one thing; empty where it names none.</summary>
    public IReadOnlyList<FieldExpression> Fields { get; init; } = [];

    /// <summary>What the words say of a span by themselves: "failed", "5xx", "production".</summary>
    public FieldExpression? Condition { get; init; }

    /// <summary>A number, a duration in nanoseconds, a quantile from 0 to 1.</summary>
    public double Value { get; init; }

    /// <summary>The catalogue knows it.</summary>
    public bool Linked { get; init; }

    public bool Is(TermKind kind, string tag) => Kind == kind && Tag == tag;

    /// <summary>It may stand as the value of an attribute.</summary>
    public bool IsValue => Kind is TermKind.Number or TermKind.Duration or TermKind.Text or TermKind.Name or TermKind.Path or TermKind.Id or TermKind.Operation or TermKind.Method
        or TermKind.Unknown;

    public override string ToString() => Tag.Length == 0 ? $"{Kind}({Text})" : $"{Kind}.{Tag}({Text})";
}
