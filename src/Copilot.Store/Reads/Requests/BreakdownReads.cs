using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Requests;

/// <summary>Counts the attribute values of bad and of good requests: what a break-down is computed from.</summary>
public sealed class BreakdownReads(CopilotDatabase database)
{
    /// <summary>
    /// Every attribute that a request carries on its entry span or its resource and, where services are named, on an INTERNAL span of
    /// the same service in its trace; each value counts once a request. Attributes with very many values (ids, texts) set nothing apart
    /// and are left out. A kept request that stands for others (distilled, shed) counts as many: exact while everything is stored, an
    /// estimate where it is not.
    /// </summary>
    public Task<AttributeCounts> CountAsync(SpanFilter filter, TimeWindow window, BadRequests bad, CancellationToken cancellationToken) =>
        CountAsync(filter, window, bad, [], cancellationToken);

    /// <inheritdoc cref="CountAsync(SpanFilter, TimeWindow, BadRequests, CancellationToken)"/>
    /// <param name="keys">Only these attributes, however many values they have; all where empty.</param>
    public async Task<AttributeCounts> CountAsync(
        SpanFilter filter,
        TimeWindow window,
        BadRequests bad,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        var wanted =
            keys.Count > 0
                ? Sql.Of($"a.key = any({keys.ToArray()})")
                : Sql.Of($"length(a.value) <= 200 and not (a.key = any(array(select key from attribute_keys where many_values)))");
        var inner =
            filter.Services.Count > 0
                ? Sql.Of(
                    $"""
                    union
                    select q.span_id, q.bad, q.weight, 'span', a.key, a.value
                    from requests q
                    join spans s on s.trace_id = q.trace_id and s.service_id = q.service_id and s.kind = 1 and {FilterClause.Near(
                        window,
                        "s"
                    )}
                    cross join lateral ({Attributes}) a where {wanted}
                    """
                )
                : Sql.Trusted(string.Empty);
        var isBad = Sql.Trusted(bad.Condition);
        var told = bad.Told is { } conditions ? FilterClause.Attributes(conditions, window) : Sql.Trusted("true");
        Sql sql = $"""
            with population as materialized (
              select s.trace_id, s.span_id, s.service_id, s.resource_id, s.status, s.flags, s.duration_ns, s.start_ns,
                coalesce(s.weight, 1)::float8 as weight,
                {FilterClause.MeanOfOperation} as mean_ns,
                {FilterClause.Operations(filter)} and {FilterClause.Attributes(filter, window)} as wanted,
                {told} as told
              from spans s join operations o on o.id = s.operation_id
              where s.entry and {FilterClause.Where(filter, window)}),
            requests as materialized (
              select p.trace_id, p.span_id, p.start_ns, p.service_id, p.resource_id, p.weight, {isBad} as bad from population p
                where p.wanted),
            held as (
              select q.span_id, q.bad, q.weight, 'span' as level, a.key, a.value
              from requests q join spans s on s.trace_id = q.trace_id and s.span_id = q.span_id and s.start_ns = q.start_ns
              cross join lateral ({Attributes}) a where {wanted}
              {inner}),
            of_resources as (
              select q.resource_id, {Weighed("q.bad")} as bad, {Weighed("not q.bad")} as good from requests q group by 1)
            select null, null, null, {Weighed("bad")}, {Weighed("not bad")} from requests
            union all
            select level, key, value, {Weighed("bad")}, {Weighed("not bad")} from held
            group by 1, 2, 3 having bool_or(bad)
            union all
            select 'resource', a.key, a.value, sum(o.bad)::bigint, sum(o.good)::bigint
            from of_resources o join resources r on r.id = o.resource_id cross join lateral jsonb_each_text(r.attributes) a
            where {wanted} group by 1, 2, 3 having sum(o.bad) > 0
            """;
        long badTotal = 0,
            goodTotal = 0;
        var values = new List<AttributeCount>();
        await database.QueryAsync(
            sql,
            reader =>
            {
                if (reader.IsDBNull(0))
                    (badTotal, goodTotal) = (reader.GetInt64(3), reader.GetInt64(4));
                else
                    values.Add(
                        new(
                            reader.GetString(0) == "resource" ? AttributeScope.Resource : AttributeScope.Span,
                            reader.GetString(1),
                            reader.GetString(2),
                            reader.GetInt64(3),
                            reader.GetInt64(4)
                        )
                    );
                return true;
            },
            cancellationToken
        );
        return new AttributeCounts(badTotal, goodTotal, values);
    }

    /// <summary>How many there are, those counted in that a kept one stands for.</summary>
    private static Sql Weighed(string condition) => Sql.Trusted($"coalesce(round(sum(weight) filter (where {condition})), 0)::bigint");

    /// <summary>Keys and values of <c>spans s</c>.</summary>
    internal static readonly Sql Attributes = Sql.Of(
        $"""
        select key, value from jsonb_each_text(s.attributes) where jsonb_typeof(s.attributes -> key) not in ('array', 'object')
        union all select key, value from (values {Sql.Join(", ", AttributeColumns.Promoted.Select(
            at => Sql.Of($"({at.Key}, {Sql.Trusted("s." + at.Value)}::text)")))}) promoted (key, value) where value is not null
        """
    );
}

/// <summary>Which requests are the bad ones of a break-down.</summary>
public sealed class BadRequests
{
    private BadRequests(string condition) => Condition = condition;

    /// <summary>Status ERROR.</summary>
    public static BadRequests Failed { get; } = new(FailedSpans.Condition("p"));

    /// <summary>Longer than the mean of their own service and operation in the window.</summary>
    public static BadRequests Slow { get; } = new("p.duration_ns > p.mean_ns");

    /// <summary>Those that fulfil the filter's conditions.</summary>
    public static BadRequests Of(SpanFilter told) => new("p.told") { Told = told };

    /// <summary>Of <c>population p</c>.</summary>
    internal string Condition { get; }

    internal SpanFilter? Told { get; private init; }
}

/// <param name="Bad">How many requests are bad.</param>
/// <param name="Good">How many are not.</param>
public sealed record AttributeCounts(long Bad, long Good, IReadOnlyList<AttributeCount> Values);

/// <summary>How many bad and good requests have this value of this attribute.</summary>
public sealed record AttributeCount(AttributeScope Scope, string Key, string Value, long Bad, long Good);
