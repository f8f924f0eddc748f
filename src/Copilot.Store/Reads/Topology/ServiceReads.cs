using Copilot.Store.Commands;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Writers;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Topology;

/// <summary>What has been received at all.</summary>
public sealed class ServiceReads(CopilotDatabase database)
{
    /// <summary>The names of all services that ever sent spans, in order; without the copilot itself.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"select name from services where name <> {OwnService.Name} order by name";
        return await database.QueryAsync(sql, reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>
    /// The newest span start received, as far as the last arrival by the server's own clock: what a sender's clock says beyond it is no
    /// sign of life. Null where nothing was received. The copilot's own spans do not count.
    /// </summary>
    public async Task<DateTimeOffset?> ReceivedUntilAsync(CancellationToken cancellationToken)
    {
        var (_, until) = await AroundAsync(new TimeWindow(long.MaxValue, long.MaxValue), cancellationToken);
        return until;
    }

    /// <summary>The last span start before the window and the first after it, or null; the copilot's own spans do not count.</summary>
    public async Task<(DateTimeOffset? After, DateTimeOffset? Before)> AroundAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        // Root spans have an index on their start; a newer span than the newest root is at most that trace's length away.
        // Times that no clock can have meant are not taken any more, but older versions stored them.
        Sql sql = $"""
            with bound as materialized (
                select (extract(epoch from least(now(),
                    (select max(a.last_arrival) + {ServiceArrivals.Grain} from service_arrivals a
                     where a.service_id <> all(array(select id from services where name = {OwnService.Name}))))) * 1e9)::bigint as ns),
            roots as not materialized (
                select s.start_ns from spans s
                where s.parent_span_id is null and {FilterClause.OthersThanOwn}
                  and s.start_ns >= {UnixNanos.From(TimeBounds.Earliest)} and s.start_ns <= (select ns from bound))
            select (select start_ns from roots where start_ns >= {window.ToNs} order by start_ns limit 1),
                (select start_ns from roots where start_ns < {window.FromNs} order by start_ns desc limit 1)
            """;
        return (
            await database.QueryAsync(
                sql,
                static reader => (Time(reader.Nullable<long>(0)), Time(reader.Nullable<long>(1))),
                cancellationToken
            )
        )[0];
    }

    private static DateTimeOffset? Time(long? nanos) => nanos is { } known ? UnixNanos.ToTime(known) : null;

    /// <summary>Whether any span at all starts in the window, of the services where named.</summary>
    public async Task<bool> AnySpanAsync(IReadOnlyList<string> services, TimeWindow window, CancellationToken cancellationToken)
    {
        var filter = new SpanFilter { Services = services };
        Sql sql = $"select exists (select from spans s where {FilterClause.Where(filter, window)})";
        return (await database.QueryAsync(sql, reader => reader.GetBoolean(0), cancellationToken))[0];
    }
}
