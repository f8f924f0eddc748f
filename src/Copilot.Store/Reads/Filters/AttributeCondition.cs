namespace Copilot.Store.Reads.Filters;

/// <summary>One condition on one attribute.</summary>
/// <param name="Values">As text; numbers in invariant form, booleans as <c>true</c> and <c>false</c>.</param>
/// <param name="AnywhereInTrace">Met by any span of the same trace, not by the counted span itself.</param>
public sealed record AttributeCondition(
    AttributeScope Scope, string Key, ConditionOperator Operator, IReadOnlyList<string> Values, bool AnywhereInTrace = false)
{
    public static AttributeCondition Equal(string key, string value, AttributeScope scope = AttributeScope.Any) =>
        new(scope, key, ConditionOperator.Equal, [value]);
}
