using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Copilot.Faults;

/// <summary>
/// Senders that behave as OpenTelemetry's exporters do: a request is sent again until it is acknowledged, however it failed.
/// Every span has an id of its own, so that nothing can stand in for what was lost.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    public const string Service = "fault-load";
    private const int Senders = 4;
    private const int SpansPerRequest = 200;

    private readonly Lock _door = new();
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Task[] _senders;
    private int _requests;
    private int _acknowledged;
    private int _failures;
    private long _last = Stopwatch.GetTimestamp();

    public Load(int port)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        _senders = [.. Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAsync))];
    }

    public int Sent => _requests * SpansPerRequest;

    public int Acknowledged => _acknowledged * SpansPerRequest;

    /// <summary>Attempts that ended without an acknowledgement.</summary>
    public int Failures => _failures;

    /// <summary>From here on the longest silence is measured.</summary>
    public void Mark()
    {
        lock (_door)
        {
            _last = Stopwatch.GetTimestamp();
            LongestSilence = TimeSpan.Zero;
        }
    }

    /// <summary>The longest time since the mark in which nothing was acknowledged.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>Waits until so many more requests are acknowledged.</summary>
    public async Task FlowsAsync(TimeSpan limit)
    {
        var enough = Volatile.Read(ref _acknowledged) + (5 * Senders);
        var waited = Stopwatch.StartNew();
        while (Volatile.Read(ref _acknowledged) < enough)
        {
            if (waited.Elapsed > limit)
                throw new TimeoutException($"It did not flow within {limit.TotalSeconds:0} s.");
            await Task.Delay(20);
        }
    }

    /// <summary>Makes no more requests and waits until those under way are acknowledged.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        await _noMore.CancelAsync();
        _giveUp.CancelAfter(limit);
        await Task.WhenAll(_senders);
    }

    public async ValueTask DisposeAsync()
    {
        await _noMore.CancelAsync();
        await _giveUp.CancelAsync();
        await Task.WhenAll(_senders).ContinueWith(_ => { }, TaskScheduler.Default);
        _http.Dispose();
        _noMore.Dispose();
        _giveUp.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_noMore.IsCancellationRequested)
        {
            var body = Encoding.UTF8.GetBytes(Request(Interlocked.Increment(ref _requests)));
            while (!await TrySendAsync(body))
            {
                Interlocked.Increment(ref _failures);
                await Task.Delay(200, _giveUp.Token);
            }

            Acknowledge();
        }
    }

    private void Acknowledge()
    {
        lock (_door)
        {
            _acknowledged++;
            var silence = Stopwatch.GetElapsedTime(_last);
            _last = Stopwatch.GetTimestamp();
            if (silence > LongestSilence)
                LongestSilence = silence;
        }
    }

    private async Task<bool> TrySendAsync(byte[] body)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _http.PostAsync(new Uri("v1/traces", UriKind.Relative), content, _giveUp.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure)
            when (failure is HttpRequestException || (failure is TaskCanceledException && !_giveUp.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Traces of two spans each, an eighth of them failed, starting now.</summary>
    private static string Request(int number)
    {
        var start = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        var spans = new StringBuilder();
        for (var i = 0; i < SpansPerRequest; i++)
        {
            if (i > 0)
                spans.Append(',');
            var parent = i % 2 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"parentSpanId\":\"{i:x16}\",");
            spans.Append(
                CultureInfo.InvariantCulture,
                $$$"""
                {"traceId":"{{{number:x16}}}{{{(i / 2) + 1:x16}}}","spanId":"{{{i + 1:x16}}}",{{{parent}}}"name":"GET /{{{i
                    % 10}}}","kind":{{{(i % 2 == 0 ? 2 : 3)}}},
                "startTimeUnixNano":"{{{start + i}}}","endTimeUnixNano":"{{{start + 5_000_000}}}","status":{"code":{{{(
                    i % 16 == 0 ? 2 : 0
                )}}}},
                "attributes":[{"key":"http.route","value":{"stringValue":"/{{{i
                    % 10}}}"}},{"key":"customer","value":{"intValue":"{{{i}}}"}}]}
                """
            );
        }

        return $$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{Service}}}"}}]},"scopeSpans":[{"scope":{"name":"load"},"spans":[{{{spans}}}]}]}]}""";
    }
}
