using Copilot.Store.Commands;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>Attributes and intrinsics as SQL over some kind of row.</summary>
internal interface IFieldSql
{
    SqlValue Of(AttributeReference attribute, RowAliases rows);

    SqlValue Of(IntrinsicReference reference, RowAliases rows);
}

/// <summary>
/// Field expressions over rows that are no spans (log records, series of metrics, occurrences of errors): each field is a value of the row
/// itself. Null counts as false, so <c>!</c> is "is not true".
/// </summary>
internal sealed class RowConditionSql
{
    private readonly SqlParameters _parameters;
    private readonly RowAliases _rows;
    private readonly ValueSql _values;
    private readonly ComparisonSql _comparisons;

    /// <param name="parameters">Takes the values.</param>
    /// <param name="fields">What the row's fields are.</param>
    /// <param name="alias">The row's alias in the statement; it has a <c>service_id</c>.</param>
    public RowConditionSql(SqlParameters parameters, IFieldSql fields, string alias)
    {
        _parameters = parameters;
        _rows = new RowAliases(alias);
        _values = new ValueSql(parameters, fields, (expression, _) => Of(expression));
        _comparisons = new ComparisonSql(parameters, _values);
    }

    /// <summary>Takes a comparison that means more than the row itself; null: it means the row.</summary>
    public Func<FieldBinary, string, string?>? Beyond { get; init; }

    public SqlValue Value(FieldExpression expression) => _values.Of(expression, _rows);

    /// <summary>A number where the field is one, or a text that reads as one: many loggers write numbers as texts.</summary>
    public string Number(FieldExpression expression)
    {
        var value = Value(expression);
        return value.Type == SqlType.Json
            ? $"(case when jsonb_typeof({value.Sql}) = 'number' or (jsonb_typeof({value.Sql}) = 'string'"
                + $" and {value.Sql} #>> '{{}}' ~ '^-?[0-9]{{1,200}}(\\.[0-9]{{1,200}})?$') then ({value.Sql} #>> '{{}}')::float8 end)"
            : $"({value.AsNumber()})::float8";
    }

    public string Text(FieldExpression expression)
    {
        var value = Value(expression);
        return value.Type == SqlType.Text ? value.Sql : $"({value.AsJson()} #>> '{{}}')";
    }

    public string Of(FieldExpression expression) =>
        expression switch
        {
            FieldBinary { Operator: FieldOperator.And or FieldOperator.Or } chain => Chain(chain),
            FieldBinary { Operator: var op } comparison when op.IsComparison() => Comparison(comparison),
            FieldUnary { IsNot: true, Operand: AttributeReference operand } => Comparison(operand.Is(false)),
            FieldUnary { IsNot: true } not => $"({Of(not.Operand)} is not true)",
            Literal { Kind: LiteralKind.Boolean } literal => literal.Integer != 0 ? "true" : "false",
            AttributeReference attribute => Comparison(attribute.Is(true)),
            _ => "false",
        };

    // Side by side, so that a long chain is not a deep one for Postgres.
    private string Chain(FieldBinary chain)
    {
        var terms = new List<string>();
        FieldExpression at = chain;
        while (at is FieldBinary binary && binary.Operator == chain.Operator)
        {
            terms.Add(Of(binary.Right));
            at = binary.Left;
        }

        terms.Add(Of(at));
        terms.Reverse();
        return $"({string.Join(chain.Operator == FieldOperator.And ? " and " : " or ", terms)})";
    }

    private string Comparison(FieldBinary comparison)
    {
        if (Indexed(comparison) is { } indexed)
            return indexed;
        var ofRow = _comparisons.Compare(comparison.Operator, comparison.Left, comparison.Right, _rows);
        return Beyond?.Invoke(comparison, ofRow) ?? ofRow;
    }

    /// <summary>What an index finds: a service, a trace, a span.</summary>
    private string? Indexed(FieldBinary comparison) =>
        comparison switch
        {
            {
                Operator: FieldOperator.Equal,
                Left: AttributeReference { Scope: AttributeScope.Resource, Name: Levels.ServiceName },
                Right: Literal { Kind: LiteralKind.Text } name
            } => $"({_rows.Span}.service_id = coalesce((select d.id from services d where d.name = {_parameters.Text(name.Text)}), -1))",
            {
                Operator: FieldOperator.Equal,
                Left: IntrinsicReference { Intrinsic: Intrinsic.TraceId },
                Right: Literal { Kind: LiteralKind.Text } text
            } when TraceId.TryParse(text.Text.PadLeft(32, '0'), out var id) => $"({_rows.Span}.trace_id = {_parameters.Uuid(id.ToGuid())})",
            _ => null,
        };
}
