using System.Globalization;
using System.Net.Http.Json;
using System.Text;

namespace Copilot.Slack.Tests.Dying;

/// <summary>
/// Senders and people before several instances, as behind whoever spreads requests: what one does not answer is sent to the next, until
/// one acknowledges it.
/// </summary>
internal sealed class SteadyUse(IReadOnlyList<Uri> instances) : IAsyncDisposable
{
    public const string Service = "steady";
    private const int SpansPerRequest = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly CancellationTokenSource _enough = new();
    private readonly List<Task> _running = [];
    private int _requests;
    private int _acknowledged;
    private int _answers;

    public int Acknowledged => Volatile.Read(ref _acknowledged) * SpansPerRequest;

    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Times that another instance had to be asked.</summary>
    public int Elsewhere { get; private set; }

    public void Start()
    {
        for (var sender = 0; sender < 2; sender++)
            _running.Add(Task.Run(SendAsync));
        _running.Add(Task.Run(AskAsync));
    }

    /// <summary>Sends nothing new and waits until all that was sent is acknowledged; fails where it was not.</summary>
    public async Task EndAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_running);
    }

    /// <summary>Asks one instance after the other until one answers with success.</summary>
    public async Task<HttpResponseMessage> DoAsync(Func<HttpContent?> body, HttpMethod method, string path)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var turn = 0; ; turn++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(instances[turn % instances.Count], path)) { Content = body() };
                var answer = await _http.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                    return answer;
                if ((int)answer.StatusCode is < 500 and not 429)
                    throw new InvalidOperationException(
                        $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
                    );
                answer.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // The next one.
            }

            Elsewhere++;
            if (clock.Elapsed > Longest)
                throw new TimeoutException($"No instance answered {method} {path} within {Longest.TotalSeconds:0} s.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default);
        _http.Dispose();
        _enough.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_enough.IsCancellationRequested)
        {
            var body = Request(Interlocked.Increment(ref _requests));
            using var answer = await DoAsync(
                () => new StringContent(body, Encoding.UTF8, "application/json"),
                HttpMethod.Post,
                "v1/traces"
            );
            Interlocked.Increment(ref _acknowledged);
        }
    }

    private async Task AskAsync()
    {
        while (!_enough.IsCancellationRequested)
        {
            using var answer = await DoAsync(
                () => JsonContent.Create(new { question = $"error rate of {Service} in the last 15 minutes" }),
                HttpMethod.Post,
                "api/v1/ask"
            );
            Interlocked.Increment(ref _answers);
        }
    }

    private static string Request(int number)
    {
        var start = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        var spans = Enumerable
            .Range(1, SpansPerRequest)
            .Select(i =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"traceId":"{{number:x16}}{{i:x16}}","spanId":"{{i:x16}}","name":"GET /","kind":2,"startTimeUnixNano":"{{start + i}}","endTimeUnixNano":"{{start + 5_000_000}}"}"""
                )
            );
        return $$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{Service}}}"}}]},"scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}]}]}]}""";
    }
}
