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
        && before.Conditions.FirstOrDefault(c =>
            c.Operator == ConditionOperator.Equal && s.Index.Attributes.ByRawValue(value).Any(t => t.Key == c.Key)
        )
            is { } known
            ? known with
            {
                Values = [value],
                Words = said.Words,
            }
            : said;

    public static AttributeCondition? Sibling(Sentence s, QuestionPlan before, string name)
    {
        foreach (var condition in before.Conditions.Where(c => c is { Operator: ConditionOperator.Equal, Values.Count: 1 }))
        {
            if (s.Index.Attributes.ByRawValue(name).FirstOrDefault(t => t.Key == condition.Key) is { } target)
                return condition with { Values = [target.Name], Words = name };
        }

        return null;
    }
}
