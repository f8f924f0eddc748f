using System.Globalization;
using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Readings;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Plans;

/// <summary>Bounds on how long things took: "longer than 1 second", "&gt; 500ms", "between 100ms and 2s".</summary>
internal static class DurationConditions
{
    /// <summary>Conditions on each request; traces have bounds of their own.</summary>
    public static IEnumerable<AttributeCondition> Read(ReadingContext context, QuestionKind kind)
    {
        if (kind is not (QuestionKind.Measure or QuestionKind.Breakdown or QuestionKind.Series))
            return [];
        var (min, max) = Bounds(context);
        var conditions = new List<AttributeCondition>();
        if (min is { } low)
            conditions.Add(Condition(ConditionOperator.Greater, low));
        if (max is { } high)
            conditions.Add(Condition(ConditionOperator.Less, high));
        return conditions;
    }

    public static (TimeSpan? Min, TimeSpan? Max) Bounds(ReadingContext context)
    {
        var s = context.Sentence;
        TimeSpan? min = null, max = null;
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            var token = s.Tokens[i];
            if (token.Kind != TokenKind.Duration || s.TimeAt(i) is not null)
                continue;
            var length = TimeSpan.FromTicks((long)(token.Value / 100));
            var at = i - 1;
            while (s.WordAt(at) is "about" or "the" or "or" or "roughly")
                at--;
            var mark = s.ConceptAt(at);
            var behind = s.ConceptAt(i + 1);
            if (s.WordAt(at) is "between" && s.WordAt(i + 1) is "and" or "-" && i + 2 < s.Tokens.Count && s.Tokens[i + 2].Kind == TokenKind.Duration)
            {
                (min, max) = (length, TimeSpan.FromTicks((long)(s.Tokens[i + 2].Value / 100)));
                s.Use(at, i + 3);
                return (min, max);
            }

            if (mark?.Concept is Concept.Greater or Concept.AtLeast || behind?.Concept is Concept.AtLeast || s.WordAt(i + 1) is "+" || s.WordAt(at) is "takes" or "took" or "taking" or "exceeds")
                min = length;
            else if (mark?.Concept is Concept.Less or Concept.AtMost or Concept.Below || behind?.Concept is Concept.AtMost)
                max = length;
            else
                continue;
            s.Use(at, i + 1);
            s.Use(mark);
        }

        return (min, max);
    }

    private static AttributeCondition Condition(ConditionOperator op, TimeSpan length) =>
        new(AttributeScope.Intrinsic, "duration", op, [Text(length)], ConditionValueType.Keyword, true, Text(length));

    private static string Text(TimeSpan length)
    {
        var ms = length.TotalMilliseconds;
        return ms >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{ms:0.###}ms") : string.Create(CultureInfo.InvariantCulture, $"{length.Ticks * 100}ns");
    }
}
