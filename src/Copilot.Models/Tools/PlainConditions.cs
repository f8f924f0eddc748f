using Copilot.Language.Questions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Models.Tools;

/// <summary>A condition that is nothing but comparisons of attributes with values, all of which must hold.</summary>
internal static class PlainConditions
{
    /// <exception cref="ArgumentException">It is more than that.</exception>
    public static IReadOnlyList<AttributeCondition> Of(
        FieldExpression condition,
        IReadOnlyList<ServiceReference> services,
        KnownFields fields
    ) =>
        condition switch
        {
            FieldBinary { Operator: FieldOperator.And } both => [.. Of(both.Left, services, fields), .. Of(both.Right, services, fields)],
            FieldBinary { Left: AttributeReference attribute, Right: Literal value } one when Operator(one.Operator) is { } op =>
            [
                new AttributeCondition(
                    attribute.Scope == AttributeScope.Any ? AttributeScope.Span : attribute.Scope,
                    attribute.Name,
                    op,
                    [value.Kind == LiteralKind.Text ? value.Text : value.ToString()],
                    value.Kind == LiteralKind.Text ? ConditionValueType.Text : ConditionValueType.Keyword,
                    attribute.Scope == AttributeScope.Resource || !fields.IsBelow(attribute, services),
                    condition.ToString()
                ),
            ],
            _ => throw new ArgumentException(
                $"Here `{condition}` cannot be used: only attributes compared with values, joined by &&. query takes any condition."
            ),
        };

    private static ConditionOperator? Operator(FieldOperator op) =>
        op switch
        {
            FieldOperator.Equal => ConditionOperator.Equal,
            FieldOperator.NotEqual => ConditionOperator.NotEqual,
            FieldOperator.Greater => ConditionOperator.Greater,
            FieldOperator.GreaterOrEqual => ConditionOperator.GreaterOrEqual,
            FieldOperator.Less => ConditionOperator.Less,
            FieldOperator.LessOrEqual => ConditionOperator.LessOrEqual,
            _ => null,
        };
}
