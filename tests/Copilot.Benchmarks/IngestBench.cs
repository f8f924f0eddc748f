using System.Globalization;
using Copilot.Benchmarks.Load;
using Copilot.Benchmarks.Server;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks;

/// <summary>
/// How fast the intake is, and against what: each way of sending is followed by a binary COPY of the very same rows into a lean table on
/// the same server. A figure counts only if all that was acknowledged is stored and counted; otherwise the run fails.
/// </summary>
internal sealed class IngestBench(TextWriter output)
{
    private const int WarmUps = 2;

    /// <summary>Far more senders than the store can follow.</summary>
    private const int ManySenders = 256;

    private readonly Dictionary<string, double> _figures = [];

    public async Task<int> RunAsync(int spans, int senders, string? jsonFile, CancellationToken cancellationToken)
    {
        await using var server = new BenchServer();
        await server.StartAsync(cancellationToken);
        var sender = new LoadSender(server.Http, server.Grpc, senders);
        // Code is compiled and pools are filled before anything is measured: each way of sending, twice, and more than can be stored.
        for (var i = 0; i < WarmUps; i++)
        {
            foreach (var shape in Enum.GetValues<LoadShape>())
                await sender.SendAsync(Make(50 + (10 * i) + (int)shape, spans / 2), shape, cancellationToken);
        }

        await new LoadSender(server.Http, server.Grpc, ManySenders).SendAsync(Make(80, spans * 2), LoadShape.Http, cancellationToken);
        await output.WriteLineAsync("| sent as | spans | spans/s | COPY limit, spans/s | ratio | stored | counted |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- | --- |");
        var whole = true;
        foreach (var shape in Enum.GetValues<LoadShape>())
            whole &= await MeasureAsync(server, sender, shape, spans, cancellationToken);
        whole &= await MeasureSheddingAsync(server, spans, cancellationToken);
        _figures["ratio"] = _figures["http_ratio"];
        _figures["app_peak_mb"] = Math.Round(server.PeakMemory() / 1048576.0, 1);
        await output.WriteLineAsync();
        await output.WriteLineAsync(Line($"Peak memory of the app: {_figures["app_peak_mb"]} MB."));
        await output.WriteLineAsync(Line($"Bytes on disk per span with indexes: {_figures["bytes_per_span"]}."));
        await FiguresFile.WriteAsync(jsonFile, _figures, cancellationToken);
        if (!whole)
            await output.WriteLineAsync("FAILED: what was acknowledged is not what was stored and counted.");
        return whole ? 0 : 1;
    }

    private async Task<bool> MeasureAsync(
        BenchServer server,
        LoadSender sender,
        LoadShape shape,
        int spans,
        CancellationToken cancellationToken
    )
    {
        var requests = Make((int)shape + 1, spans);
        var sent = requests.Sum(static request => request.Spans);
        await server.EmptyAsync(cancellationToken);
        var elapsed = await sender.SendAsync(requests, shape, cancellationToken);
        var stored = await server.FiguresAsync(cancellationToken);
        var limit = await server.CopyLimitAsync(cancellationToken);
        var name = shape switch
        {
            LoadShape.Http => "http",
            LoadShape.HttpGzip => "http_gzip",
            LoadShape.Grpc => "grpc",
            _ => "grpc_gzip",
        };
        var rate = stored.Spans / elapsed.TotalSeconds;
        Put(name + "_spans_per_second", rate);
        Put(name + "_copy_limit", limit.RowsPerSecond);
        Put(name + "_ratio", rate / limit.RowsPerSecond);
        Put("bytes_per_span", (double)stored.Bytes / stored.Spans);
        await output.WriteLineAsync(
            Line($"| {name} | {sent} | {rate:F0} | {limit.RowsPerSecond:F0} | {rate / limit.RowsPerSecond:F2} | {Whole(stored)} |")
        );
        return stored.Spans == sent && stored.Counted == sent;
    }

    /// <summary>More than can be stored: boring traces are only counted.</summary>
    private async Task<bool> MeasureSheddingAsync(BenchServer server, int spans, CancellationToken cancellationToken)
    {
        // Long enough that most of it meets a full queue.
        var requests = Make(17, spans * 4);
        var sent = requests.Sum(static request => request.Spans);
        await server.EmptyAsync(cancellationToken);
        var elapsed = await new LoadSender(server.Http, server.Grpc, ManySenders).SendAsync(requests, LoadShape.Http, cancellationToken);
        var stored = await server.FiguresAsync(cancellationToken);
        var rate = stored.Counted / elapsed.TotalSeconds;
        var limit = _figures["http_copy_limit"];
        Put("shedding_received_per_second", rate);
        Put("shedding_ratio", rate / limit);
        Put("shedding_stored_share", (double)stored.Spans / sent);
        await output.WriteLineAsync(Line($"| http, shedding | {sent} | {rate:F0} | {limit:F0} | {rate / limit:F2} | {Whole(stored)} |"));
        return stored.Counted == sent;
    }

    private static string Whole(StoredFigures stored) => Line($"{stored.Spans} | {stored.Counted}");

    private static List<(byte[] Body, int Spans)> Make(int seed, int spans) =>
        new ShopLoad(seed, UnixNanos.From(TimeProvider.System.GetUtcNow())).Make(spans);

    private void Put(string name, double value) => _figures[name] = Math.Round(value, 3);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
