using Copilot.Store.Commands;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.AttributeIndexing;

/// <summary>
/// What there is to be asked about: the dictionaries, the attribute catalogue, the versions and the peers. Nothing of the copilot itself.
/// Each read gives what was noted since a mark, which costs what is new and not what is there.
/// </summary>
public sealed class AttributeIndexReads(CopilotDatabase database)
{
    /// <summary>What has anything new since a mark, and the mark to ask from the next time; cheap.</summary>
    public async Task<IndexNews> NewsAsync(long since, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, coalesce((select max(version) from catalog_version), 0)::bigint,
              exists (select from services r where {NotedSince.Of(since)}), exists (select from operations r where {NotedSince.Of(since)}),
              exists (select from attribute_keys r where {NotedSince.Of(
                since
            )}), exists (select from attribute_values r where {NotedSince.Of(since)}),
              exists (select from changes r where {NotedSince.Of(since)}), exists (select from metric_series r where {NotedSince.Of(since)})
            """;
        return (
            await database.QueryAsync(
                sql,
                reader => new IndexNews
                {
                    Mark = reader.GetInt64(0),
                    CatalogVersion = reader.GetInt64(1),
                    Services = reader.GetBoolean(2),
                    Operations = reader.GetBoolean(3),
                    Attributes = reader.GetBoolean(4),
                    Values = reader.GetBoolean(5),
                    Changes = reader.GetBoolean(6),
                    Series = reader.GetBoolean(7),
                },
                cancellationToken
            )
        )[0];
    }

    /// <summary>Operations of all services; entry: requests to the service.</summary>
    public async Task<IReadOnlyList<OperationEntry>> OperationsAsync(long since, CancellationToken cancellationToken)
    {
        // One name may be there with several kinds, of which only one is new.
        var changed =
            since <= NotedSince.All
                ? Sql.Trusted("true")
                : Sql.Of(
                    $"(o.service_id, md5(o.name)) in (select r.service_id, md5(r.name) from operations r where {NotedSince.Of(since)})"
                );
        Sql sql = $"""
            select v.name, o.name, bool_or(o.kind in (2, 5) or o.entry)
            from operations o join services v on v.id = o.service_id
            where v.name <> {OwnService.Name} and {changed}
            group by 1, 2 order by 1, 2
            """;
        return await database.QueryAsync(
            sql,
            reader => new OperationEntry(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)),
            cancellationToken
        );
    }

    /// <summary>Attribute keys of spans, resources, events, links and scopes.</summary>
    public async Task<IReadOnlyList<AttributeEntry>> AttributesAsync(long since, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select r.level, r.key, v.name, r.type, r.entry, r.many_values
            from attribute_keys r join services v on v.id = r.service_id
            where {NotedSince.Of(since)} and r.level <> 'log' and v.name <> {OwnService.Name} order by 1, 2, 3, 4
            """;
        return await database.QueryAsync(
            sql,
            reader => new AttributeEntry(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetBoolean(4),
                reader.GetBoolean(5)
            ),
            cancellationToken
        );
    }

    /// <summary>The values of keys with few of them.</summary>
    public async Task<IReadOnlyList<AttributeValueEntry>> ValuesAsync(long since, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select r.level, r.key, v.name, r.value, r.type, r.entry, r.seen
            from attribute_values r join services v on v.id = r.service_id
            where {NotedSince.Of(since)} and r.level <> 'log' and v.name <> {OwnService.Name} and not exists (
              select from attribute_keys k where k.level = r.level and k.key = r.key and k.service_id = r.service_id and k.many_values)
            order by 1, 2, 3, 4
            """;
        return await database.QueryAsync(
            sql,
            reader => new AttributeValueEntry(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetBoolean(5),
                reader.GetInt64(6)
            ),
            cancellationToken
        );
    }

    /// <summary>The addresses of what is called but sends no spans.</summary>
    public async Task<IReadOnlyList<string>> PeersAsync(CancellationToken cancellationToken)
    {
        // From each peer to the next in the index: the calls to it are counted in every minute, and need not be read.
        Sql sql = $"""
            with recursive peers as (
              (select peer from edge_minutes where peer is not null order by peer limit 1)
              union all
              select (select e.peer from edge_minutes e where e.peer > p.peer order by e.peer limit 1)
              from peers p where p.peer is not null)
            select p.peer from peers p where p.peer is not null and exists (
              select from edge_minutes e where e.peer = p.peer and e.caller_service_id <> all(array(select id from services
                where name = {OwnService.Name})))
            """;
        return await database.QueryAsync(sql, reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>Versions that changes brought in.</summary>
    public async Task<IReadOnlyList<(string Service, string Version)>> VersionsAsync(long since, CancellationToken cancellationToken)
    {
        Sql sql =
            $"select distinct r.service, r.version from changes r where {NotedSince.Of(since)} and r.version is not null order by 1, 2";
        return await database.QueryAsync(sql, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken);
    }
}

/// <summary>The rows that were noted since a mark.</summary>
public static class NotedSince
{
    /// <summary>From the beginning: all.</summary>
    public const long All = 0;

    // A restored row may bear the number of a transaction of another server: it is as good as new here once, when that number has come.
    /// <param name="since">A mark, or <see cref="All"/>.</param>
    internal static Sql Of(long since) =>
        since <= All
            ? Sql.Trusted("true")
            : Sql.Of($"r.noted >= {since} and r.noted < pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
}

/// <summary>What has anything new.</summary>
public sealed record IndexNews
{
    /// <summary>From here on to ask the next time.</summary>
    public required long Mark { get; init; }

    /// <summary>Changes with every file of owners.</summary>
    public required long CatalogVersion { get; init; }

    public required bool Services { get; init; }

    public required bool Operations { get; init; }

    public required bool Attributes { get; init; }

    public required bool Values { get; init; }

    public required bool Changes { get; init; }

    /// <summary>Series of metrics.</summary>
    public required bool Series { get; init; }

    public bool Any => Services || Operations || Attributes || Values || Changes || Series;
}

/// <param name="Level">span, resource, event, link or scope.</param>
/// <param name="Entry">Seen on entry spans.</param>
/// <param name="ManyValues">More distinct values than are kept.</param>
public sealed record AttributeEntry(string Level, string Key, string Service, string Type, bool Entry, bool ManyValues);

/// <param name="Level">span, resource, event, link or scope.</param>
/// <param name="Entry">Seen on entry spans.</param>
/// <param name="Seen">How often, roughly.</param>
public sealed record AttributeValueEntry(string Level, string Key, string Service, string Value, string Type, bool Entry, long Seen);

/// <param name="Entry">Seen on entry spans.</param>
public sealed record OperationEntry(string Service, string Name, bool Entry);
