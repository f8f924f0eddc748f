using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Store.Traceql.Plans;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql;

/// <summary>What attributes there are and what values they have; from the catalogue where it knows, else from the spans.</summary>
public sealed class AttributeReads(CopilotDatabase database, TraceQlReads queries)
{
    private static readonly Dictionary<string, AttributeScope> Levels = new()
    {
        ["span"] = AttributeScope.Span,
        ["resource"] = AttributeScope.Resource,
        ["event"] = AttributeScope.Event,
        ["link"] = AttributeScope.Link,
        ["scope"] = AttributeScope.Instrumentation,
    };

    /// <summary>Attributes seen since the window began.</summary>
    public async Task<IReadOnlyList<TypedAttribute>> AttributesAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "select distinct level, key, type from attribute_keys where level <> 'log' and last_seen_ns >= $1 order by 1, 2, 3"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        var found = new List<TypedAttribute>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new TypedAttribute(Levels[reader.GetString(0)], reader.GetString(1), reader.GetString(2)));
        return found;
    }

    /// <summary>Which attributes there are, by name alone.</summary>
    /// <param name="narrowing">Only those of spans for which this holds; null: of all.</param>
    /// <param name="window">Seen since it began; with a filter, in it.</param>
    /// <param name="cancellationToken">Ends the statement on the server too.</param>
    public async Task<IReadOnlyList<(AttributeScope Scope, string Key)>> NamesAsync(
        SpansetFilter? narrowing,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        if (narrowing is null or { IsEverything: true })
            return [.. (await AttributesAsync(window, cancellationToken)).Select(a => (a.Scope, a.Key)).Distinct()];
        var found = new List<(AttributeScope, string)>();
        await using var reader = await queries.ReadAsync(
            TraceQlQuery.Of(narrowing),
            window,
            AttributeNamesSql.Build(narrowing, window),
            cancellationToken
        );
        while (await reader.ReadAsync(cancellationToken))
            found.Add((Levels[reader.GetString(0)], reader.GetString(1)));
        return found;
    }

    /// <summary>The attributes of a query that the catalogue has not seen since the window began, with what was probably meant.</summary>
    public async Task<IReadOnlyList<UntypedAttribute>> UnknownAsync(
        TraceQlQuery query,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var named = QueryExpressions.References(query).OfType<AttributeReference>().ToList();
        var known = named.Count == 0 ? [] : await AttributesAsync(window, cancellationToken);
        // An empty catalogue has not been filled yet; it says nothing about the query.
        return known.Count == 0
            ? []
            : named
                .Where(a => !known.Any(k => k.Key == a.Name && Fits(a.Scope, k.Scope)))
                .Select(a => new UntypedAttribute(a.ToString(), a.At.Start, a.At.Length, Closest(a, known)))
                .ToList();
    }

    private static bool Fits(AttributeScope wanted, AttributeScope scope) =>
        wanted == scope || (wanted == AttributeScope.Any && scope is AttributeScope.Span or AttributeScope.Resource);

    /// <summary>The same key elsewhere before a similar key here.</summary>
    private static string? Closest(AttributeReference attribute, IReadOnlyList<TypedAttribute> known)
    {
        var elsewhere = known.FirstOrDefault(k => k.Key == attribute.Name);
        var name =
            elsewhere?.Key
            ?? DidYouMean.Closest(attribute.Name, known.Where(k => Fits(attribute.Scope, k.Scope)).Select(k => k.Key).Distinct());
        return name is null ? null : new AttributeReference(elsewhere?.Scope ?? attribute.Scope, name).ToString();
    }

    /// <summary>Values of an attribute or intrinsic, the most frequent first.</summary>
    /// <param name="attribute">The attribute or intrinsic.</param>
    /// <param name="narrowing">Only spans for which this holds; null for all.</param>
    /// <param name="window">Values seen since it began; with a filter, in it.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the statement on the server too.</param>
    public async Task<IReadOnlyList<StoredAttributeValue>> ValuesAsync(
        FieldExpression attribute,
        SpansetFilter? narrowing,
        TimeWindow window,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (attribute is IntrinsicReference { Intrinsic: Intrinsic.Status })
            return [.. Literal.StatusNames.Select(n => new StoredAttributeValue("keyword", n))];
        if (attribute is IntrinsicReference { Intrinsic: Intrinsic.Kind })
            return [.. Literal.KindNames.Select(n => new StoredAttributeValue("keyword", n))];
        if (attribute is IntrinsicReference { Intrinsic: var intrinsic } && intrinsic.Type() != TraceQlType.Text)
            return [];
        if (
            narrowing is null or { IsEverything: true }
            && attribute is AttributeReference named
            && await FromCatalogueAsync(named, window, limit, cancellationToken) is { Count: > 0 } known
        )
            return known;
        return await FromSpansAsync(attribute, narrowing, window, limit, cancellationToken);
    }

    private async Task<List<StoredAttributeValue>> FromCatalogueAsync(
        AttributeReference attribute,
        TimeWindow window,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.DataSource.CreateCommand(
            """
            select value, min(type) from attribute_values
            where key = $1 and level = any ($2) and last_seen_ns >= $3 group by value order by sum(seen) desc, value limit $4
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Clean(attribute.Name) });
        command.Parameters.Add(
            new NpgsqlParameter<string[]>
            {
                TypedValue =
                [
                    .. Levels
                        .Where(l => l.Value == attribute.Scope || (attribute.Scope == AttributeScope.Any && l.Key is "span" or "resource"))
                        .Select(l => l.Key),
                ],
            }
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var values = new List<StoredAttributeValue>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            values.Add(
                new StoredAttributeValue(
                    reader.GetString(1) switch
                    {
                        "double" => "float",
                        "int" => "int",
                        "bool" => "bool",
                        _ => "string",
                    },
                    reader.GetString(0)
                )
            );
        return values;
    }

    /// <summary>Counts the spans of each value: a query like any other, with the same guard.</summary>
    private async Task<IReadOnlyList<StoredAttributeValue>> FromSpansAsync(
        FieldExpression attribute,
        SpansetFilter? narrowing,
        TimeWindow window,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var count = new MetricsFunction(MetricsFunctionKind.CountOverTime) { By = [attribute] };
        var query = TraceQlQuery.Of(new MetricsQuery(new Pipeline([narrowing ?? new SpansetFilter(Literal.Of(true))]), count));
        var request = new SeriesRequest
        {
            Query = query,
            Window = window,
            StepNs = window.ToNs - window.FromNs,
        };
        var result = await queries.SeriesAsync(request, cancellationToken);
        var keyword = attribute is IntrinsicReference { Intrinsic: Intrinsic.Status or Intrinsic.Kind };
        return result
            .Series.OrderByDescending(s => s.Values[0])
            .Select(s => StoredAttributeValue.Of(s.Labels[0].Value, keyword))
            .OfType<StoredAttributeValue>()
            .Take(limit)
            .ToList();
    }
}

/// <summary>Which attributes the spans of a filter have: rows of level and key, from the spans themselves.</summary>
internal static class AttributeNamesSql
{
    private static readonly (string Key, string Column)[] Promoted =
    [
        .. PromotedKeys
            .Texts.Concat([PromotedKeys.HttpResponseStatusCode, PromotedKeys.ServerPort])
            .Select(key => (key, key.Replace('.', '_'))),
    ];

    public static NpgsqlCommand Build(SpansetFilter filter, TimeWindow window)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var from = new ConditionSql(parameters, window).From(new TraceRows(window, parameters).InWindow("s"), [filter.Condition]);
        var present = string.Join(", ", Promoted.Select(p => $"bool_or(m.{p.Column} is not null) as {p.Column}"));
        var named = string.Join(", ", Promoted.Select(p => $"('{p.Key}', b.{p.Column})"));
        command.CommandText =
            $"with m as materialized (select s.* {from})"
            + " select 'span', k from m, jsonb_object_keys(m.attributes) k"
            + $" union select 'span', p.key from (select {present} from m) b cross join lateral (values {named}) p(key, "
            + "present) where p.present"
            + " union select 'resource', k from resources c, jsonb_object_keys(c.attributes) k where c.id in (select resource_id from m)"
            + " union select 'scope', k from scopes c, jsonb_object_keys(c.attributes) k where c.id in (select scope_id from m)"
            + " union select 'event', k from m, jsonb_array_elements(m.events) e, jsonb_object_keys(e -> 'a') k"
            + " union select 'link', k from m, jsonb_array_elements(m.links) e, jsonb_object_keys(e -> 'a') k order by 1, 2";
        return command;
    }
}
