namespace Copilot.Agent.Interpretation.Traceql.Terms;

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
