using System.Diagnostics;
using Copilot.Analysis.Reports;
using Copilot.Benchmarks.Load;
using Copilot.Diagnosis;
using Copilot.Diagnosis.Windows;
using Copilot.Incidents;
using Copilot.Ownership;
using Copilot.Store;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Copilot.Benchmarks;

/// <summary>
/// <c>causes</c>: what <c>POST /api/v1/causes</c> does, on a store that <c>store --keep --fill-only</c> filled:
/// windows of 2, 5 and 15 minutes all over its day, each looked into once, and the window in which a service goes wrong.
/// </summary>
internal sealed class CausesBench(TextWriter output)
{
    private static readonly int[] _minutes = [2, 5, 15];

    public async Task<int> RunAsync(string folder, int times, string? jsonFile, CancellationToken cancellationToken)
    {
        if (await KeptStore.ReadAsync(folder, cancellationToken) is not { } store)
        {
            await output.WriteLineAsync($"{folder} holds no store; fill one with: store --data {folder} --keep --fill-only");
            return 1;
        }

        await using var services = Services(folder);
        await services.GetRequiredService<CopilotDatabase>().StartAsync(cancellationToken);
        var windowAnalyzer = services.GetRequiredService<WindowAnalyzer>();
        // What a running app has done long ago: connections, compiled code, names.
        await AskAsync(windowAnalyzer, Window(store, 0, times), cancellationToken);
        var taken = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        var falseCauses = 0;
        for (var i = 1; i <= times; i++)
        {
            var window = Window(store, i, times);
            var (ms, named) = await AskAsync(windowAnalyzer, window, cancellationToken);
            taken.Add(ms);
            falseCauses += named is not null && !window.Overlaps(new TimeWindow(store.FaultFromNs, store.FaultToNs)) ? 1 : 0;
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        var read = ReadTimes.Of(taken);
        var figures = new CausesFigures
        {
            Spans = store.Spans,
            Services = store.Services,
            Windows = times,
            P50Ms = read.P50,
            P95Ms = read.P95,
            MaxMs = read.Max,
            FalseCauses = falseCauses,
            ProcessorMs = processor.TotalMilliseconds / times,
        };
        if (store.Culprit is not null)
        {
            var (ms, named) = await AskAsync(windowAnalyzer, new TimeWindow(store.FaultFromNs, store.FaultToNs), cancellationToken);
            figures = figures with { FaultMs = ms, Named = named, Culprit = store.Culprit };
        }

        await WriteAsync(figures);
        await FiguresFile.WriteAsync(jsonFile, figures, cancellationToken);
        return 0;
    }

    private async Task WriteAsync(CausesFigures of)
    {
        await output.WriteLineAsync(
            "| spans | services | windows | p50 ms | p95 ms | max ms | causes without a fault | processor ms each "
                + "| fault's window ms | named | in truth |"
        );
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |");
        await output.WriteLineAsync(
            FormattableString.Invariant(
                $"| {of.Spans} | {of.Services} | {of.Windows} | {of.P50Ms:0} | {of.P95Ms:0} | {of.MaxMs:0} | {of.FalseCauses} "
            ) + FormattableString.Invariant($"| {of.ProcessorMs:0} | {of.FaultMs:0} | {of.Named ?? "no cause"} | {of.Culprit} |")
        );
    }

    private static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Store:DataFolder", Path.GetFullPath(folder)), new("Store:Durable", "false")])
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddStore(configuration);
        services.AddOwnership(configuration).AddDiagnosis().AddIncidents(configuration);
        services.AddSingleton(new DiagnosisOptions { Fresh = TimeSpan.Zero });
        return services.BuildServiceProvider();
    }

    private static async Task<(double Ms, string? Named)> AskAsync(
        WindowAnalyzer windowAnalyzer,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.GetTimestamp();
        var found = await windowAnalyzer.AnalyzeAsync(new WindowAnalysisRequest { Window = window }, cancellationToken);
        var named = found.Report.Verdict == CauseVerdict.Cause ? found.Report.Items[0].Service : null;
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, named);
    }

    /// <summary>The n-th window: spread evenly over the last 20 hours, so that each has a past.</summary>
    private static TimeWindow Window(KeptStore store, int n, int of)
    {
        var from = store.EndNs - (20 * 60 * UnixNanos.PerMinute) + (n * (19 * 60 * UnixNanos.PerMinute / (of + 1)));
        return new TimeWindow(from, from + (_minutes[n % _minutes.Length] * UnixNanos.PerMinute));
    }
}

/// <summary>How long it took to find causes.</summary>
internal sealed record CausesFigures
{
    public required long Spans { get; init; }

    public required int Services { get; init; }

    /// <summary>Windows all over the day, each asked about for the first time.</summary>
    public required int Windows { get; init; }

    public required double P50Ms { get; init; }

    public required double P95Ms { get; init; }

    public required double MaxMs { get; init; }

    /// <summary>Windows in which nothing is wrong and a cause was named all the same.</summary>
    public required int FalseCauses { get; init; }

    /// <summary>Processor time of the app for one window, which other work on the machine hardly changes; without Postgres'.</summary>
    public required double ProcessorMs { get; init; }

    /// <summary>The window in which a service goes wrong, where the store has one.</summary>
    public double? FaultMs { get; init; }

    /// <summary>Whom that names as the cause; null: nobody.</summary>
    public string? Named { get; init; }

    public string? Culprit { get; init; }
}
