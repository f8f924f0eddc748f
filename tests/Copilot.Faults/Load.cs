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

    private readonly Lock door = new();
    private readonly HttpClient http;
    private readonly CancellationTokenSource noMore = new();
    private readonly CancellationTokenSource giveUp = new();
    private readonly Task[] senders;
    private int requests;
    private int acknowledged;
    private int failures;
    private long last = Stopwatch.GetTimestamp();

    public Load(int port)
    {
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        senders = [.. Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAsync))];
    }

    public int Sent => requests * SpansPerRequest;

    public int Acknowledged => acknowledged * SpansPerRequest;

    /// <summary>Attempts that ended without an acknowledgement.</summary>
    public int Failures => failures;

    /// <summary>From here on the longest silence is measured.</summary>
    public void Mark()
    {
        lock (door)
        {
            last = Stopwatch.GetTimestamp();
            LongestSilence = TimeSpan.Zero;
        }
    }

    /// <summary>The longest time since the mark in which nothing was acknowledged.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>Waits until so many more requests are acknowledged.</summary>
    public async Task FlowsAsync(TimeSpan limit)
    {
        var enough = Volatile.Read(ref acknowledged) + (5 * Senders);
        var waited = Stopwatch.StartNew();
        while (Volatile.Read(ref acknowledged) < enough)
        {
            if (waited.Elapsed > limit) throw new TimeoutException($"It did not flow within {limit.TotalSeconds:0} s.");
            await Task.Delay(20);
        }
    }

    /// <summary>Makes no more requests and waits until those under way are acknowledged.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        await noMore.CancelAsync();
        giveUp.CancelAfter(limit);
        await Task.WhenAll(senders);
    }

    public async ValueTask DisposeAsync()
    {
        await noMore.CancelAsync();
        await giveUp.CancelAsync();
        await Task.WhenAll(senders).ContinueWith(_ => { }, TaskScheduler.Default);
        http.Dispose();
        noMore.Dispose();
        giveUp.Dispose();
    }

    private async Task SendAsync()
    {
        while (!noMore.IsCancellationRequested)
        {
            var body = Encoding.UTF8.GetBytes(Request(Interlocked.Increment(ref requests)));
            while (!await TrySendAsync(body))
            {
                Interlocked.Increment(ref failures);
                await Task.Delay(200, giveUp.Token);
            }

            Acknowledge();
        }
    }

    private void Acknowledge()
    {
        lock (door)
        {
            acknowledged++;
            var silence = Stopwatch.GetElapsedTime(last);
            last = Stopwatch.GetTimestamp();
            if (silence > LongestSilence) LongestSilence = silence;
        }
    }

    private async Task<bool> TrySendAsync(byte[] body)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(new Uri("v1/traces", UriKind.Relative), content, giveUp.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !giveUp.IsCancellationRequested))
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
            if (i > 0) spans.Append(',');
            var parent = i % 2 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"parentSpanId\":\"{i:x16}\",");
            spans.Append(CultureInfo.InvariantCulture, $$$"""
                {"traceId":"{{{number:x16}}}{{{(i / 2) + 1:x16}}}","spanId":"{{{i + 1:x16}}}",{{{parent}}}"name":"GET /{{{i % 10}}}","kind":{{{(i % 2 == 0 ? 2 : 3)}}},
                "startTimeUnixNano":"{{{start + i}}}","endTimeUnixNano":"{{{start + 5_000_000}}}","status":{"code":{{{(i % 16 == 0 ? 2 : 0)}}}},
                "attributes":[{"key":"http.route","value":{"stringValue":"/{{{i % 10}}}"}},{"key":"customer","value":{"intValue":"{{{i}}}"}}]}
                """);
        }

        return $$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{Service}}}"}}]},"scopeSpans":[{"scope":{"name":"load"},"spans":[{{{spans}}}]}]}]}""";
    }
}
