using System.Diagnostics;
using System.Text.Json;
using Copilot.Analysis.Reports;
using Copilot.Cli.Bench.Load;
using Copilot.Incidents;
using Copilot.Incidents.Investigations;
using Copilot.Store;
using Copilot.Telemetry.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Copilot.Cli.Bench.Causes;

/// <summary>
/// <c>copilot bench causes</c>: what <c>POST /api/v1/causes</c> does, on a store that <c>bench store --keep --fill-only</c> filled:
/// windows of 2, 5 and 15 minutes all over its day, each looked into once, and the window in which a service goes wrong.
/// </summary>
internal sealed class CausesBench(TextWriter output)
{
    private static readonly int[] Minutes = [2, 5, 15];

    public async Task<int> RunAsync(string folder, int times, string? jsonFile, CancellationToken cancellationToken)
    {
        if (await KeptStore.ReadAsync(folder, cancellationToken) is not { } store)
        {
            await output.WriteLineAsync($"{folder} holds no store; fill one with: copilot bench store --data {folder} --keep --fill-only");
            return 1;
        }

        await using var services = Services(folder);
        await services.GetRequiredService<CopilotDatabase>().StartAsync(cancellationToken);
        var investigator = services.GetRequiredService<Investigator>();
        // What a running app has done long ago: connections, compiled code, names.
        await AskAsync(investigator, Window(store, 0, times), cancellationToken);
        var taken = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        var falseCauses = 0;
        for (var i = 1; i <= times; i++)
        {
            var window = Window(store, i, times);
            var (ms, named) = await AskAsync(investigator, window, cancellationToken);
            taken.Add(ms);
            falseCauses += named is not null && !window.Overlaps(new TimeWindow(store.FaultFromNs, store.FaultToNs)) ? 1 : 0;
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        taken.Sort();
        var figures = new CausesFigures
        {
            Spans = store.Spans,
            Services = store.Services,
            Windows = times,
            P50Ms = taken[taken.Count / 2],
            P95Ms = taken[(int)Math.Ceiling(taken.Count * 0.95) - 1],
            MaxMs = taken[^1],
            FalseCauses = falseCauses,
            ProcessorMs = processor.TotalMilliseconds / times,
        };
        if (store.Culprit is not null)
        {
            var (ms, named) = await AskAsync(investigator, new TimeWindow(store.FaultFromNs, store.FaultToNs), cancellationToken);
            figures = figures with { FaultMs = ms, Named = named, Culprit = store.Culprit };
        }

        await output.WriteLineAsync(FormattableString.Invariant(
            $"| spans | services | windows | p50 ms | p95 ms | max ms | causes without a fault | processor ms each | fault's window ms | named | in truth |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |\n| {figures.Spans} | {figures.Services} | {figures.Windows} | {figures.P50Ms:0} | {figures.P95Ms:0} | {figures.MaxMs:0} | {figures.FalseCauses} | {figures.ProcessorMs:0} | {figures.FaultMs:0} | {figures.Named ?? "no cause"} | {figures.Culprit} |"));
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), cancellationToken);
        return 0;
    }

    private static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Store:DataFolder", Path.GetFullPath(folder)), new("Store:Durable", "false")]).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddStore(configuration);
        services.AddOwnership(configuration).AddDiagnosis().AddIncidents(configuration);
        services.AddSingleton(new InvestigationOptions { Fresh = TimeSpan.Zero });
        return services.BuildServiceProvider();
    }

    private static async Task<(double Ms, string? Named)> AskAsync(Investigator investigator, TimeWindow window, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var found = await investigator.InvestigateAsync(new InvestigationRequest { Window = window }, cancellationToken);
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, found.Report.Verdict == CauseVerdict.Cause ? found.Report.Items[0].Service : null);
    }

    /// <summary>The n-th window: spread evenly over the last 20 hours, so that each has a past.</summary>
    private static TimeWindow Window(KeptStore store, int n, int of)
    {
        var from = store.EndNs - (20 * 60 * UnixNanos.PerMinute) + (n * (19 * 60 * UnixNanos.PerMinute / (of + 1)));
        return new TimeWindow(from, from + (Minutes[n % Minutes.Length] * UnixNanos.PerMinute));
    }
}
