namespace Copilot.Agent.Interpretation.Traceql.Predicates;

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
