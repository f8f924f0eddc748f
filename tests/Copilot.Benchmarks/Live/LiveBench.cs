using Copilot.Benchmarks.Load;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks.Live;

/// <summary>
/// The product at work: a store with a past, telemetry that keeps coming, new things in it, a service that goes wrong, people who ask,
/// pages, the watch. The app is a process of its own, so that one build can be measured beside another.
/// </summary>
internal sealed class LiveBench(TextWriter output)
{
    private const int SlicesPerHour = 6;

    /// <summary>Stands in a kept store that was filled to its end.</summary>
    private const string Filled = "live.filled";

    /// <summary>Asked one after the other of an app that has just started.</summary>
    private const int FirstQuestions = 10;

    public async Task<int> RunAsync(LiveRequest request, CancellationToken cancellationToken)
    {
        if (!File.Exists(request.App))
        {
            await output.WriteLineAsync(
                $"{request.App} is not there: build it (dotnet build src/Copilot.Web -c Release) or name it with --app."
            );
            return 2;
        }

        using var folder = new StoreFolder(request.Folder, request.Keep);
        await using var app = new LiveApp(request.App, folder.Path);
        var fleet = new FleetLoad(request.Services, 7);
        var figures = new LiveFigures();
        var people = new LivePeople(app, fleet.Names, figures);
        await app.StartAsync(cancellationToken);
        await FillAsync(app, folder.Path, fleet, request, cancellationToken);
        await app.StopAsync();

        var all = new Dictionary<string, double> { ["ready_ms"] = Math.Round((await app.StartAsync(cancellationToken)).TotalMilliseconds) };
        for (var n = 0; n < FirstQuestions; n++)
            all["ask_after_start_" + (n + 1).ToString("00", System.Globalization.CultureInfo.InvariantCulture) + "_ms"] = Math.Round(
                (await app.AskAsync($"error rate of {fleet.Names[n]} in the last hour", cancellationToken)).Took.TotalMilliseconds,
                1
            );
        await LiveAsync(app, fleet, people, figures, request, cancellationToken);
        foreach (var (name, value) in figures.All())
            all[name] = value;
        all["app_peak_mb"] = Math.Round(app.PeakMemory() / 1e6, 1);
        all["disk_mb"] = Math.Round(SizeOf(folder.Path) / 1e6, 1);
        await output.WriteLineAsync("| figure | value |\n| --- | --- |");
        foreach (var (name, value) in all)
            await output.WriteLineAsync(FormattableString.Invariant($"| {name} | {value} |"));
        await FiguresFile.WriteAsync(request.JsonFile, all, cancellationToken);
        return 0;
    }

    private async Task FillAsync(LiveApp app, string folder, FleetLoad fleet, LiveRequest request, CancellationToken cancellationToken)
    {
        var kept = Path.Combine(folder, Filled);
        if (File.Exists(kept))
            return;
        var slices = request.Hours * SlicesPerHour;
        var slice = 60 * UnixNanos.PerMinute / SlicesPerHour;
        var end = UnixNanos.From(TimeProvider.System.GetUtcNow());
        // Some minutes of the past are bad ones, so that what is told of it can be compared between builds.
        var trouble = (FromNs: end - (25 * UnixNanos.PerMinute), ToNs: end - (18 * UnixNanos.PerMinute));
        var sender = new LoadSender(new Uri(app.Base, "/v1/traces"), app.Base, 8);
        for (var i = slices; i > 0; i--)
        {
            var from = end - (i * slice);
            await sender.SendAsync(fleet.Make(request.Spans / slices, from, from + slice, trouble), LoadShape.Http, cancellationToken);
        }

        await app.TellAsync("/api/v1/import/complete", null, cancellationToken);
        await File.WriteAllTextAsync(kept, "", cancellationToken);
        await output.WriteLineAsync(FormattableString.Invariant($"{request.Spans:N0} spans of {request.Services:N0} services are there."));
    }

    private static async Task LiveAsync(
        LiveApp app,
        FleetLoad fleet,
        LivePeople people,
        LiveFigures figures,
        LiveRequest request,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(request.Duration);
        var traffic = new LiveTraffic(app, fleet, figures);
        var trouble = TimeProvider.System.GetUtcNow() + (request.Duration / 4);
        Func<CancellationToken, Task>[] work =
        [
            token => traffic.SendAsync(request.Rate, UnixNanos.From(trouble), token),
            token => traffic.ChangeAsync(request.NewEvery, token),
            traffic.ProbeAsync,
            people.LookAsync,
            token => people.WatchAsync(fleet.Names[fleet.Culprit], trouble, token),
            token => SampleAsync(app, figures, token),
            .. Enumerable
                .Range(0, request.Users)
                .Select(person => (Func<CancellationToken, Task>)(token => people.AskAsync(person, request.Pause, token))),
        ];
        await Task.WhenAll(work.Select(one => Task.Run(() => UntilStoppedAsync(one, stop.Token), CancellationToken.None)));
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task UntilStoppedAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private static async Task SampleAsync(LiveApp app, LiveFigures figures, CancellationToken stop)
    {
        while (true)
        {
            figures.PostgresHolds(app.PostgresMemory());
            await Task.Delay(3000, stop);
        }
    }

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Exists ? file.Length : 0);
}
