using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>Field expressions as conditions. Null counts as false, so <c>!</c> is "is not true".</summary>
internal sealed class ConditionSql
{
    private readonly SqlParameters _parameters;
    private readonly TraceRows _traces;
    private readonly ReferenceSql _references;
    private readonly ComparisonSql _comparisons;

    public ConditionSql(SqlParameters parameters, TimeWindow window)
    {
        _parameters = parameters;
        _traces = new TraceRows(window, parameters);
        _references = new ReferenceSql(parameters, _traces);
        Values = new ValueSql(parameters, _references, Of);
        _comparisons = new ComparisonSql(parameters, Values);
    }

    public ValueSql Values { get; }

    /// <inheritdoc cref="ReferenceSql.WantsNestedSets"/>
    public bool WantsNestedSets => _references.WantsNestedSets;

    /// <summary>The spans of a statement that goes on with <see cref="From"/>.</summary>
    public static RowAliases Spans { get; } = new("s") { NestedSets = "s.sets" };

    /// <summary>The <c>from</c> and <c>where</c> of <see cref="Spans"/>; to be asked for when all values have been compiled.</summary>
    /// <param name="bounds">A condition that always holds: the window, and what else narrows it.</param>
    /// <param name="anyOf">Conditions of which one must hold; null: all spans count.</param>
    public string From(string bounds, IReadOnlyList<FieldExpression>? anyOf)
    {
        var where = bounds + (anyOf is null ? "" : $" and ({string.Join(" or ", anyOf.Select(c => Of(c, Spans)))})");
        if (!WantsNestedSets)
            return $"from spans s where {where}";
        // Traces are numbered for spans that meet everything else. The offset keeps the conditions out of the join, which Postgres would
        // take for one of two single rows and go through again and again.
        var others = anyOf?.Select(WithoutNestedSets).ToList();
        var narrowed =
            others is null || others.Contains(null) ? bounds : $"{bounds} and ({string.Join(" or ", others.Select(c => Of(c!, Spans)))})";
        return $"from (with c as materialized (select s.* from spans s where {narrowed}) select c.*, n.sets from c join "
            + $"{_traces.NestedSetsOf("c")} n on n.trace_id = c.trace_id offset 0) s where {where}";
    }

    /// <summary>What of a condition can be told without the numbers; null: nothing.</summary>
    private static FieldExpression? WithoutNestedSets(FieldExpression condition) =>
        condition switch
        {
            FieldBinary { Operator: FieldOperator.And } and => Field.All(
                new[] { WithoutNestedSets(and.Left), WithoutNestedSets(and.Right) }.OfType<FieldExpression>()
            ),
            _ => Levels.MentionsNestedSets(condition) ? null : condition,
        };

    public string Of(FieldExpression expression, RowAliases rows) =>
        expression switch
        {
            FieldBinary { Operator: FieldOperator.And or FieldOperator.Or } chain => Chain(chain, rows),
            FieldBinary { Operator: var op } binary when op.IsComparison() => Comparison(binary, rows),
            FieldUnary { IsNot: true, Operand: AttributeReference } not => Comparison(not.Operand.Is(false), rows),
            FieldUnary { IsNot: true } not => $"({Of(not.Operand, rows)} is not true)",
            Literal { Kind: LiteralKind.Boolean } literal => literal.Integer != 0 ? "true" : "false",
            AttributeReference => Comparison(expression.Is(true), rows),
            _ => "false",
        };

    /// <summary>Chains of one operator side by side, so that a long one is not a deep one for Postgres.</summary>
    private string Chain(FieldBinary chain, RowAliases rows)
    {
        var terms = new List<string>();
        FieldExpression at = chain;
        while (at is FieldBinary binary && binary.Operator == chain.Operator)
        {
            terms.Add(Of(binary.Right, rows));
            at = binary.Left;
        }

        terms.Add(Of(at, rows));
        terms.Reverse();
        return $"({string.Join(chain.Operator == FieldOperator.And ? " and " : " or ", terms)})";
    }

    private string Comparison(FieldBinary comparison, RowAliases rows)
    {
        if ((IdComparison(comparison, rows) ?? NestedParent.Comparison(comparison, rows)) is { } byId)
            return byId;
        if (PromotedComparison(comparison, rows) is { } byColumn)
            return byColumn;
        if (rows.Dictionary == Level.None && Levels.Dictionary(comparison) is { } dictionary)
            return InDictionary(comparison, dictionary, rows);
        var levels = Levels.Of(comparison);
        if (
            levels == Level.Any
            && rows.AnyIs == Level.None
            && rows.Dictionary == Level.None
            && comparison.Right is Literal != comparison.Left is Literal
        )
            return SpanThenResource(comparison, rows);
        if ((levels & (Level.Event | Level.Link)) != 0 && rows.Event is null && rows.Link is null)
            return AnyOfList(comparison, levels, rows);
        return _comparisons.Compare(comparison.Operator, comparison.Left, comparison.Right, rows);
    }

    private string InDictionary(FieldBinary comparison, Level level, RowAliases rows)
    {
        var inner = rows with { Dictionary = level };
        // One service by name: a single value lets the index also give the order by time.
        if (
            level == Level.Service
            && comparison is { Operator: FieldOperator.Equal, Left: AttributeReference, Right: Literal { Kind: LiteralKind.Text } name }
        )
            return $"({rows.Span}.service_id = coalesce((select d.id from services d where d.name = {_parameters.Text(name.Text)}), -1))";
        var condition = _comparisons.Compare(comparison.Operator, comparison.Left, comparison.Right, inner);
        return level switch
        {
            // An array from a subquery can drive the index by service; a join could not inside an "or".
            Level.Service => $"({rows.Span}.service_id = any (array(select d.id from services d where {condition})))",
            Level.Operation => $"({rows.Span}.operation_id in (select d.id from operations d where {condition}))",
            Level.Resource => $"({rows.Span}.resource_id in (select d.id from resources d where {condition}))",
            Level.Scope => $"({rows.Span}.scope_id in (select d.id from scopes d where {condition}))",
            Level.Root => $"({rows.Span}.trace_id in (select d.trace_id from {_traces.Roots()} d where {condition}))",
            _ => $"({rows.Span}.trace_id in (select d.trace_id from {_traces.Durations()} d where {condition}))",
        };
    }

    /// <summary><c>.name</c> against a literal: the resources that match are few and found once.</summary>
    private string SpanThenResource(FieldBinary comparison, RowAliases rows)
    {
        var attribute = (AttributeReference?)(comparison.Left as AttributeReference ?? comparison.Right as AttributeReference);
        if (attribute is null)
            return _comparisons.Compare(comparison.Operator, comparison.Left, comparison.Right, rows);
        var onSpan = _comparisons.Compare(comparison.Operator, comparison.Left, comparison.Right, rows with { AnyIs = Level.Span });
        var onResource = _comparisons.Compare(
            comparison.Operator,
            comparison.Left,
            comparison.Right,
            rows with
            {
                AnyIs = Level.Resource,
                Dictionary = Level.Resource,
            }
        );
        var value = Values.Of(attribute with { Scope = AttributeScope.Span }, rows).Sql;
        return $"(case when {value} is not null then {onSpan} else {rows.Span}.resource_id in (select d.id from resources d "
            + $"where {onResource}) end)";
    }

    /// <summary>A comparison with events or links holds where any of them makes it hold; <c>= nil</c> where none has a value.</summary>
    private string AnyOfList(FieldBinary comparison, Level levels, RowAliases rows)
    {
        var isNil = comparison.Left is Literal { Kind: LiteralKind.Nil } || comparison.Right is Literal { Kind: LiteralKind.Nil };
        var inner = rows;
        var from = new List<string>();
        if ((levels & Level.Event) != 0)
        {
            inner = inner with { Event = "ev" };
            from.Add($"jsonb_array_elements({rows.Span}.events) ev(v)");
        }

        if ((levels & Level.Link) != 0)
        {
            inner = inner with { Link = "li" };
            from.Add($"jsonb_array_elements({rows.Span}.links) li(v)");
        }

        var none = isNil && comparison.Operator == FieldOperator.Equal;
        var condition = _comparisons.Compare(none ? FieldOperator.NotEqual : comparison.Operator, comparison.Left, comparison.Right, inner);
        return $"({(none ? "not " : "")}exists (select from {string.Join(", ", from)} where {condition}))";
    }

    /// <summary>Ids compare as what they are, so that an index finds them.</summary>
    private string? IdComparison(FieldBinary comparison, RowAliases rows)
    {
        if (
            comparison is not { Left: IntrinsicReference reference, Right: Literal { Kind: LiteralKind.Text } literal }
            || !comparison.Operator.IsEquality()
        )
            return null;
        var symbol = comparison.Operator == FieldOperator.Equal ? "=" : "<>";
        return reference.Intrinsic switch
        {
            Intrinsic.TraceId when TraceId.TryParse(literal.Text.PadLeft(32, '0'), out var id) =>
                $"({rows.Span}.trace_id {symbol} {_parameters.Uuid(id.ToGuid())})",
            Intrinsic.SpanId when SpanId.TryParse(literal.Text.PadLeft(16, '0'), out var id) =>
                $"({rows.Span}.span_id {symbol} {_parameters.Bigint(id.ToInt64())})",
            _ => null,
        };
    }

    /// <summary>A promoted column against a literal of its type, without a detour over JSON; a list stays in the JSON.</summary>
    private string? PromotedComparison(FieldBinary comparison, RowAliases rows)
    {
        if (
            comparison is not { Left: AttributeReference { Scope: AttributeScope.Span } attribute, Right: Literal literal }
            || ReferenceSql.Promoted(attribute.Name) is not { } promoted
            || (promoted.Type == SqlType.Text ? literal.Kind != LiteralKind.Text : !literal.IsNumber)
        )
            return null;
        var column = $"{rows.Span}.{promoted.Column}";
        var json = $"{rows.Span}.attributes -> {_parameters.Text(attribute.Name)}";
        var general = _comparisons.Compare(comparison.Operator, attribute, literal, rows);
        var symbol = comparison.Operator == FieldOperator.NotEqual ? "<>" : comparison.Operator.Symbol();
        var direct = comparison.Operator.IsRegex()
            ? $"{column} {(comparison.Operator == FieldOperator.Matches ? "~" : "!~")} {_parameters.Text(RegexSql.Translate(literal.Text))}"
            : $"{column}{(promoted.Type == SqlType.Text && comparison.Operator.IsOrdering() ? " collate \"C\"" : "")} "
                + $"{symbol} {Values.Of(literal).Sql}";
        return $"(case when {column} is not null then {direct} when ({json}) is not null then {general} end)";
    }
}
