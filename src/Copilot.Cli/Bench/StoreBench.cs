using System.Globalization;
using System.Text.Json;
using Copilot.Cli.Bench.Load;
using Copilot.Telemetry.Time;

namespace Copilot.Cli.Bench;

/// <summary>How quickly a store that holds a day of many spans answers, and how small it gets once distilled.</summary>
internal sealed class StoreBench(TextWriter output)
{
    public async Task<int> RunAsync(StoreBenchRequest request, CancellationToken cancellationToken)
    {
        await using var server = new BenchServer(request.Folder, request.Keep);
        var kept = await KeptStore.ReadAsync(server.Folder, cancellationToken);
        await server.StartAsync(cancellationToken);
        kept ??= await new StoreFilling(server, output).RunAsync(request.Spans, request.Services, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Store in {server.Folder}: {kept.Spans:N0} spans in the 24 h until {UnixNanos.ToTime(kept.EndNs):u}, filled in {kept.FillSeconds:F0} s."));
        if (kept.Culprit is not null)
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{kept.Culprit} is in trouble from {UnixNanos.ToTime(kept.FaultFromNs):u} to {UnixNanos.ToTime(kept.FaultToNs):u}."));
        if (request.FillOnly)
            return 0;

        var figures = new Dictionary<string, double>();
        var hot = await server.FiguresAsync(cancellationToken);
        var trace = await server.TracesAsync(cancellationToken);
        var red = await server.RedAsync(cancellationToken);
        figures["spans"] = hot.Spans;
        figures["fill_seconds"] = kept.FillSeconds;
        figures["trace_by_id_p50_ms"] = Round(trace.P50);
        figures["trace_by_id_p95_ms"] = Round(trace.P95);
        figures["red_24h_p50_ms"] = Round(red.P50);
        figures["red_24h_p95_ms"] = Round(red.P95);
        figures["bytes_per_span_hot"] = Round((double)hot.Bytes / hot.Spans);
        var whole = hot.Counted == hot.Spans;
        if (!request.Keep)
        {
            await server.DistillAsync(cancellationToken);
            var cold = await server.FiguresAsync(cancellationToken);
            figures["bytes_per_received_span_distilled"] = Round((double)cold.Bytes / hot.Counted);
            figures["spans_kept_distilled"] = cold.Spans;
            figures["counted_after_distillation"] = cold.Counted;
            whole &= cold.Counted == hot.Counted;
        }

        await output.WriteLineAsync("| figure | value |\n| --- | --- |");
        foreach (var (name, value) in figures)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {value} |"));
        if (request.JsonFile is not null)
            await File.WriteAllTextAsync(request.JsonFile, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), cancellationToken);
        if (whole)
            return 0;
        await output.WriteLineAsync("FAILED: the rollups do not count every span received.");
        return 1;
    }

    private static double Round(double value) => Math.Round(value, 2);
}
