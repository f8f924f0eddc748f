using Copilot.Store.Instrumentation;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Instrument.Ledger;

/// <summary>What arrived after a wave, against as long before it.</summary>
public sealed record WaveReport
{
    public required TimeWindow Before { get; init; }

    public required TimeWindow After { get; init; }

    /// <summary>Services that sent spans after it and none before.</summary>
    public required IReadOnlyList<string> New { get; init; }

    /// <summary>Services that sent spans before it and none after.</summary>
    public required IReadOnlyList<string> Gone { get; init; }

    /// <summary>The worst first.</summary>
    public required IReadOnlyList<WaveService> Services { get; init; }

    public double SpansPerSecond => Services.Sum(service => service.SpansPerSecond);

    public double SpansPerSecondBefore => Services.Sum(service => service.SpansPerSecondBefore);

    /// <summary>A wave that made something clearly worse should not go on.</summary>
    public bool Stop => Services.Any(service => service.Worse.Count > 0) || Gone.Count > 0;

    /// <summary>Pure.</summary>
    internal static WaveReport Of(TimeWindow before, TimeWindow after, IReadOnlyList<WaveFigures> earlier, IReadOnlyList<WaveFigures> later)
    {
        var (then, now) = (
            earlier.ToDictionary(service => service.Service, StringComparer.Ordinal),
            later.ToDictionary(service => service.Service, StringComparer.Ordinal)
        );
        return new WaveReport
        {
            Before = before,
            After = after,
            New = [.. now.Keys.Where(service => !then.ContainsKey(service)).Order(StringComparer.Ordinal)],
            Gone = [.. then.Keys.Where(service => !now.ContainsKey(service)).Order(StringComparer.Ordinal)],
            Services =
            [
                .. now
                    .Values.Select(service => WaveService.Of(service, then.GetValueOrDefault(service.Service), before, after))
                    .OrderByDescending(service => service.Worse.Count)
                    .ThenByDescending(service => service.SpansPerSecond)
                    .ThenBy(service => service.Service, StringComparer.Ordinal),
            ],
        };
    }
}

/// <summary>A service's figures in a window.</summary>
internal sealed record WaveFigures(string Service, long Spans, long Requests, long Failed, double P95Ms);

/// <summary>One service after a wave. Rates are 0 to 1; null where there were no requests.</summary>
/// <param name="Worse">What got clearly worse, in words; empty where nothing did.</param>
public sealed record WaveService(
    string Service,
    double SpansPerSecond,
    double SpansPerSecondBefore,
    double? ErrorRate,
    double? ErrorRateBefore,
    double? P95Ms,
    double? P95MsBefore,
    IReadOnlyList<string> Worse
)
{
    internal static WaveService Of(WaveFigures now, WaveFigures? then, TimeWindow before, TimeWindow after)
    {
        double? rate = now.Requests == 0 ? null : (double)now.Failed / now.Requests;
        double? rateBefore = then is null || then.Requests == 0 ? null : (double)then.Failed / then.Requests;
        var worse = new List<string>();
        if (now.Requests >= WaveThresholds.FewestRequests && then?.Requests >= WaveThresholds.FewestRequests)
        {
            if (
                now.Failed >= WaveThresholds.FewestFailed
                && rate > rateBefore * WaveThresholds.TimesErrors
                && rate > rateBefore + WaveThresholds.PointsOfErrors
            )
                worse.Add($"{Quantity.Percent(rate!.Value)} of its requests fail, before it were {Quantity.Percent(rateBefore!.Value)}");
            if (now.P95Ms > then.P95Ms * WaveThresholds.TimesP95 && now.P95Ms > then.P95Ms + WaveThresholds.MoreP95Ms)
                worse.Add($"p95 is {Quantity.Duration(now.P95Ms)}, before it was {Quantity.Duration(then.P95Ms)}");
        }

        return new WaveService(
            now.Service,
            now.Spans / Math.Max(1, after.Seconds),
            (then?.Spans ?? 0) / Math.Max(1, before.Seconds),
            rate,
            rateBefore,
            now.Requests == 0 ? null : now.P95Ms,
            then is null || then.Requests == 0 ? null : then.P95Ms,
            worse
        );
    }
}

/// <summary>Reads what a wave is verified by.</summary>
public sealed class WaveReader(PresenceReads presence, RequestRollups rollups)
{
    /// <param name="after">From the wave on; as much before it is compared with. Rounded out to whole minutes.</param>
    /// <param name="services">Only these; all where empty.</param>
    public async Task<WaveReport> ReadAsync(TimeWindow after, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        after = RequestRollups.RoundOut(after);
        var before = new TimeWindow(after.FromNs - (after.ToNs - after.FromNs), after.FromNs);
        return WaveReport.Of(
            before,
            after,
            await FiguresAsync(before, services, cancellationToken),
            await FiguresAsync(after, services, cancellationToken)
        );
    }

    private async Task<IReadOnlyList<WaveFigures>> FiguresAsync(
        TimeWindow window,
        IReadOnlyList<string> services,
        CancellationToken cancellationToken
    )
    {
        var requests = await rollups.ReadAsync(services, [OwnService.Name], [], window, true, false, 0, cancellationToken);
        // Minutes, however long the window is: an hour that lies in both would count in both.
        var sent = await presence.ReadAsync(window, UnixNanos.PerMinute, cancellationToken);
        return
        [
            .. sent.Where(service => service.Steps.Count > 0 && (services.Count == 0 || services.Contains(service.Service)))
                .Select(service =>
                {
                    var figures = requests.GetValueOrDefault((service.Service, null, 0L));
                    return new WaveFigures(
                        service.Service,
                        service.Steps.Sum(step => step.Spans),
                        figures?.Requests ?? 0,
                        figures?.Failed ?? 0,
                        (figures?.Durations.Quantile(WaveThresholds.Percentile) ?? 0) / 1e6
                    );
                }),
        ];
    }
}
