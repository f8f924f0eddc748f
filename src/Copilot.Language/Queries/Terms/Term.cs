using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

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
    public bool IsValue =>
        Kind
            is TermKind.Number
                or TermKind.Duration
                or TermKind.Text
                or TermKind.Name
                or TermKind.Path
                or TermKind.Id
                or TermKind.Operation
                or TermKind.Method
                or TermKind.Unknown;

    public override string ToString() => Tag.Length == 0 ? $"{Kind}({Text})" : $"{Kind}.{Tag}({Text})";
}

/// <summary>What a piece of the wording does in a request for spans, traces or series.</summary>
internal enum TermKind
{
    /// <summary>A word that nothing is known about; perhaps a name.</summary>
    Unknown,

    /// <summary>An everyday word that says nothing here; perhaps a name all the same ("the user service").</summary>
    Filler,

    /// <summary>A word that only holds the sentence together.</summary>
    Function,
    Subject,
    Service,
    Field,
    Condition,
    Compare,
    Between,
    Postfix,
    Match,
    Number,
    Duration,
    Text,
    Name,
    Path,
    Operation,
    Method,
    Id,
    And,
    Or,
    Comma,
    Break,
    Not,
    Without,
    With,
    Whose,
    Copula,
    Prep,
    Article,
    Single,
    Both,
    Pronoun,
    Called,
    Present,
    Absent,
    Returned,
    Took,
    Relation,
    Kin,
    Direct,
    Also,
    Apart,
    Aggregate,
    Extreme,
    Rate,
    Count,
    Quantile,
    Histogram,
    Share,
    Differ,
    By,
    Top,
    Most,
    PerUnit,
    OverTime,
    Select,
    Newest,
    Sampled,
    Began,

    /// <summary>"slow": says something only where a length of time stands nearby.</summary>
    Vague,

    /// <summary>"many", "flaky", "unusual": where no number says how much, nobody but the asker knows.</summary>
    Judged,

    /// <summary>"end to end": of the trace, not of a span.</summary>
    Whole,

    /// <summary>A sign that no words are made of: part of a pattern, or of a query.</summary>
    Sign,
}
