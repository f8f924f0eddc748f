using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Regexes;

namespace Copilot.TraceQL.Checking;

/// <summary>Types of field expressions.</summary>
internal sealed class FieldChecker(CheckIssues issues)
{
    public void Condition(FieldExpression condition, SourceSpan filter)
    {
        var type = TypeOf(condition);
        if (type is ValueType.Unknown or ValueType.Boolean)
            return;
        issues.Invalid(
            condition.At.Length > 0 ? condition.At : filter,
            $"a spanset filter needs a condition, but this is {FieldTypes.Described(type)}"
            + (type == ValueType.Text ? "; there is no free text search, compare an attribute or name with it" : ""));
    }

    public static bool ReferencesSpan(FieldExpression expression) => expression switch
    {
        FieldBinary o => ReferencesSpan(o.Left) || ReferencesSpan(o.Right),
        FieldUnary o => ReferencesSpan(o.Operand),
        Literal => false,
        _ => true,
    };

    /// <summary>The expression's type, having reported what is wrong inside it.</summary>
    public ValueType TypeOf(FieldExpression expression)
    {
        switch (expression)
        {
            case Literal literal:
                return TypeOf(literal);
            case AttributeReference { OfParent: true }:
                issues.Unsupported(expression.At, "the parent's attributes are not supported; relate two spansets instead: { … } > { … }");
                return ValueType.Unknown;
            case IntrinsicReference { Intrinsic: Intrinsic.Parent }:
                issues.Unsupported(expression.At, "`parent` is not supported; relate two spansets instead: { … } > { … }");
                return ValueType.Unknown;
            case IntrinsicReference intrinsic:
                return intrinsic.Intrinsic.Type();
            case FieldUnary unary:
                return TypeOf(unary);
            case FieldBinary binary:
                return TypeOf(binary);
            default:
                return ValueType.Unknown;
        }
    }

    private static ValueType TypeOf(Literal literal) => literal.Kind switch
    {
        LiteralKind.Nil => ValueType.Nil,
        LiteralKind.Integer => ValueType.Integer,
        LiteralKind.Float => ValueType.Float,
        LiteralKind.Duration => ValueType.Duration,
        LiteralKind.Text => ValueType.Text,
        LiteralKind.Boolean => ValueType.Boolean,
        LiteralKind.Status => ValueType.Status,
        _ => ValueType.SpanKind,
    };

    private ValueType TypeOf(FieldUnary unary)
    {
        var type = TypeOf(unary.Operand);
        if (unary.IsNot && type is not (ValueType.Boolean or ValueType.Unknown))
            issues.Invalid(unary.At, $"`!` needs a condition, but {unary.Operand} is {FieldTypes.Described(type)}");
        else if (!unary.IsNot && !FieldTypes.IsNumeric(type) && type != ValueType.Unknown)
            issues.Invalid(unary.At, $"`-` needs a number, but {unary.Operand} is {FieldTypes.Described(type)}");
        return unary.IsNot ? ValueType.Boolean : type;
    }

    private ValueType TypeOf(FieldBinary binary)
    {
        var left = TypeOf(binary.Left);
        var right = TypeOf(binary.Right);
        if (!FieldTypes.Match(left, right))
            issues.Invalid(binary.At, $"{binary} compares {FieldTypes.Described(left)} with {FieldTypes.Described(right)}".Replace("compares", binary.Operator.IsComparison() ? "compares" : "joins", StringComparison.Ordinal));
        else if (!Takes(binary.Operator, left) || !Takes(binary.Operator, right))
            issues.Invalid(binary.At, $"`{binary.Operator.Symbol()}` does not work on {FieldTypes.Described(Takes(binary.Operator, left) ? right : left)}");
        else if (binary.Operator.IsRegex())
            Regex(binary);
        else if (binary.Operator == FieldOperator.Equal)
            Absence(binary, left, right);
        if (!binary.Operator.IsArithmetic())
            return ValueType.Boolean;
        return left is ValueType.Unknown or ValueType.Nil ? right : left;
    }

    private static bool Takes(FieldOperator op, ValueType type) => type == ValueType.Unknown || op switch
    {
        FieldOperator.Equal or FieldOperator.NotEqual => true,
        FieldOperator.And or FieldOperator.Or => type == ValueType.Boolean,
        FieldOperator.Matches or FieldOperator.NotMatches => type == ValueType.Text,
        _ when op.IsOrdering() => FieldTypes.IsNumeric(type) || type == ValueType.Text,
        _ => FieldTypes.IsNumeric(type),
    };

    private void Regex(FieldBinary binary)
    {
        if (binary.Right is not Literal { Kind: LiteralKind.Text } pattern)
            issues.Invalid(binary.Right.At, "a regular expression must be a string written in the query");
        else if (Re2.TryRead(pattern.Text, out _, out var problem) is false)
            issues.Invalid(pattern.At, $"the regular expression is not valid: {problem}");
    }

    /// <summary>What every span has cannot be missing.</summary>
    private void Absence(FieldBinary binary, ValueType left, ValueType right)
    {
        var tested = right == ValueType.Nil ? binary.Left : left == ValueType.Nil ? binary.Right : null;
        if (tested is IntrinsicReference or AttributeReference { Scope: AttributeScope.Resource, Name: "service.name" })
            issues.Invalid(binary.At, $"every span has {tested}, it cannot be nil");
    }
}
