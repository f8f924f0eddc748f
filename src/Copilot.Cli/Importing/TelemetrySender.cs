using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Copilot.Ingest;

namespace Copilot.Cli.Importing;

/// <summary>Merges lines into requests of a good size and sends several of them at once.</summary>
internal sealed class TelemetrySender : IAsyncDisposable
{
    private const int GoodSize = 2 * 1024 * 1024;
    private const int AtOnce = 4;

    private readonly ImportClient _client;
    private readonly ImportSummary _summary;
    private readonly Channel<OtlpRequest> _queue = Channel.CreateBounded<OtlpRequest>(AtOnce);
    private readonly CancellationTokenSource _failed;
    private readonly Task[] _workers;
    private readonly Dictionary<Signal, OtlpRequest> _open = [];

    public TelemetrySender(ImportClient client, ImportSummary summary, CancellationToken cancellationToken)
    {
        this._client = client;
        this._summary = summary;
        _failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _workers = [.. Enumerable.Range(0, AtOnce).Select(_ => Task.Run(WorkAsync))];
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
            _summary.Refuse(file, "not JSON: " + failure.Message.Split(" LineNumber")[0], line: number);
            return;
        }

        if (read is not { } line)
        {
            _summary.Refuse(file, "neither resourceSpans, resourceLogs nor resourceMetrics", line: number);
            return;
        }

        if (!_open.TryGetValue(line.Signal, out var request))
            _open[line.Signal] = request = new OtlpRequest(line.Signal, file);
        request.Add(number, json.Span.Slice(line.Start, line.Length), line.Items);
        if (request.Length < GoodSize)
            return;
        _open.Remove(line.Signal);
        await QueueAsync(request);
    }

    /// <summary>Sends what is left of a file, so that requests are the same whichever files come before.</summary>
    public async Task FlushAsync()
    {
        foreach (var request in _open.Values.Where(request => request.Lines > 0))
            await QueueAsync(request);
        _open.Clear();
    }

    /// <summary>Waits until everything is sent.</summary>
    public async Task CompleteAsync()
    {
        await FlushAsync();
        _queue.Writer.TryComplete();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _failed.CancelAsync();
        await Task.WhenAll(_workers).ContinueWith(_ => { }, TaskScheduler.Default);
        _failed.Dispose();
    }

    private async Task QueueAsync(OtlpRequest request)
    {
        try
        {
            await _queue.Writer.WriteAsync(request, _failed.Token);
        }
        catch (OperationCanceledException)
        {
            // A worker failed: its own reason is the one to tell.
            await Task.WhenAll(_workers);
            throw;
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var request in _queue.Reader.ReadAllAsync(_failed.Token))
                await SendAsync(request);
        }
        catch
        {
            await _failed.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(OtlpRequest request)
    {
        var outcome = await _client.SendAsync(request, _failed.Token);
        if (outcome.Taken)
        {
            var partial = outcome.Answer?["partialSuccess"];
            var rejected = partial is null ? 0 : Rejected(partial, request.Signal);
            if (rejected > 0)
                _summary.Refuse(request.File, partial!["errorMessage"]?.ToString() ?? "no reason given", count: rejected);
            _summary.Take(request.File, request.Signal, Math.Max(0, request.Items - rejected), outcome.Known);
        }
        else if (request.Lines > 1)
        {
            // One bad line must not cost the others that were put with it.
            foreach (var line in request.Split())
                await SendAsync(line);
        }
        else
        {
            _summary.Refuse(request.File, outcome.Reason, line: request.FirstLine);
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

/// <summary>What the copilot said to one request.</summary>
/// <param name="Reason">Why it was refused; empty when it was taken.</param>
internal sealed record SendOutcome(bool Taken, JsonNode? Answer, string Reason)
{
    /// <summary>Items that were there before.</summary>
    public long Known { get; init; }
}
