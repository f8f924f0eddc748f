namespace Copilot.Store.Ownership;

/// <summary>Where a service runs, as far as all its resources agree.</summary>
public sealed class ServicePlaceReads(CopilotDatabase database)
{
    private const string Sql = """
        select k.key, min(r.attributes ->> k.key)
        from services s
        join resources r on r.service_id = s.id
        cross join unnest(@keys) as k (key)
        where s.name = @service and jsonb_typeof(r.attributes -> k.key) = 'string'
        group by k.key
        having count(distinct r.attributes ->> k.key) = 1
        """;

    private static readonly string[] Keys = ["k8s.namespace.name", "k8s.deployment.name", "k8s.statefulset.name", "k8s.cluster.name"];

    /// <summary>Resource attributes with one value for the whole service.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(string service, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue("keys", Keys);
        command.Parameters.AddWithValue("service", service);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var place = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            place[reader.GetString(0)] = reader.GetString(1);
        return place;
    }
}
