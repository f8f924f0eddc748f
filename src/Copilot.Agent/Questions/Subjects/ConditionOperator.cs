namespace Copilot.Agent.Questions.Subjects;

public enum ConditionOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>Text contains the value, ignoring case.</summary>
    Contains,
    NotContains,

    /// <summary>The attribute is there, with whatever value.</summary>
    Exists,
    Missing,
}
