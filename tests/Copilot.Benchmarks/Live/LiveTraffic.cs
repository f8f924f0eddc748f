using System.Globalization;
using System.Net;
using Copilot.Benchmarks.Load;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks.Live;

/// <summary>What keeps coming in while people ask: the fleet's spans, and among them what was never seen before.</summary>
internal sealed class LiveTraffic(LiveApp app, FleetLoad fleet, LiveFigures figures)
{
    /// <summary>Connections that send at once: each service sends its own spans.</summary>
    private const int Senders = 16;

    private static readonly string[] _apart = ["copilot-bench-probe"];

    /// <summary>Spans at a rate; the culprit is in trouble from a time on.</summary>
    public async Task SendAsync(int rate, long troubleFromNs, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            var now = Now();
            await Parallel.ForEachAsync(
                fleet.Make(rate, now - (UnixNanos.PerMinute / 60), now, (troubleFromNs, long.MaxValue)),
                new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = stop },
                async (request, token) => figures.Sent(request.Spans, await app.SendAsync(request.Body, token) == HttpStatusCode.OK)
            );
        } while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>One new thing after the other: of eight four values, two operations, a service, a deploy.</summary>
    public async Task ChangeAsync(TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every);
        for (var n = 0; await timer.WaitForNextTickAsync(stop); n++)
        {
            var name = fleet.Names[n * 7 % fleet.Names.Count];
            var kind = n % 8;
            var told = kind switch
            {
                7 => await app.TellAsync(
                    "/api/v1/changes",
                    new
                    {
                        service = name,
                        kind = "deploy",
                        version = "2.0." + n.ToString(CultureInfo.InvariantCulture),
                    },
                    stop
                ),
                6 => await app.SendAsync(One("newcomer-" + Number(n), "POST /v1/first", ("tenant", "tenant-1")), stop),
                4 or 5 => await app.SendAsync(One(name, "POST /v9/new-" + Number(n), ("tenant", "tenant-1")), stop),
                _ => await app.SendAsync(One(name, "POST /v1/order/{id}", ("campaign", "campaign-" + Number(n))), stop),
            };
            figures.Changed(told == HttpStatusCode.OK);
        }
    }

    /// <summary>Sends one trace after the other, each as soon as the one before can be looked at.</summary>
    public async Task ProbeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.NewGuid().ToByteArray();
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            await app.SendAsync(One(_apart[0], "probe", ("tenant", "tenant-1"), id), stop);
            while ((await app.GetAsync("/api/v1/traces/" + Convert.ToHexStringLower(id), stop)).Status != HttpStatusCode.OK)
                await Task.Delay(20, stop);
            figures.Answerable(System.Diagnostics.Stopwatch.GetElapsedTime(started));
            await Task.Delay(1000, stop);
        }
    }

    private static byte[] One(string service, string operation, (string Key, object Value) attribute, byte[]? trace = null)
    {
        var requests = new RequestBatches([service]);
        var span = (ulong)Random.Shared.NextInt64(1, long.MaxValue);
        requests.Add(0, trace ?? Guid.NewGuid().ToByteArray(), span, 0, Now() - 5_000_000, 4_000_000, 2, 0, operation, attribute);
        return requests.Close()[0].Body;
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static long Now() => UnixNanos.From(TimeProvider.System.GetUtcNow());
}
