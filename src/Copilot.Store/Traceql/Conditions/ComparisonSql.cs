using Copilot.Store.Commands;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>
/// Two values compared. A missing value or one of another type makes every comparison but that with nil false (null in SQL);
/// an attribute that is a list matches where any of its items does, and differs where none is equal.
/// </summary>
internal sealed class ComparisonSql(SqlParameters parameters, ValueSql values)
{
    public string Compare(FieldOperator op, FieldExpression left, FieldExpression right, RowAliases rows)
    {
        // The literal is read on the right-hand side; a regular expression's always is there.
        if (left is Literal && right is not Literal && !op.IsRegex())
            (left, right, op) = (right, left, op.Mirrored());
        var value = values.Of(left, rows);
        if (right is Literal { Kind: LiteralKind.Nil })
            return Nil(op, left, value);
        if (op.IsRegex())
            return Regex(op, value, ((Literal)right).Text);
        if (right is Literal literal && value.Type == SqlType.Json)
            return JsonWithLiteral(op, value.Sql, literal);
        return Values(op, value, values.Of(right, rows));
    }

    private static string Nil(FieldOperator op, FieldExpression left, SqlValue value)
    {
        var missing = left switch
        {
            Literal literal => literal.Kind == LiteralKind.Nil ? "true" : "false",
            _ when value.Type == SqlType.Json => $"(coalesce(jsonb_typeof({value.Sql}), 'null') = 'null')",
            _ => $"({value.Sql} is null)",
        };
        return op switch
        {
            FieldOperator.Equal => missing,
            FieldOperator.NotEqual => $"(not {missing})",
            _ => "false",
        };
    }

    private string Regex(FieldOperator op, SqlValue value, string pattern)
    {
        var regex = parameters.Text(RegexSql.Translate(pattern));
        var not = op == FieldOperator.NotMatches ? "!" : "";
        if (value.Type == SqlType.Text)
            return $"({value.Sql} {not}~ {regex})";
        if (value.Type != SqlType.Json)
            return "false";
        var items = $"from jsonb_array_elements({value.Sql}) i where jsonb_typeof(i) = 'string' and (i #>> '{{}}') ~ {regex}";
        return $"(case jsonb_typeof({value.Sql}) when 'string' then ({value.Sql} #>> '{{}}') {not}~ {regex}"
            + $" when 'array' then {ListOf(value.Sql, "string", op)}exists (select {items}) end)";
    }

    private string JsonWithLiteral(FieldOperator op, string json, Literal literal)
    {
        if (StoredText.Json(literal) is not { } written)
            return "false";
        var stored = parameters.Json(written);
        var type = literal.Kind switch
        {
            LiteralKind.Text => "string",
            LiteralKind.Boolean => "boolean",
            _ => "number",
        };
        switch (op)
        {
            // A list contains a plain value; a plain value contains itself.
            case FieldOperator.Equal:
                return $"({json} @> {stored})";
            case FieldOperator.NotEqual:
                return $"(case jsonb_typeof({json}) when '{type}' then {json} <> {stored} when 'array' then "
                    + $"{ListOf(json, type, op)}({json} @> {stored}) end)";
            default:
                var symbol = op.Symbol();
                var value = values.Of(literal).Sql;
                return type == "boolean"
                    ? "false"
                    : $"(case jsonb_typeof({json}) when '{type}' then {Item(json)} {symbol} {value}"
                        + $" when 'array' then exists (select from jsonb_array_elements({json}) i where case when "
                        + $"jsonb_typeof(i) = '{type}' then {Item("i")} {symbol} {value} end) end)";
        }

        string Item(string item) => type == "number" ? $"({item})::numeric" : $"({item} #>> '{{}}') collate \"C\"";
    }

    /// <summary>A list differs only where its items are of the type at all.</summary>
    private static string ListOf(string json, string type, FieldOperator op) =>
        op is FieldOperator.NotEqual or FieldOperator.NotMatches ? $"jsonb_typeof({json} -> 0) = '{type}' and not " : "";

    private static string Values(FieldOperator op, SqlValue left, SqlValue right)
    {
        var symbol = op == FieldOperator.NotEqual ? "<>" : op.Symbol();
        var type = left.Type == SqlType.Json ? right.Type : left.Type;
        switch (type)
        {
            case SqlType.Json:
                var compared = op.IsEquality()
                    ? $"when jsonb_typeof(x.a) in ('string', 'number', 'boolean') then x.a {symbol} x.b"
                    : $"when jsonb_typeof(x.a) = 'number' then (x.a)::numeric {symbol} (x.b)::numeric when "
                        + $"jsonb_typeof(x.a) = 'string' then (x.a #>> '{{}}') collate \"C\" {symbol} (x.b #>> '{{}}')";
                return $"(select case when jsonb_typeof(x.a) is distinct from jsonb_typeof(x.b) then false {compared} end from "
                    + $"(select {left.Sql} as a, {right.Sql} as b) x)";
            case SqlType.Number:
                return $"({left.AsNumber()} {symbol} {right.AsNumber()})";
            case SqlType.Text:
                var collation = op.IsEquality() ? "" : " collate \"C\"";
                return $"({left.AsText()}{collation} {symbol} {right.AsText()})";
            case SqlType.Boolean:
                return $"({left.AsBoolean()} {symbol} {right.AsBoolean()})";
            default:
                return left.Type == right.Type && op.IsEquality() ? $"({left.Sql} {symbol} {right.Sql})" : "false";
        }
    }
}
