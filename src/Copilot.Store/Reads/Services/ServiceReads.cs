using Copilot.Store.Reads.Commands;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Reads.Services;

/// <summary>What has been received at all.</summary>
public sealed class ServiceReads(CopilotDatabase database)
{
    /// <summary>The names of all services that ever sent spans, in order; without the copilot itself.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation)
    {
        Sql sql = $"select name from services where name <> {OwnService.Name} order by name";
        return await database.QueryAsync(sql, reader => reader.GetString(0), cancellation);
    }

    /// <summary>The newest span start received; null where nothing was. The copilot's own spans do not count.</summary>
    public Task<DateTimeOffset?> ReceivedUntilAsync(CancellationToken cancellation) => OutermostAsync("desc", cancellation);

    /// <summary>The oldest span start held; null where there is none. The copilot's own spans do not count.</summary>
    public Task<DateTimeOffset?> ReceivedSinceAsync(CancellationToken cancellation) => OutermostAsync("asc", cancellation);

    private async Task<DateTimeOffset?> OutermostAsync(string direction, CancellationToken cancellation)
    {
        // Root spans have an index on their start; a newer span than the newest root is at most that trace's length away.
        Sql sql = $"select s.start_ns from spans s where s.parent_span_id is null and {Filters.FilterClause.OthersThanOwn} order by s.start_ns {Sql.Trusted(direction)} limit 1";
        var found = await database.QueryAsync(sql, reader => reader.GetInt64(0), cancellation);
        return found.Count > 0 ? UnixNanos.ToTime(found[0]) : null;
    }

    /// <summary>Whether any span at all starts in the window, of the services where named.</summary>
    public async Task<bool> AnySpanAsync(IReadOnlyList<string> services, TimeWindow window, CancellationToken cancellation)
    {
        var filter = new Filters.SpanFilter { Services = services };
        Sql sql = $"select exists (select from spans s where {Filters.FilterClause.Where(filter, window)})";
        return (await database.QueryAsync(sql, reader => reader.GetBoolean(0), cancellation))[0];
    }
}
