using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Samples;

/// <summary>Names of the dictionaries' ids. An id never changes its name, so what was read once stays in memory.</summary>
public sealed class SampleNames(CopilotDatabase database)
{
    private readonly ConcurrentDictionary<int, string> _services = new();
    private readonly ConcurrentDictionary<int, string> _operations = new();
    private readonly ConcurrentDictionary<int, string> _instances = new();

    public string Service(int id) => _services.GetValueOrDefault(id, "");

    public string Operation(int id) => _operations.GetValueOrDefault(id, "");

    /// <summary>The pod of a resource, else its <c>service.instance.id</c>, else its host; empty where it names none.</summary>
    public string Instance(int resource) => _instances.GetValueOrDefault(resource, "");

    /// <summary>Makes the names of everything in the samples known.</summary>
    public async Task LoadAsync(
        IEnumerable<int> services, IEnumerable<int> operations, IEnumerable<int> resources, CancellationToken cancellation)
    {
        await LoadAsync(_services, services, "select id, name from services where id = any($1)", cancellation);
        await LoadAsync(_operations, operations, "select id, name from operations where id = any($1)", cancellation);
        const string instance = """
            select id, coalesce(attributes ->> 'k8s.pod.name', service_instance_id, attributes ->> 'service.instance.id',
              attributes ->> 'container.id', attributes ->> 'host.name', '') from resources where id = any($1)
            """;
        await LoadAsync(_instances, resources, instance, cancellation);
    }

    private async Task LoadAsync(ConcurrentDictionary<int, string> known, IEnumerable<int> ids, string sql, CancellationToken cancellation)
    {
        var unknown = ids.Distinct().Where(id => !known.ContainsKey(id)).ToArray();
        if (unknown.Length == 0)
            return;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = unknown, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            known[reader.GetInt32(0)] = reader.GetString(1);
    }
}
