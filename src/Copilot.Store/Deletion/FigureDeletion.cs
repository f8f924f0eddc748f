using Copilot.Store.Commands;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Deletion;

/// <summary>The figures of a service or of a stretch, of which nothing is to stay: their rows, in the transaction that takes the last of
/// its spans.</summary>
internal sealed class FigureDeletion(NpgsqlConnection connection, DeletionScope scope)
{
    /// <param name="hour">The stretch whose writers wait.</param>
    public async Task RunAsync(TimeWindow hour, CancellationToken cancellationToken)
    {
        var window = new TimeWindow(Math.Max(hour.FromNs, scope.Window.FromNs), Math.Min(hour.ToNs, scope.Window.ToNs));
        if (window.IsEmpty)
            return;
        // The default partition holds what has no hour of its own: hours that have one are looked after with it.
        var apart =
            hour.Length > TimeSpan.FromHours(1)
                ? Sql.Of(
                    $"""
                    and not exists (select from telemetry_partitions t where t.parent = 'spans'
                      and f.minute_ns >= t.from_ns and f.minute_ns < t.to_ns)
                    """
                )
                : Sql.Trusted("");
        var service = scope.Service is null ? null : await ServiceAsync(cancellationToken);
        if (scope.Service is not null && service is null)
            return;
        foreach (var table in (string[])["span_rollup_deltas", "span_rollup_minutes", "service_version_minutes"])
            await DeleteAsync(table, "service_id", window, service, apart, cancellationToken);
        await DeleteEdgesAsync(window, service, apart, cancellationToken);
        await DeleteHoursAsync(window, service, apart, cancellationToken);
    }

    private async Task<int?> ServiceAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id from services where name = $1", connection);
        command.Parameters.AddWithValue(scope.Service!);
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    private Task DeleteAsync(
        string table,
        string column,
        TimeWindow window,
        int? service,
        Sql apart,
        CancellationToken cancellationToken
    ) =>
        HourDeletion.RunAsync(
            connection,
            $"""
            delete from {Sql.Trusted(table)} f where {HourDeletion.InWindow("f.minute_ns", window)}
              and ({service}::int is null or f.{Sql.Trusted(column)} = {service}) {apart}
            """,
            cancellationToken
        );

    private async Task DeleteEdgesAsync(TimeWindow window, int? service, Sql apart, CancellationToken cancellationToken)
    {
        await DeleteAsync("edge_minutes", "caller_service_id", window, service, apart, cancellationToken);
        if (service is not null)
            await DeleteAsync("edge_minutes", "callee_service_id", window, service, apart, cancellationToken);
    }

    /// <summary>Whole hours go; those at the ends of the window are counted anew from the minutes that stay.</summary>
    private async Task DeleteHoursAsync(TimeWindow window, int? service, Sql apart, CancellationToken cancellationToken)
    {
        var (first, end) = (TelemetryPartitions.StartOfHour(window.FromNs), TelemetryPartitions.StartOfHour(window.ToNs));
        var (from, to) = (first == window.FromNs ? first : first + UnixNanos.PerHour, end);
        if (from < to)
            await DeleteAsync("span_rollup_hours", "service_id", new TimeWindow(from, to), service, apart, cancellationToken);
        foreach (var partly in new HashSet<long>((long[])[first, end]))
        {
            var whole = partly >= from && partly < to;
            if (!whole && partly < window.ToNs)
                await RollupFold.RebuildHourAsync(connection, partly, service, cancellationToken);
        }
    }
}
