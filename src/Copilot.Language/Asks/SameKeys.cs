using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;

namespace Copilot.Language.Asks;

/// <summary>Another value of the attribute that the question before narrowed by.</summary>
internal static class SameKeys
{
    // "how many in SEK?", "and in GBP?": the same attribute, be it a value of others, too.
    public static AttributeCondition Of(Sentence s, QuestionPlan before, AttributeCondition said) =>
        said is { Operator: ConditionOperator.Equal, Values: [var value] }
        && before.Conditions.All(c => c.Key != said.Key)
        && !s.LinksOf(LinkKind.Key).Any()
        && Known(s, before.Conditions, value) is { } known
            ? known.Condition with
            {
                Values = [value],
                Words = said.Words,
            }
            : said;

    public static AttributeCondition? Sibling(Sentence s, QuestionPlan before, string name) =>
        Known(s, before.Conditions.Where(c => c.Values.Count == 1), name) is { } known
            ? known.Condition with
            {
                Values = [known.Name],
                Words = name,
            }
            : null;

    // The first condition whose attribute has a value that is called so, and how that is written.
    private static (AttributeCondition Condition, string Name)? Known(Sentence s, IEnumerable<AttributeCondition> conditions, string value)
    {
        var called = s.Index.Attributes.ByRawValue(value);
        foreach (var condition in conditions.Where(c => c.Operator == ConditionOperator.Equal))
        {
            if (called.FirstOrDefault(t => t.Key == condition.Key) is { } target)
                return (condition, target.Name);
        }

        return null;
    }
}
