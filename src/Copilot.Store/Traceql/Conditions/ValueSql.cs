using Copilot.Store.Commands;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>Field expressions as values: references, literals, arithmetic.</summary>
internal sealed class ValueSql(SqlParameters parameters, IFieldSql references, Func<FieldExpression, RowAliases, string> condition)
{
    public SqlValue Of(FieldExpression expression, RowAliases rows) =>
        expression switch
        {
            Literal literal => Of(literal),
            AttributeReference attribute => references.Of(attribute, rows),
            IntrinsicReference intrinsic => references.Of(intrinsic, rows),
            FieldUnary { IsNot: false } minus => new SqlValue(SqlType.Number, $"(- {Of(minus.Operand, rows).AsNumber()})"),
            FieldBinary { Operator: var op } binary when op.IsArithmetic() => Arithmetic(binary, rows),
            _ => new SqlValue(SqlType.Boolean, $"({condition(expression, rows)} is true)"),
        };

    public SqlValue Of(Literal literal) =>
        literal.Kind switch
        {
            LiteralKind.Nil => new SqlValue(SqlType.Nil, "null"),
            LiteralKind.Integer or LiteralKind.Duration => new SqlValue(SqlType.Number, parameters.Bigint(literal.Integer)),
            LiteralKind.Float => new SqlValue(SqlType.Number, Float(literal)),
            LiteralKind.Text => new SqlValue(SqlType.Text, parameters.Text(literal.Text)),
            LiteralKind.Boolean => new SqlValue(SqlType.Boolean, literal.Integer != 0 ? "true" : "false"),
            _ => new SqlValue(SqlType.Code, parameters.Bigint(literal.Integer)),
        };

    /// <summary>Numbers compare as numeric, so that 0.1 is 0.1 and large integers keep their last digits.</summary>
    private string Float(Literal literal) =>
        Math.Abs(literal.Float) is 0 or (> 1e-20 and < 1e27)
            ? parameters.Numeric((decimal)literal.Float)
            : $"({parameters.Double(literal.Float)})::numeric";

    private SqlValue Arithmetic(FieldBinary binary, RowAliases rows)
    {
        var left = Of(binary.Left, rows).AsNumber() + "::numeric";
        var right = Of(binary.Right, rows).AsNumber() + "::numeric";
        return new SqlValue(
            SqlType.Number,
            binary.Operator switch
            {
                FieldOperator.Divide => $"({left} / nullif({right}, 0))",
                FieldOperator.Modulo => $"({left} % nullif({right}, 0))",
                FieldOperator.Power => $"traceql_power({left}, {right})",
                _ => $"({left} {binary.Operator.Symbol()} {right})",
            }
        );
    }
}

/// <summary>What a compiled value is in Postgres.</summary>
internal enum SqlType
{
    /// <summary>An attribute's jsonb, of whatever JSON type; null where it is missing.</summary>
    Json,
    Number,
    Text,
    Boolean,

    /// <summary>A smallint code; only equality makes sense.</summary>
    Code,
    Nil,
}

/// <summary>A value as SQL; null in SQL is TraceQL's nil.</summary>
internal readonly record struct SqlValue(SqlType Type, string Sql)
{
    public string AsNumber() =>
        Type == SqlType.Json ? $"(case when jsonb_typeof({Sql}) = 'number' then ({Sql})::numeric end)"
        : Type == SqlType.Number ? Sql
        : "null::numeric";

    public string AsText() =>
        Type == SqlType.Json ? $"(case when jsonb_typeof({Sql}) = 'string' then {Sql} #>> '{{}}' end)"
        : Type == SqlType.Text ? Sql
        : "null::text";

    public string AsBoolean() =>
        Type == SqlType.Json ? $"(case when jsonb_typeof({Sql}) = 'boolean' then ({Sql})::boolean end)"
        : Type == SqlType.Boolean ? Sql
        : "null::boolean";

    /// <summary>The value as jsonb, for results and groups.</summary>
    public string AsJson() =>
        Type switch
        {
            SqlType.Json => Sql,
            SqlType.Nil => "null::jsonb",
            _ => $"to_jsonb({Sql})",
        };
}
