using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

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

    public bool IsLength =>
        Expression() is var e
        && (Mentions(e, Intrinsic.Duration) || Mentions(e, Intrinsic.TraceDuration) || Mentions(e, Intrinsic.EventTimeSinceStart));

    /// <summary>Two clauses with the same key speak of one attribute.</summary>
    public string Key =>
        Fields.Count > 0 ? Fields[0].ToString()
        : Whole is { } whole && First(whole) is { } named ? named.ToString()
        : "";

    /// <summary>All names of the attribute that it compares.</summary>
    public IReadOnlyList<FieldExpression> Alternatives =>
        Fields.Count > 0 ? Fields
        : Whole is { } whole ? [.. Compared(whole).Distinct()]
        : [];

    public bool IsEquality =>
        (
            Fields.Count > 0
                ? Operator == FieldOperator.Equal && Value.Kind != LiteralKind.Nil
                : Whole is not null && Key.Length > 0 && First(Whole) is not null
        ) && !Denied;

    public FieldExpression Expression()
    {
        var said =
            Whole
            ?? (
                Operator == FieldOperator.Equal && Value.Kind == LiteralKind.Nil
                    ? Field.All(Fields.Select(f => f.Compared(Operator, Value)))!
                    : Field.AnyOf(Fields.Select(f => f.Compared(Operator, Value)))!
            );
        return Denied ? Negation.Of(said) : said;
    }

    private static IEnumerable<FieldExpression> Compared(FieldExpression e) =>
        e is FieldBinary b
            ? b.Operator.IsLogical()
                ? Compared(b.Left).Concat(Compared(b.Right))
                : [b.Left]
            : [];

    private static FieldExpression? First(FieldExpression e) =>
        e is FieldBinary b
            ? b.Operator.IsLogical()
                ? First(b.Left)
                : b is { Right: Literal { Kind: not LiteralKind.Nil } }
                    ? b.Left
                    : null
            : null;

    private static bool Mentions(FieldExpression e, Intrinsic intrinsic) =>
        e switch
        {
            FieldBinary b => Mentions(b.Left, intrinsic) || Mentions(b.Right, intrinsic),
            IntrinsicReference r => r.Intrinsic == intrinsic,
            _ => false,
        };
}

/// <summary>All that some words say of a span, and the words that say nothing that is understood.</summary>
internal sealed record Clauses(IReadOnlyList<Clause> All, IReadOnlyList<Term> Unread)
{
    public bool IsEmpty => All.Count == 0;

    /// <summary>One spanset filter; <c>{ }</c> where nothing is said.</summary>
    public SpansetFilter Filter() => Filter(All);

    /// <summary>"Or" holds neighbours together, then all must hold: "failed or slow spans of a or b".</summary>
    public static SpansetFilter Filter(IEnumerable<Clause> clauses)
    {
        var groups = new List<List<Clause>>();
        foreach (var clause in clauses)
        {
            if (groups.Count > 0 && clause.Joint == Joint.Or)
                groups[^1].Add(clause);
            else
                groups.Add([clause]);
        }

        // Neither a nor b: each is denied, so both denials hold.
        var parts = groups.SelectMany(g =>
            g.Count > 1 && g.All(c => c.Denied) ? g.Select(c => c.Expression()) : [Field.AnyOf(g.Select(c => c.Expression()).Distinct())!]
        );
        return new SpansetFilter(Field.All(parts.Distinct()) ?? Literal.Of(true));
    }
}

/// <summary>What need not be said: a response with a status code is one of HTTP.</summary>
internal static class Implied
{
    private static readonly string[][] Families =
    [
        ["span.http.", "span.url."],
        ["span.messaging."],
        ["span.gen_ai."],
        ["span.faas."],
        ["span.rpc."],
    ];

    public static List<Clause> Dropped(List<Clause> clauses) =>
        [
            .. clauses
                .Where(c => !IsSystemOf(c, clauses))
                .Where(c =>
                    c.Denied
                    || c.Joint == Joint.Or
                    || !Families.Any(family =>
                        IsPresence(c, family)
                        && clauses.Any(o => o != c && !IsPresence(o, family) && o.Joint != Joint.Or && Names(o, family))
                    )
                ),
        ];

    // "mysql queries" are database calls, "gRPC status code 14" is one of gRPC.
    private static bool IsSystemOf(Clause clause, List<Clause> clauses) =>
        !clause.Denied
        && clause.Joint != Joint.Or
        && clauses.Any(o =>
            o != clause
            && !o.Denied
            && o.Joint != Joint.Or
            && (
                o.IsEquality && clause.Whole is { } whole && AreNil(whole) && clause.Alternatives.Any(a => a.ToString() == o.Key)
                || clause.Key == "span.rpc.system" && o.Key.StartsWith("span.rpc.grpc.", StringComparison.Ordinal)
            )
        );

    private static bool IsPresence(Clause clause, string[] family) => clause.Whole is { } whole && Names(clause, family) && AreNil(whole);

    private static bool AreNil(FieldExpression e) =>
        e is FieldBinary b
        && (
            b.Operator.IsLogical()
                ? AreNil(b.Left) && AreNil(b.Right)
                : b is { Operator: FieldOperator.NotEqual, Right: Literal { Kind: LiteralKind.Nil } }
        );

    private static bool Names(Clause clause, string[] family) =>
        clause.Alternatives.Any(f => family.Any(prefix => f.ToString().StartsWith(prefix, StringComparison.Ordinal)));
}

/// <summary>What joins a clause to the one before.</summary>
internal enum Joint
{
    /// <summary>It just stands there: both hold.</summary>
    Beside,
    And,
    Or,

    /// <summary>As the next joint of the list says.</summary>
    Comma,
}
