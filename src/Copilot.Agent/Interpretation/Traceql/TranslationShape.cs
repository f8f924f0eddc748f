namespace Copilot.Agent.Interpretation.Traceql;

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
