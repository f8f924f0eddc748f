using System.Collections.Concurrent;
using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Samples;

/// <summary>
/// Which spans count at all, as a TraceQL spanset filter. One about services and resources leaves the other spans out; any other
/// chooses whole traces, those with a span for which it holds, because a trace with holes would look like calls that vanished.
/// </summary>
public sealed class SampleScope
{
    private readonly SpansetFilter? _filter;
    private readonly bool _isAboutResources;

    private SampleScope(SpansetFilter? filter)
    {
        _filter = filter;
        _isAboutResources = filter is not null && (Levels.Of(filter.Condition) & ~(Level.Service | Level.Resource)) == 0;
    }

    public static SampleScope Everything { get; } = new(null);

    /// <exception cref="TraceQlException">It is no spanset filter; the message says where.</exception>
    public static SampleScope Parse(string? traceql) =>
        string.IsNullOrWhiteSpace(traceql) ? Everything : new SampleScope(TraceQlParser.ParseFilter(traceql));

    /// <summary>A condition on the spans of a chosen trace.</summary>
    internal string OnSpans(string alias, TimeWindow window, SqlParameters parameters) =>
        _filter is not null && _isAboutResources ? SpanFilterSql.Compile(_filter, window, parameters, alias) : "true";

    /// <summary>A condition on the span that makes its trace belong to the window.</summary>
    internal string OnTraces(string alias, TimeWindow window, SqlParameters parameters)
    {
        // Nobody who asks what is wrong means the copilot itself.
        if (_filter is null)
            return $"{alias}.service_id <> all(array(select id from services where name = '{OwnService.Name}'))";
        if (_isAboutResources)
            return SpanFilterSql.Compile(_filter, window, parameters, alias);
        var (from, to) = (parameters.Bigint(window.FromNs), parameters.Bigint(window.ToNs + SampleReads.After));
        return $"exists (select from spans f where f.trace_id = {alias}.trace_id and f.start_ns >= {from} and f.start_ns < {to}"
            + $" and {SpanFilterSql.Compile(_filter, window, parameters, "f")})";
    }
}

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
        IEnumerable<int> services,
        IEnumerable<int> operations,
        IEnumerable<int> resources,
        CancellationToken cancellationToken
    )
    {
        await LoadAsync(_services, services, "select id, name from services where id = any($1)", cancellationToken);
        await LoadAsync(_operations, operations, "select id, name from operations where id = any($1)", cancellationToken);
        const string instance = """
            select id, coalesce(attributes ->> 'k8s.pod.name', service_instance_id, attributes ->> 'service.instance.id',
              attributes ->> 'container.id', attributes ->> 'host.name', '') from resources where id = any($1)
            """;
        await LoadAsync(_instances, resources, instance, cancellationToken);
    }

    private async Task LoadAsync(
        ConcurrentDictionary<int, string> known,
        IEnumerable<int> ids,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var unknown = ids.Distinct().Where(id => !known.ContainsKey(id)).ToArray();
        if (unknown.Length == 0)
            return;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = unknown, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            known[reader.GetInt32(0)] = reader.GetString(1);
    }
}
