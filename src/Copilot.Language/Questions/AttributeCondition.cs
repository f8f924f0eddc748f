using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Questions;

/// <summary>One thing that spans must satisfy; several values are alternatives (none of them, for a negated operator).</summary>
/// <param name="Scope">Where the attribute stands.</param>
/// <param name="Key">Without its scope: <c>currency</c>, <c>service.version</c>.</param>
/// <param name="Values">Empty only for <see cref="ConditionOperator.Exists"/> and <see cref="ConditionOperator.Missing"/>.</param>
/// <param name="OnEntry">The attribute is seen on entry spans of the services in question, so requests can be filtered by it directly;
/// otherwise it is met by any span of the request's trace.</param>
/// <param name="Words">The words of the question that it came from, or "conversation".</param>
public sealed record AttributeCondition(
    AttributeScope Scope,
    string Key,
    ConditionOperator Operator,
    IReadOnlyList<string> Values,
    ConditionValueType Type,
    bool OnEntry,
    string Words
)
{
    /// <summary>Other keys that the same thing stands in: senders follow older conventions too.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
}

/// <summary>An attribute by scope and key.</summary>
public sealed record AttributeName(AttributeScope Scope, string Key);

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

/// <summary>How the values of a condition are written in TraceQL.</summary>
public enum ConditionValueType
{
    Text,
    Number,
    Boolean,

    /// <summary>TraceQL's own word or duration: <c>error</c>, <c>server</c>, <c>500ms</c>.</summary>
    Keyword,
}
