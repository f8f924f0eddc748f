namespace Copilot.Agent.Questions.Subjects;

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
    string Words);
