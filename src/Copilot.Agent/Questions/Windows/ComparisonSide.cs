using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Questions.Windows;

/// <summary>One side of a comparison: another window, another service, another operation or another attribute value.</summary>
/// <param name="Label">How the side is called in the answer.</param>
public sealed record ComparisonSide(
    string Label,
    PlannedWindow? Window = null,
    ServiceReference? Service = null,
    OperationReference? Operation = null,
    AttributeCondition? Condition = null);
