using Copilot.Benchmarks.Load;
using Copilot.Benchmarks.Server;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks;

/// <summary>How quickly a store that holds a day of many spans answers, and how small it gets once distilled.</summary>
internal sealed class StoreBench(TextWriter output)
{
    /// <summary>Fewer would leave stretches of the day empty.</summary>
    public const int FewestSpans = StoreFilling.Slices;

    public async Task<int> RunAsync(StoreBenchRequest request, CancellationToken cancellationToken)
    {
        await using var server = new BenchServer(request.Folder, request.Keep);
        var kept = await KeptStore.ReadAsync(server.Folder, cancellationToken);
        await server.StartAsync(cancellationToken);
        kept ??= await new StoreFilling(server, output).RunAsync(request.Spans, request.Services, cancellationToken);
        await DescribeAsync(server.Folder, kept);
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
            await output.WriteLineAsync(FormattableString.Invariant($"| {name} | {value} |"));
        await FiguresFile.WriteAsync(request.JsonFile, figures, cancellationToken);
        if (whole)
            return 0;
        await output.WriteLineAsync("FAILED: the rollups do not count every span received.");
        return 1;
    }

    private async Task DescribeAsync(string folder, KeptStore kept)
    {
        await output.WriteLineAsync(
            FormattableString.Invariant($"Store in {folder}: {kept.Spans:N0} spans in the 24 h until {UnixNanos.ToTime(kept.EndNs):u}, ")
                + FormattableString.Invariant($"filled in {kept.FillSeconds:F0} s.")
        );
        if (kept.Culprit is not null)
            await output.WriteLineAsync(
                FormattableString.Invariant(
                    $"{kept.Culprit} is in trouble from {UnixNanos.ToTime(kept.FaultFromNs):u} to {UnixNanos.ToTime(kept.FaultToNs):u}."
                )
            );
    }

    private static double Round(double value) => Math.Round(value, 2);
}

/// <summary>What <c>store</c> is asked to do.</summary>
internal sealed record StoreBenchRequest
{
    public required int Spans { get; init; }

    /// <summary>0: the small shop.</summary>
    public required int Services { get; init; }

    /// <summary>Where the store lies or is to lie; null: in a temporary folder.</summary>
    public required string? Folder { get; init; }

    public required bool Keep { get; init; }

    public required bool FillOnly { get; init; }

    public required string? JsonFile { get; init; }
}
