using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>One thing that is said of a span.</summary>
internal sealed record Clause
{
    /// <summary>The attribute under all its names; empty where <see cref="Whole"/> says all.</summary>
    public IReadOnlyList<FieldExpression> Fields { get; init; } = [];

    public FieldOperator Operator { get; init; } = FieldOperator.Equal;

    public Literal Value { get; init; } = Literal.Nil();

    public FieldExpression? Whole { get; init; }

    public Joint Joint { get; init; }

    public bool Denied { get; init; }

    /// <summary>Only its place makes it a name: "tool" in "tool calls of the agent".</summary>
    public bool Weak { get; init; }

    /// <summary>Place of the first term that it stands for.</summary>
    public int At { get; init; }

    /// <summary>It is about the state of a span: failed, slow. The rest says which spans are meant.</summary>
    public bool IsState => IsLength || Mentions(Expression(), Intrinsic.Status) || Key.EndsWith("status_code", StringComparison.Ordinal);

    public bool IsLength => Expression() is var e && (Mentions(e, Intrinsic.Duration) || Mentions(e, Intrinsic.TraceDuration) || Mentions(e, Intrinsic.EventTimeSinceStart));

    /// <summary>Two clauses with the same key speak of one attribute.</summary>
    public string Key => Fields.Count > 0 ? Fields[0].ToString() : Whole is { } whole && First(whole) is { } named ? named.ToString() : "";

    /// <summary>All names of the attribute that it compares.</summary>
    public IReadOnlyList<FieldExpression> Alternatives => Fields.Count > 0 ? Fields : Whole is { } whole ? [.. Compared(whole).Distinct()] : [];

    public bool IsEquality => (Fields.Count > 0 ? Operator == FieldOperator.Equal && Value.Kind != LiteralKind.Nil : Whole is not null && Key.Length > 0 && First(Whole) is not null) && !Denied;

    public FieldExpression Expression()
    {
        var said = Whole ?? (Operator == FieldOperator.Equal && Value.Kind == LiteralKind.Nil
            ? Field.All(Fields.Select(f => f.Compared(Operator, Value)))!
            : Field.AnyOf(Fields.Select(f => f.Compared(Operator, Value)))!);
        return Denied ? Negation.Of(said) : said;
    }

    private static IEnumerable<FieldExpression> Compared(FieldExpression e) =>
        e is FieldBinary b ? b.Operator.IsLogical() ? Compared(b.Left).Concat(Compared(b.Right)) : [b.Left] : [];

    private static FieldExpression? First(FieldExpression e) => e is FieldBinary b
        ? b.Operator.IsLogical() ? First(b.Left) : b is { Right: Literal { Kind: not LiteralKind.Nil } } ? b.Left : null
        : null;

    private static bool Mentions(FieldExpression e, Intrinsic intrinsic) => e switch
    {
        FieldBinary b => Mentions(b.Left, intrinsic) || Mentions(b.Right, intrinsic),
        IntrinsicReference r => r.Intrinsic == intrinsic,
        _ => false,
    };
}
