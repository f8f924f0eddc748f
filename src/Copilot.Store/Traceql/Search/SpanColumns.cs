using System.Globalization;
using Copilot.Store.Traceql.Conditions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Search;

/// <summary>
/// What a query needs to know of each span: conditions (<c>f0</c>…) and values (<c>v0</c>…), worked out once while spans are read;
/// everything after that relates rows to each other.
/// </summary>
internal sealed class SpanColumns(ConditionSql conditions)
{
    private readonly Dictionary<FieldExpression, string> _conditions = [];
    private readonly Dictionary<(FieldExpression, bool Number), (string Name, string Sql)> _values = [];
    private readonly Dictionary<FieldExpression, string> _conditionSql = [];

    public string Condition(FieldExpression condition)
    {
        if (_conditions.TryGetValue(condition, out var name))
            return name;
        _conditionSql[condition] = conditions.Of(condition, ConditionSql.Spans);
        return _conditions[condition] = string.Create(CultureInfo.InvariantCulture, $"f{_conditions.Count}");
    }

    /// <summary>The value as jsonb, for groups and results.</summary>
    public string Json(FieldExpression value) => Value(value, number: false);

    /// <summary>The value as a number, null where it is none.</summary>
    public string Number(FieldExpression value) => Value(value, number: true);

    private string Value(FieldExpression value, bool number)
    {
        if (_values.TryGetValue((value, number), out var known))
            return known.Name;
        var sql = conditions.Values.Of(value, ConditionSql.Spans);
        var written = !number ? Labels.Json(value, sql) : sql.AsNumber() + "::numeric";
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_values.Count}");
        _values[(value, number)] = (name, written);
        return name;
    }

    public string Select(string first) =>
        string.Join(
            ", ",
            Fixed
                .Select(c => "s." + c)
                .Concat(_conditions.Select(c => c.Value == first ? $"true as {c.Value}" : $"({_conditionSql[c.Key]} is true) as {c.Value}"))
                .Concat(_values.Values.Select(v => $"{v.Sql} as {v.Name}"))
        );

    public string Names => string.Join(", ", Fixed.Concat(_conditions.Values).Concat(_values.Values.Select(v => v.Name)).Prepend("rid"));

    private static readonly string[] Fixed =
    [
        "trace_id",
        "span_id",
        "parent_span_id",
        "start_ns",
        "duration_ns",
        "service_id",
        "operation_id",
        "status",
        "kind",
        "weight",
    ];
}
