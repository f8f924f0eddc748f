using System.Collections.Concurrent;
using System.Text;
using Copilot.Store.Intake;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Writers;

/// <summary>
/// Ids of services, resources, scopes, operations and metric series. What is new is committed in statements of its own before a batch
/// uses it, and remembered only after that: an id in memory always has its row.
/// </summary>
internal sealed class TelemetryDictionaries(CopilotDatabase database)
{
    /// <summary>A sender with endless names must not fill the memory: past this a cache starts anew.</summary>
    private const int MostEntries = 200_000;

    private readonly ConcurrentDictionary<string, int> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (int Id, int ServiceId)> _resources = [];
    private readonly ConcurrentDictionary<Guid, int> _scopes = [];
    private readonly ConcurrentDictionary<byte[], int> _operations = new(ServiceKindName.Comparer);
    private readonly ConcurrentDictionary<Guid, int> _series = [];

    /// <summary>Operations that are known to be requests although their kind does not say so.</summary>
    private readonly ConcurrentDictionary<int, bool> _entries = [];

    /// <summary>Forgets everything: the store may have been emptied or put back to an earlier state.</summary>
    public void Clear()
    {
        _services.Clear();
        _resources.Clear();
        _scopes.Clear();
        _operations.Clear();
        _series.Clear();
        _entries.Clear();
    }

    public async Task<ResolvedIds> ResolveAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        var (services, resources) = await ResolveResourcesAsync(batch, cancellationToken);
        var scopes = await ResolveScopesAsync(batch, cancellationToken);
        var items = batch switch
        {
            SpanBatch spans => await NoteEntriesAsync(
                spans,
                await ResolveOperationsAsync(spans, services, cancellationToken),
                cancellationToken
            ),
            MetricBatch metrics => await ResolveSeriesAsync(metrics, services, resources, cancellationToken),
            _ => [],
        };
        return new ResolvedIds(services, resources, scopes, items);
    }

    private async Task<(int[] Services, int[] Resources)> ResolveResourcesAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        var known = new Dictionary<Guid, (int Id, int ServiceId)>();
        var missing = Missing(_resources, batch.Resources, static row => row.Hash, known);
        if (missing.Count > 0)
        {
            var services = await ResolveServicesAsync(missing, cancellationToken);
            const string Sql = """
                with given as (select * from unnest($1, $2, $3, $4, $5, $6)
                    as g (hash, service_id, service_namespace, service_version, service_instance_id, attributes)),
                added as (
                    insert into resources (hash, service_id, service_namespace, service_version, service_instance_id, attributes)
                    select hash, service_id, service_namespace, service_version, service_instance_id, attributes::jsonb
                      from given order by hash
                    on conflict (hash) do nothing returning hash, id, service_id)
                select hash, id, service_id from added
                union all select r.hash, r.id, r.service_id from resources r join given g using (hash)
                """;
            await database.InsertAsync(
                Sql,
                missing.Count,
                reader => known[reader.GetGuid(0)] = _resources[reader.GetGuid(0)] = (reader.GetInt32(1), reader.GetInt32(2)),
                cancellationToken,
                Column(missing.Select(row => row.Hash), NpgsqlDbType.Uuid),
                Column(missing.Select(row => services[row.ServiceName]), NpgsqlDbType.Integer),
                Column(missing.Select(row => Clean(row.ServiceNamespace)), NpgsqlDbType.Text),
                Column(missing.Select(row => Clean(row.ServiceVersion)), NpgsqlDbType.Text),
                Column(missing.Select(row => Clean(row.ServiceInstanceId)), NpgsqlDbType.Text),
                Column(missing.Select(row => Text(batch, row.Attributes)), NpgsqlDbType.Text)
            );
        }

        var ids = batch.Resources.ConvertAll(row => known[row.Hash]);
        return ([.. ids.Select(id => id.ServiceId)], [.. ids.Select(id => id.Id)]);
    }

    private async Task<Dictionary<string, int>> ResolveServicesAsync(List<ResourceRow> resources, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var missing = Missing(_services, resources, static row => row.ServiceName, known);
        if (missing.Count == 0)
            return known;
        const string Sql = """
            with added as (
                insert into services (name) select name from unnest($1) as g (name) order by name
                on conflict (name) do nothing returning name, id)
            select name, id from added union all select name, id from services where name = any($1)
            """;
        await database.InsertAsync(
            Sql,
            missing.Count,
            reader => known[reader.GetString(0)] = _services[reader.GetString(0)] = reader.GetInt32(1),
            cancellationToken,
            Column(missing.Select(row => row.ServiceName), NpgsqlDbType.Text)
        );
        return known;
    }

    private async Task<int[]> ResolveScopesAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        var known = new Dictionary<Guid, int>();
        var missing = Missing(_scopes, batch.Scopes, static row => row.Hash, known);
        if (missing.Count > 0)
        {
            const string Sql = """
                with given as (select * from unnest($1, $2, $3, $4) as g (hash, name, version, attributes)),
                added as (
                    insert into scopes (hash, name, version, attributes)
                    select hash, name, version, attributes::jsonb from given order by hash
                    on conflict (hash) do nothing returning hash, id)
                select hash, id from added union all select s.hash, s.id from scopes s join given g using (hash)
                """;
            await database.InsertAsync(
                Sql,
                missing.Count,
                reader => known[reader.GetGuid(0)] = _scopes[reader.GetGuid(0)] = reader.GetInt32(1),
                cancellationToken,
                Column(missing.Select(row => row.Hash), NpgsqlDbType.Uuid),
                Column(missing.Select(row => Clean(row.Name)), NpgsqlDbType.Text),
                Column(missing.Select(row => Clean(row.Version)), NpgsqlDbType.Text),
                Column(missing.Select(row => row.Attributes.IsAbsent ? null : Text(batch, row.Attributes)), NpgsqlDbType.Text)
            );
        }

        return [.. batch.Scopes.Select(row => known[row.Hash])];
    }

    // A root span of another kind than SERVER or CONSUMER makes its operation a request. Rows are taken in one order, or writers would
    // wait for each other.
    private async Task<int[]> NoteEntriesAsync(SpanBatch batch, int[] operations, CancellationToken cancellationToken)
    {
        if (FindEntries(batch, operations) is not { Count: > 0 } found)
            return operations;
        const string Sql = """
            update operations set entry = true, noted = pg_current_xact_id()::text::bigint where id in (
                select id from operations where id = any($1) and not entry order by id for update)
            """;
        if (_entries.Count > MostEntries)
            _entries.Clear();
        await database.InsertAsync(Sql, 0, static _ => { }, cancellationToken, Column(found, NpgsqlDbType.Integer));
        foreach (var operation in found)
            _entries[operation] = true;
        return operations;
    }

    private SortedSet<int>? FindEntries(SpanBatch batch, int[] operations)
    {
        SortedSet<int>? found = null;
        var rows = batch.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Entry && rows[i].Kind is not (SpanKind.Server or SpanKind.Consumer) && !_entries.ContainsKey(operations[i]))
                (found ??= []).Add(operations[i]);
        }

        return found;
    }

    private async Task<int[]> ResolveOperationsAsync(SpanBatch batch, int[] services, CancellationToken cancellationToken)
    {
        var ids = new int[batch.Count];
        if (FindOperations(batch, services, ids) is not { Count: > 0 } missing)
            return ids;
        if (_operations.Count > MostEntries)
            _operations.Clear();
        const string Sql = """
            with given as (select * from unnest($1, $2, $3) as g (service_id, kind, name)),
            added as (
                insert into operations (service_id, kind, name) select service_id, kind, name from given
                  order by service_id, kind, md5(name)
                on conflict (service_id, kind, md5(name)) do nothing returning service_id, kind, name, id)
            select service_id, kind, name, id from added
            union all select o.service_id, o.kind, o.name, o.id from operations o
                join given g on o.service_id = g.service_id and o.kind = g.kind and md5(o.name) = md5(g.name)
            """;
        var keys = missing.ToArray();
        await database.InsertAsync(
            Sql,
            keys.Length,
            reader =>
            {
                var name = Encoding.UTF8.GetBytes(reader.GetString(2));
                var key = new byte[ServiceKindName.HeadLength + name.Length];
                ServiceKindName.Write(key, reader.GetInt32(0), (byte)reader.GetInt16(1), name);
                _operations[key] = reader.GetInt32(3);
            },
            cancellationToken,
            Column(keys.Select(key => ServiceKindName.ReadHead(key).ServiceId), NpgsqlDbType.Integer),
            Column(keys.Select(key => (short)ServiceKindName.ReadHead(key).Kind), NpgsqlDbType.Smallint),
            Column(keys.Select(key => Encoding.UTF8.GetString(key.AsSpan(ServiceKindName.HeadLength))), NpgsqlDbType.Text)
        );
        if (FindOperations(batch, services, ids) is { Count: > 0 })
            throw new StoreUnavailableException("An operation that was just added cannot be found; the request may be sent again.");
        return ids;
    }

    private HashSet<byte[]>? FindOperations(SpanBatch batch, int[] services, int[] ids)
    {
        HashSet<byte[]>? missing = null;
        var lookup = _operations.GetAlternateLookup<ReadOnlySpan<byte>>();
        Span<byte> buffer = stackalloc byte[2048];
        var rows = batch.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var name = batch.Arena[rows[i].Name];
            var key =
                name.Length + ServiceKindName.HeadLength <= buffer.Length ? buffer : new byte[name.Length + ServiceKindName.HeadLength];
            key = key[..ServiceKindName.Write(key, services[rows[i].Resource], (byte)rows[i].Kind, name)];
            if (!lookup.TryGetValue(key, out ids[i]))
                (missing ??= new HashSet<byte[]>(ServiceKindName.Comparer)).Add(key.ToArray());
        }

        return missing;
    }

    private async Task<int[]> ResolveSeriesAsync(MetricBatch batch, int[] services, int[] resources, CancellationToken cancellationToken)
    {
        var known = new Dictionary<Guid, int>();
        var missing = Missing(_series, batch.Series, static row => row.Hash, known);
        if (missing.Count > 0)
        {
            const string Sql = """
                with given as (select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                    as g (hash, resource_id, service_id, name, unit, kind, temporality, monotonic, attributes)),
                added as (
                    insert into metric_series (hash, resource_id, service_id, name, unit, kind, temporality, monotonic, attributes)
                    select hash, resource_id, service_id, name, unit, kind, temporality, monotonic, attributes::jsonb from given
                      order by hash
                    on conflict (hash) do nothing returning hash, id)
                select hash, id from added union all select s.hash, s.id from metric_series s join given g using (hash)
                """;
            await database.InsertAsync(
                Sql,
                missing.Count,
                reader => known[reader.GetGuid(0)] = _series[reader.GetGuid(0)] = reader.GetInt32(1),
                cancellationToken,
                Column(missing.Select(row => row.Hash), NpgsqlDbType.Uuid),
                Column(missing.Select(row => resources[row.Resource]), NpgsqlDbType.Integer),
                Column(missing.Select(row => services[row.Resource]), NpgsqlDbType.Integer),
                Column(missing.Select(row => row.Name), NpgsqlDbType.Text),
                Column(missing.Select(row => row.Unit), NpgsqlDbType.Text),
                Column(missing.Select(row => KindName(row.Kind)), NpgsqlDbType.Text),
                Column(missing.Select(row => row.Temporality), NpgsqlDbType.Smallint),
                Column(missing.Select(row => row.Monotonic), NpgsqlDbType.Boolean),
                Column(missing.Select(row => row.Attributes.IsAbsent ? null : Text(batch, row.Attributes)), NpgsqlDbType.Text)
            );
        }

        return [.. batch.Series.Select(row => known[row.Hash])];
    }

    private static List<TRow> Missing<TRow, TKey, TValue>(
        ConcurrentDictionary<TKey, TValue> cache,
        List<TRow> rows,
        Func<TRow, TKey> keyOf,
        Dictionary<TKey, TValue> known
    )
        where TKey : notnull
    {
        if (cache.Count > MostEntries)
            cache.Clear();
        var missing = new List<TRow>();
        var seen = new HashSet<TKey>();
        foreach (var row in rows)
        {
            var key = keyOf(row);
            if (cache.TryGetValue(key, out var value))
                known[key] = value;
            else if (seen.Add(key))
                missing.Add(row);
        }

        return missing;
    }

    private static NpgsqlParameter Column<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static string Text(TelemetryBatch batch, TextSlice slice) => Encoding.UTF8.GetString(batch.Arena[slice]);

    private static string? Clean(string? text) => text?.Replace('\0', '\uFFFD');

    private static string KindName(MetricKind kind) =>
        kind switch
        {
            MetricKind.Gauge => "gauge",
            MetricKind.Sum => "sum",
            MetricKind.Histogram => "histogram",
            MetricKind.ExponentialHistogram => "exponential_histogram",
            _ => "summary",
        };
}
