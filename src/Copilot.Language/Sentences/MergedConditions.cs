using Copilot.Language.Questions;

namespace Copilot.Language.Sentences;

/// <summary>Several values of one attribute are alternatives: nothing is CHF and EUR at once.</summary>
internal static class MergedConditions
{
    public static IReadOnlyList<AttributeCondition> Of(IEnumerable<AttributeCondition> conditions)
    {
        var merged = new List<AttributeCondition>();
        foreach (var condition in conditions)
        {
            var at = merged.FindIndex(c =>
                c.Key == condition.Key
                && c.Scope == condition.Scope
                && c.Operator == condition.Operator
                && c.Operator is ConditionOperator.Equal or ConditionOperator.NotEqual or ConditionOperator.Contains
            );
            if (at < 0)
                merged.Add(condition);
            else if (condition.Values.Except(merged[at].Values).ToList() is { Count: > 0 } more)
                merged[at] = merged[at] with { Values = [.. merged[at].Values, .. more], Words = $"{merged[at].Words}, {condition.Words}" };
        }

        return merged;
    }
}
