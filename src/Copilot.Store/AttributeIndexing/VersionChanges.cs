using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.AttributeIndexing;

/// <summary>
/// Changes seen in telemetry: a <c>service.version</c> that comes in where the service ran another one. A version counts as coming in when
/// none of the three minutes before (in which the service sent anything) had it, so that two versions side by side do not flap.
/// </summary>
internal static class VersionChanges
{
    /// <summary>A change told by a person or an import within this time is the same one.</summary>
    private const string SameChange = "interval '10 minutes'";

    /// <summary>In the catalogue pass' transaction, for the same stretch of minutes.</summary>
    public static async Task NoteAsync(NpgsqlConnection connection, TimeWindow stretch, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            insert into service_version_minutes as v (service_id, minute_ns, version, first_ns)
            select r.service_id, s.start_ns - s.start_ns % 60000000000, r.service_version, min(s.start_ns)
            from spans s join resources r on r.id = s.resource_id
            where s.start_ns >= @from and s.start_ns < @to and r.service_version <> ''
            group by 1, 2, 3 order by 1, 2, 3
            on conflict (service_id, minute_ns, version) do update set first_ns = least(v.first_ns, excluded.first_ns);

            insert into changes (time, service, kind, version, previous_version, summary, source)
            select to_timestamp(m.first_ns / 1e9), s.name, 'deploy', m.version, b.previous,
                'version ' || m.version || ' began to send telemetry', 'service.version'
            from service_version_minutes m
            join services s on s.id = m.service_id
            join lateral (
                select bool_or(p.version = m.version) as known, (array_agg(p.version order by p.minute_ns desc, p.version))[1] as previous
                from service_version_minutes p
                where p.service_id = m.service_id and p.minute_ns < m.minute_ns and p.minute_ns >= (
                    select min(x.minute_ns) from (
                        select distinct q.minute_ns from service_version_minutes q
                        where q.service_id = m.service_id and q.minute_ns < m.minute_ns order by 1 desc limit 3) x)) b on not b.known
            where m.minute_ns >= @from and m.minute_ns < @to
                and not exists (
                    select from changes c where c.service = s.name and c.version = m.version
                    and c.time between to_timestamp(m.first_ns / 1e9) - {SameChange} and to_timestamp(m.first_ns / 1e9) + {SameChange})
            on conflict do nothing;
            """;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue("from", stretch.FromNs);
        command.Parameters.AddWithValue("to", stretch.ToNs);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A change that was told later than it was seen makes the seen one superfluous.</summary>
    public static async Task DropTwinsAsync(CopilotDatabase database, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            $"""
            delete from changes c where c.source = 'service.version' and exists (
                select from changes o where o.source <> 'service.version' and o.service = c.service and o.version = c.version
                and o.time between c.time - {SameChange} and c.time + {SameChange})
            """
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
