namespace Copilot.Agent.Questions.Subjects;

/// <summary>How the values of a condition are written in TraceQL.</summary>
public enum ConditionValueType
{
    Text,
    Number,
    Boolean,

    /// <summary>TraceQL's own word or duration: <c>error</c>, <c>server</c>, <c>500ms</c>.</summary>
    Keyword,
}
