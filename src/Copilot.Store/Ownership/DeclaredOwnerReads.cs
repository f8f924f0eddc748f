namespace Copilot.Store.Ownership;

/// <summary>
/// Owners that services name themselves in resource attributes, and the namespace that tells them from others of their name.
/// </summary>
public sealed class DeclaredOwnerReads(CopilotDatabase database)
{
    // In order of how plainly they say it. Semantic conventions have no key for this.
    private const string Sql = """
        select distinct on (s.name, k.place) s.name, k.key, r.attributes ->> k.key
        from resources r
        join services s on s.id = r.service_id
        cross join lateral unnest(@keys) with ordinality as k (key, place)
        where r.attributes ? k.key and jsonb_typeof(r.attributes -> k.key) = 'string'
          and length(r.attributes ->> k.key) between 1 and 100
        order by s.name, k.place, r.first_seen desc, r.id desc
        """;

    private static readonly string[] Keys =
    [
        "service.owner",
        "service.owner.name",
        "service.owner.team",
        "service.team",
        "service.team.name",
        "owner.team",
        "team.name",
        "owner",
        "team",
        "service.namespace",
    ];

    /// <summary>At most one value a service and key: the newest resource's.</summary>
    public async Task<IReadOnlyList<(string Service, string Key, string Value)>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue("keys", Keys);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var owners = new List<(string, string, string)>();
        while (await reader.ReadAsync(cancellationToken))
            owners.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return owners;
    }
}
