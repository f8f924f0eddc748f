using Copilot.Store.Commands;

namespace Copilot.Store.Retention;

/// <summary>What telemetry takes in this store, measured; where too little came for that, what it took elsewhere.</summary>
public sealed record StoreMeasures
{
    /// <summary>True: of this store; false: too few spans came yet, and what is said is of others.</summary>
    public required bool Measured { get; init; }

    /// <summary>On disk, with indexes.</summary>
    public required double BytesPerSpan { get; init; }

    public required double BytesPerLog { get; init; }

    public required double BytesPerPoint { get; init; }

    /// <summary>The share of the spans that is still there after the hot window.</summary>
    public required double KeptShare { get; init; }

    public required double LogsPerSpan { get; init; }

    public required double PointsPerSpan { get; init; }

    /// <summary>Of figures by the minute.</summary>
    public required double FigureBytesPerDay { get; init; }

    /// <summary>Of the last hour; in a younger store since its first span.</summary>
    public required double SpansPerSecond { get; init; }
}

/// <summary>How large a store gets, once as much goes as comes.</summary>
public sealed record StoreEstimate
{
    public required double SpansPerSecond { get; init; }

    public required double HotBytes { get; init; }

    public required double KeptBytes { get; init; }

    public required double LogBytes { get; init; }

    public required double PointBytes { get; init; }

    public required double FigureBytes { get; init; }

    public double TotalBytes => HotBytes + KeptBytes + LogBytes + PointBytes + FigureBytes;

    /// <summary>Pure arithmetic: rate × time × bytes.</summary>
    public static StoreEstimate Of(StoreMeasures measured, RetentionOptions options, double spansPerSecond)
    {
        var keep = options.KeepFor.TotalSeconds;
        var hot = options.Distill ? Math.Min(options.HotWindow.TotalSeconds, keep) : keep;
        var stored = spansPerSecond * measured.BytesPerSpan;
        return new StoreEstimate
        {
            SpansPerSecond = spansPerSecond,
            HotBytes = stored * hot,
            KeptBytes = stored * measured.KeptShare * (keep - hot),
            LogBytes = spansPerSecond * measured.LogsPerSpan * measured.BytesPerLog * keep,
            PointBytes = spansPerSecond * measured.PointsPerSpan * measured.BytesPerPoint * keep,
            FigureBytes = measured.FigureBytesPerDay * options.KeepMinutesFor.TotalDays,
        };
    }
}

/// <summary>Measures what telemetry takes, out of Postgres' own books and the rollups: no row is counted.</summary>
public sealed class StoreEstimates(CopilotDatabase database, RetentionOptions options, TimeProvider time)
{
    /// <summary>Fewer spans say little of what a span takes: the pages and indexes that are there anyway would be theirs.</summary>
    private const long LeastSpans = 10_000;

    /// <summary>Of small services with logs, as measured where nothing else is known (docs/data.md).</summary>
    private static readonly StoreMeasures _elsewhere = new()
    {
        Measured = false,
        BytesPerSpan = 514,
        BytesPerLog = 500,
        BytesPerPoint = 120,
        KeptShare = 0.05,
        LogsPerSpan = 0.3,
        PointsPerSpan = 0,
        FigureBytesPerDay = 0,
        SpansPerSecond = 0,
    };

    /// <exception cref="StoreException">The server cannot be reached, or cannot answer now.</exception>
    public async Task<StoreMeasures> MeasureAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (since, until) = (Telemetry.Records.UnixNanos.From(now.AddHours(-1)), Telemetry.Records.UnixNanos.From(now));
        return (
            await database.QueryAsync(
                Sql.Of(
                    $"""
                    with hours as (
                        select t.parent, t.from_ns, t.distilled_at is not null as distilled, greatest(c.reltuples, 0)::float8 as rows,
                            pg_total_relation_size(c.oid)::float8 as bytes,
                            (select sum(h.count) from span_rollup_hours h where h.minute_ns = t.from_ns)::float8 as received,
                            exists (select from thinned_hours x where x.hour_ns = t.from_ns) as thinned
                        from telemetry_partitions t join pg_class c on c.oid = to_regclass(t.name)
                        where pg_relation_size(c.oid) > 0),
                    figures as (
                        select (pg_total_relation_size('span_rollup_minutes') + pg_total_relation_size('edge_minutes'))::float8 as bytes,
                            (select count(distinct minute_ns) from span_rollup_minutes)::float8 as minutes)
                    select
                        coalesce((select sum(received) from hours where parent = 'spans' and not thinned), 0),
                        coalesce((select sum(bytes) from hours where parent = 'spans' and not thinned and received > 0), 0),
                        coalesce((select sum(rows) from hours where parent = 'spans' and distilled), 0),
                        coalesce((select sum(received) from hours where parent = 'spans' and distilled), 0),
                        coalesce((select sum(rows) from hours where parent = 'logs'), 0),
                        coalesce((select sum(bytes) from hours where parent = 'logs'), 0),
                        coalesce((select sum(rows) from hours where parent = 'metric_points'), 0),
                        coalesce((select sum(bytes) from hours where parent = 'metric_points'), 0),
                        coalesce((select sum(received) from hours where parent = 'spans'), 0),
                        (select case when minutes > 0 then bytes / minutes * 1440 else 0 end from figures),
                        coalesce((select sum(count)::float8 / case
                            when exists (select from span_rollup_minutes where minute_ns < {since}) then 3600
                            else greatest(60, ({until} - min(minute_ns)) / 1e9) end from (
                            select minute_ns, count from span_rollup_deltas where minute_ns >= {since}
                            union all select minute_ns, count from span_rollup_minutes where minute_ns >= {since}) r), 0)::float8
                    """
                ),
                reader =>
                {
                    double At(int column) => reader.GetDouble(column);
                    var (received, bytes, all) = (At(0), At(1), At(8));
                    if (received < LeastSpans)
                        return _elsewhere with { SpansPerSecond = At(10) };
                    return new StoreMeasures
                    {
                        Measured = true,
                        BytesPerSpan = bytes / received,
                        KeptShare = At(3) > 0 ? Math.Min(1, At(2) / At(3)) : _elsewhere.KeptShare,
                        BytesPerLog = At(4) > 0 ? At(5) / At(4) : _elsewhere.BytesPerLog,
                        BytesPerPoint = At(6) > 0 ? At(7) / At(6) : _elsewhere.BytesPerPoint,
                        LogsPerSpan = At(4) / all,
                        PointsPerSpan = At(6) / all,
                        FigureBytesPerDay = At(9),
                        SpansPerSecond = At(10),
                    };
                },
                cancellationToken
            )
        )[0];
    }

    /// <param name="spansPerSecond">Null: as many as came in the last hour.</param>
    /// <exception cref="StoreException">The server cannot be reached, or cannot answer now.</exception>
    public async Task<(StoreMeasures Measures, StoreEstimate Estimate)> EstimateAsync(
        double? spansPerSecond,
        CancellationToken cancellationToken
    )
    {
        var measured = await MeasureAsync(cancellationToken);
        return (measured, StoreEstimate.Of(measured, options, spansPerSecond ?? measured.SpansPerSecond));
    }
}
