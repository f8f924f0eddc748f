using System.Diagnostics;
using Copilot.Benchmarks.Server;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks.Load;

/// <summary>Fills a store with a day of spans through its intake, up to the last whole hour.</summary>
internal sealed class StoreFilling(BenchServer server, TextWriter output)
{
    /// <summary>Stretches of the day, each sent by itself.</summary>
    public const int Slices = Hours * SlicesPerHour;

    private const int Hours = 24;
    private const int SlicesPerHour = 6;
    private const int Senders = 16;
    private const long HourNs = 60 * UnixNanos.PerMinute;

    public async Task<KeptStore> RunAsync(int spans, int services, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var now = UnixNanos.From(TimeProvider.System.GetUtcNow());
        var end = now - (now % HourNs);
        var fault = (FromNs: end - (30 * UnixNanos.PerMinute), ToNs: end - (10 * UnixNanos.PerMinute));
        var fleet = services > 0 ? new FleetLoad(services, 100) : null;
        var sender = new LoadSender(server.Http, server.Grpc, Senders);
        var slice = HourNs / SlicesPerHour;
        var made = 0;
        for (var i = Slices; i > 0; i--)
        {
            var from = end - (i * slice);
            // A shop's traces stay clear of the hour's end, so that every span of an hour is in its hour.
            var requests = fleet is null
                ? new ShopLoad(100 + i, from + slice - (UnixNanos.PerMinute / 2), slice - UnixNanos.PerMinute).Make(spans / Slices)
                : fleet.Make(spans / Slices, from, from + slice, fault);
            await sender.SendAsync(requests, LoadShape.Http, cancellationToken);
            made += requests.Sum(static request => request.Spans);
            if (i % SlicesPerHour == 1)
                await output.WriteLineAsync(
                    FormattableString.Invariant($"{made:N0} spans after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s")
                );
        }

        await server.SettleAsync(cancellationToken);
        var filled = new KeptStore(
            spans,
            services,
            end,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
            fleet?.Names[fleet.Culprit],
            fleet is null ? 0 : fault.FromNs,
            fleet is null ? 0 : fault.ToNs
        );
        await filled.WriteAsync(server.Folder, cancellationToken);
        return filled;
    }
}
