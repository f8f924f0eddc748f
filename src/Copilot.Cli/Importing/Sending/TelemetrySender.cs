using System.Text.Json;
using System.Threading.Channels;
using Copilot.Cli.Importing.Lines;
using Copilot.Ingest.Otlp;

namespace Copilot.Cli.Importing.Sending;

/// <summary>Merges lines into requests of a good size and sends several of them at once.</summary>
internal sealed class TelemetrySender : IAsyncDisposable
{
    private const int GoodSize = 2 * 1024 * 1024;
    private const int AtOnce = 4;

    private readonly ImportClient client;
    private readonly ImportSummary summary;
    private readonly Channel<OtlpRequest> queue = Channel.CreateBounded<OtlpRequest>(AtOnce);
    private readonly CancellationTokenSource failed;
    private readonly Task[] workers;
    private readonly Dictionary<Signal, OtlpRequest> open = [];

    public TelemetrySender(ImportClient client, ImportSummary summary, CancellationToken cancellationToken)
    {
        this.client = client;
        this.summary = summary;
        failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        workers = [.. Enumerable.Range(0, AtOnce).Select(_ => Task.Run(WorkAsync))];
    }

    public async ValueTask AddAsync(string file, int number, ReadOnlyMemory<byte> json)
    {
        OtlpLine? read;
        try
        {
            json = BareNumbers.Quote(json);
            read = OtlpLine.Read(json.Span);
        }
        catch (JsonException failure)
        {
            // The parser counts lines from the start of what it was given, which is this one line.
            summary.Refuse(file, "not JSON: " + failure.Message.Split(" LineNumber")[0], line: number);
            return;
        }

        if (read is not { } line)
        {
            summary.Refuse(file, "neither resourceSpans, resourceLogs nor resourceMetrics", line: number);
            return;
        }

        if (!open.TryGetValue(line.Signal, out var request)) open[line.Signal] = request = new OtlpRequest(line.Signal, file);
        request.Add(number, json.Span.Slice(line.Start, line.Length), line.Items);
        if (request.Length < GoodSize) return;
        open.Remove(line.Signal);
        await QueueAsync(request);
    }

    /// <summary>Sends what is left of a file, so that requests are the same whichever files come before.</summary>
    public async Task FlushAsync()
    {
        foreach (var request in open.Values.Where(request => request.Lines > 0)) await QueueAsync(request);
        open.Clear();
    }

    /// <summary>Waits until everything is sent.</summary>
    public async Task CompleteAsync()
    {
        await FlushAsync();
        queue.Writer.TryComplete();
        await Task.WhenAll(workers);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await failed.CancelAsync();
        await Task.WhenAll(workers).ContinueWith(_ => { }, TaskScheduler.Default);
        failed.Dispose();
    }

    private async Task QueueAsync(OtlpRequest request)
    {
        try
        {
            await queue.Writer.WriteAsync(request, failed.Token);
        }
        catch (OperationCanceledException)
        {
            // A worker failed: its own reason is the one to tell.
            await Task.WhenAll(workers);
            throw;
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var request in queue.Reader.ReadAllAsync(failed.Token)) await SendAsync(request);
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(OtlpRequest request)
    {
        var outcome = await client.SendAsync(request, failed.Token);
        if (outcome.Taken)
        {
            var partial = outcome.Answer?["partialSuccess"];
            var rejected = partial is null ? 0 : Rejected(partial, request.Signal);
            if (rejected > 0) summary.Refuse(request.File, partial!["errorMessage"]?.ToString() ?? "no reason given", count: rejected);
            summary.Take(request.Signal, Math.Max(0, request.Items - rejected));
        }
        else if (request.Lines > 1)
        {
            // One bad line must not cost the others that were put with it.
            foreach (var line in request.Split()) await SendAsync(line);
        }
        else
        {
            summary.Refuse(request.File, outcome.Reason, line: request.FirstLine);
        }
    }

    private static long Rejected(System.Text.Json.Nodes.JsonNode partial, Signal signal)
    {
        var name = signal switch
        {
            Signal.Traces => "rejectedSpans",
            Signal.Logs => "rejectedLogRecords",
            _ => "rejectedDataPoints",
        };
        return long.TryParse(partial[name]?.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 0;
    }
}
