using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Subjects;

/// <summary>Words of comparison as operators.</summary>
internal static class Operators
{
    public static ConditionOperator? Of(Concept concept) => concept switch
    {
        Concept.Greater => ConditionOperator.Greater,
        Concept.Less or Concept.Below => ConditionOperator.Less,
        Concept.AtLeast => ConditionOperator.GreaterOrEqual,
        Concept.AtMost => ConditionOperator.LessOrEqual,
        Concept.Equals => ConditionOperator.Equal,
        Concept.NotEquals => ConditionOperator.NotEqual,
        Concept.Contains => ConditionOperator.Contains,
        Concept.Exists => ConditionOperator.Exists,
        Concept.Missing => ConditionOperator.Missing,
        _ => null,
    };

    public static ConditionOperator Negated(ConditionOperator op) => op switch
    {
        ConditionOperator.Equal => ConditionOperator.NotEqual,
        ConditionOperator.NotEqual => ConditionOperator.Equal,
        ConditionOperator.Contains => ConditionOperator.NotContains,
        ConditionOperator.Greater => ConditionOperator.LessOrEqual,
        ConditionOperator.Less => ConditionOperator.GreaterOrEqual,
        ConditionOperator.GreaterOrEqual => ConditionOperator.Less,
        ConditionOperator.LessOrEqual => ConditionOperator.Greater,
        ConditionOperator.Exists => ConditionOperator.Missing,
        ConditionOperator.Missing => ConditionOperator.Exists,
        _ => op,
    };
}
