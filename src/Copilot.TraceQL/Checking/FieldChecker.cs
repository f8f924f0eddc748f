using Copilot.TraceQL.Regexes;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Checking;

/// <summary>Types of field expressions.</summary>
internal sealed class FieldChecker(CheckIssues issues)
{
    public void Condition(FieldExpression condition, SourceSpan filter)
    {
        var type = TypeOf(condition);
        if (type is TraceQlType.Unknown or TraceQlType.Boolean)
            return;
        issues.Invalid(
            condition.At.Length > 0 ? condition.At : filter,
            $"a spanset filter needs a condition, but this is {FieldTypes.Described(type)}"
                + (type == TraceQlType.Text ? "; there is no free text search, compare an attribute or name with it" : "")
        );
    }

    public static bool ReferencesSpan(FieldExpression expression) =>
        expression switch
        {
            FieldBinary o => ReferencesSpan(o.Left) || ReferencesSpan(o.Right),
            FieldUnary o => ReferencesSpan(o.Operand),
            Literal => false,
            _ => true,
        };

    /// <summary>The expression's type, having reported what is wrong inside it.</summary>
    public TraceQlType TypeOf(FieldExpression expression)
    {
        switch (expression)
        {
            case Literal literal:
                return TypeOf(literal);
            case AttributeReference { OfParent: true }:
                issues.Unsupported(expression.At, "the parent's attributes are not supported; relate two spansets instead: { … } > { … }");
                return TraceQlType.Unknown;
            case IntrinsicReference { Intrinsic: Intrinsic.Parent }:
                issues.Unsupported(expression.At, "`parent` is not supported; relate two spansets instead: { … } > { … }");
                return TraceQlType.Unknown;
            case IntrinsicReference intrinsic:
                return intrinsic.Intrinsic.Type();
            case FieldUnary unary:
                return TypeOf(unary);
            case FieldBinary binary:
                return TypeOf(binary);
            default:
                return TraceQlType.Unknown;
        }
    }

    private static TraceQlType TypeOf(Literal literal) =>
        literal.Kind switch
        {
            LiteralKind.Nil => TraceQlType.Nil,
            LiteralKind.Integer => TraceQlType.Integer,
            LiteralKind.Float => TraceQlType.Float,
            LiteralKind.Duration => TraceQlType.Duration,
            LiteralKind.Text => TraceQlType.Text,
            LiteralKind.Boolean => TraceQlType.Boolean,
            LiteralKind.Status => TraceQlType.Status,
            _ => TraceQlType.SpanKind,
        };

    private TraceQlType TypeOf(FieldUnary unary)
    {
        var type = TypeOf(unary.Operand);
        if (unary.IsNot && type is not (TraceQlType.Boolean or TraceQlType.Unknown))
            issues.Invalid(unary.At, $"`!` needs a condition, but {unary.Operand} is {FieldTypes.Described(type)}");
        else if (!unary.IsNot && !FieldTypes.IsNumeric(type) && type != TraceQlType.Unknown)
            issues.Invalid(unary.At, $"`-` needs a number, but {unary.Operand} is {FieldTypes.Described(type)}");
        return unary.IsNot ? TraceQlType.Boolean : type;
    }

    private TraceQlType TypeOf(FieldBinary binary)
    {
        var left = TypeOf(binary.Left);
        var right = TypeOf(binary.Right);
        if (!FieldTypes.Match(left, right))
            issues.Invalid(
                binary.At,
                $"{binary} compares {FieldTypes.Described(left)} with {FieldTypes.Described(right)}".Replace(
                    "compares",
                    binary.Operator.IsComparison() ? "compares" : "joins",
                    StringComparison.Ordinal
                )
            );
        else if (!Takes(binary.Operator, left) || !Takes(binary.Operator, right))
            issues.Invalid(
                binary.At,
                $"`{binary.Operator.Symbol()}` does not work on {FieldTypes.Described(Takes(binary.Operator, left) ? right : left)}"
            );
        else if (binary.Operator.IsRegex())
            Regex(binary);
        else if (binary.Operator == FieldOperator.Equal)
            Absence(binary, left, right);
        if (!binary.Operator.IsArithmetic())
            return TraceQlType.Boolean;
        return left is TraceQlType.Unknown or TraceQlType.Nil ? right : left;
    }

    private static bool Takes(FieldOperator op, TraceQlType type) =>
        type == TraceQlType.Unknown
        || op switch
        {
            FieldOperator.Equal or FieldOperator.NotEqual => true,
            FieldOperator.And or FieldOperator.Or => type == TraceQlType.Boolean,
            FieldOperator.Matches or FieldOperator.NotMatches => type == TraceQlType.Text,
            _ when op.IsOrdering() => FieldTypes.IsNumeric(type) || type == TraceQlType.Text,
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
    private void Absence(FieldBinary binary, TraceQlType left, TraceQlType right)
    {
        var tested =
            right == TraceQlType.Nil ? binary.Left
            : left == TraceQlType.Nil ? binary.Right
            : null;
        if (tested is IntrinsicReference or AttributeReference { Scope: AttributeScope.Resource, Name: "service.name" })
            issues.Invalid(binary.At, $"every span has {tested}, it cannot be nil");
    }
}

/// <summary>What types go together.</summary>
internal static class FieldTypes
{
    public static bool IsNumeric(TraceQlType type) => type is TraceQlType.Integer or TraceQlType.Float or TraceQlType.Duration;

    public static bool Match(TraceQlType left, TraceQlType right) =>
        left == right
        || left is TraceQlType.Unknown or TraceQlType.Nil
        || right is TraceQlType.Unknown or TraceQlType.Nil
        || (IsNumeric(left) && IsNumeric(right));

    public static string Described(TraceQlType type) =>
        type switch
        {
            TraceQlType.Nil => "nil",
            TraceQlType.Integer => "an integer",
            TraceQlType.Float => "a number",
            TraceQlType.Duration => "a duration",
            TraceQlType.Text => "a string",
            TraceQlType.Boolean => "true or false",
            TraceQlType.Status => "a status (ok, error, unset)",
            TraceQlType.SpanKind => "a span kind (server, client, producer, consumer, internal, unspecified)",
            _ => "an attribute",
        };
}
