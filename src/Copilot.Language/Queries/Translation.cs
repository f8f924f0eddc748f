using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>A request in plain words as TraceQL.</summary>
public sealed record Translation
{
    /// <summary>Null where no query could be made of the words.</summary>
    public TraceQlQuery? Query { get; init; }

    /// <summary>Words that should have meant something and did not; with any of them the query says less than was asked.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>0 to 1: how much of what was said the query says.</summary>
    public double Score { get; init; }

    /// <summary>It says what no plan of measures and filters does: structure, several spans of a trace, counts within one, series by a
    /// function.</summary>
    public TranslationShape Shape { get; init; }
}

/// <summary>What kind of query the words made.</summary>
public enum TranslationShape
{
    /// <summary>One filter on spans.</summary>
    Filter,

    /// <summary>Several spans that a trace must hold.</summary>
    Spansets,

    /// <summary>Spans related to others.</summary>
    Structure,

    /// <summary>What is counted or added up within a trace.</summary>
    Aggregate,

    /// <summary>Series over time.</summary>
    Metrics,
}
