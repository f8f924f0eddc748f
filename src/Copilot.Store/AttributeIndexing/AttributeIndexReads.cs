using Copilot.Store.Commands;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.AttributeIndexing;

/// <summary>What there is to be asked about: the dictionaries, the attribute catalogue, the versions and the peers. Nothing of the copilot
/// itself.</summary>
public sealed class AttributeIndexReads(CopilotDatabase database)
{
    /// <summary>Changes whenever a service, an operation, an attribute, a change or a file of owners comes in; cheap.</summary>
    public async Task<string> FingerprintAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select concat_ws('-', (select max(id) from services), (select max(id) from operations), (select count(*) from attribute_keys),
              (select count(*) from attribute_values), (select max(id) from changes), (select max(version) from catalog_version))
            """;
        return (await database.QueryAsync(sql, reader => reader.GetString(0), cancellationToken))[0];
    }

    /// <summary>Operations of all services; entry: requests to the service.</summary>
    public async Task<IReadOnlyList<OperationEntry>> OperationsAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"""
            with entries as (
              select operation_id from span_rollup_deltas where entry union select operation_id from span_rollup_minutes where entry)
            select v.name, o.name, bool_or(o.kind in (2, 5) or e.operation_id is not null)
            from operations o join services v on v.id = o.service_id left join entries e on e.operation_id = o.id
            where v.name <> {OwnService.Name}
            group by 1, 2 order by 1, 2
            """;
        return await database.QueryAsync(
            sql,
            reader => new OperationEntry(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)),
            cancellationToken
        );
    }

    /// <summary>Attribute keys of spans, resources, events, links and scopes.</summary>
    public async Task<IReadOnlyList<AttributeEntry>> AttributesAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select k.level, k.key, v.name, k.type, k.entry, k.many_values
            from attribute_keys k join services v on v.id = k.service_id where k.level <> 'log' and v.name <> {OwnService.Name}
              order by 1, 2, 3, 4
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
    public async Task<IReadOnlyList<AttributeValueEntry>> ValuesAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select a.level, a.key, v.name, a.value, a.type, a.entry, a.seen
            from attribute_values a join services v on v.id = a.service_id
            where a.level <> 'log' and v.name <> {OwnService.Name} and not exists (
              select from attribute_keys k where k.level = a.level and k.key = a.key and k.service_id = a.service_id and k.many_values)
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
        Sql sql =
            $"select distinct peer from edge_minutes where peer is not null and caller_service_id <> all(array(select "
            + $"id from services where name = {OwnService.Name})) order by 1";
        return await database.QueryAsync(sql, reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>Versions that changes brought in.</summary>
    public async Task<IReadOnlyList<(string Service, string Version)>> VersionsAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"select distinct service, version from changes where version is not null order by 1, 2";
        return await database.QueryAsync(sql, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken);
    }
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
