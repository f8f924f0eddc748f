using System.Globalization;
using System.Text.Json;
using Copilot.Telemetry.Time;

namespace Copilot.Cli.Bench;

/// <summary>How quickly a store that holds a day of many spans answers, and how small it gets once distilled.</summary>
internal sealed class StoreBench(TextWriter output)
{
    private const int Hours = 24;

    public async Task<int> RunAsync(int spans, string? jsonFile, CancellationToken cancellationToken)
    {
        await using var server = new BenchServer();
        await server.StartAsync(cancellationToken);
        var sender = new LoadSender(server.Http, server.Grpc, 16);
        var hour = 60 * UnixNanos.PerMinute;
        var now = UnixNanos.From(TimeProvider.System.GetUtcNow());
        var end = now - (now % hour);
        for (var i = 0; i < Hours; i++)
        {
            var requests = new ShopLoad(100 + i, end - (i * hour) - UnixNanos.PerMinute, hour - (2 * UnixNanos.PerMinute)).Make(spans / Hours);
            await sender.SendAsync(requests, LoadShape.Http, cancellationToken);
        }

        await server.SettleAsync(cancellationToken);
        var hot = await server.FiguresAsync(cancellationToken);
        var trace = await server.TracesAsync(cancellationToken);
        var red = await server.RedAsync(cancellationToken);
        await server.DistillAsync(cancellationToken);
        var cold = await server.FiguresAsync(cancellationToken);
        var figures = new Dictionary<string, double>
        {
            ["spans"] = hot.Spans,
            ["trace_by_id_p50_ms"] = Round(trace.P50),
            ["trace_by_id_p95_ms"] = Round(trace.P95),
            ["red_24h_p50_ms"] = Round(red.P50),
            ["red_24h_p95_ms"] = Round(red.P95),
            ["bytes_per_span_hot"] = Round((double)hot.Bytes / hot.Spans),
            ["bytes_per_received_span_distilled"] = Round((double)cold.Bytes / hot.Counted),
            ["spans_kept_distilled"] = cold.Spans,
            ["counted_after_distillation"] = cold.Counted,
        };
        await output.WriteLineAsync("| figure | value |\n| --- | --- |");
        foreach (var (name, value) in figures)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {value} |"));
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), cancellationToken);
        if (cold.Counted == hot.Counted && hot.Counted == hot.Spans)
            return 0;
        await output.WriteLineAsync("FAILED: the rollups do not count every span received.");
        return 1;
    }

    private static double Round(double value) => Math.Round(value, 2);
}
