using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Ingest;
using Copilot.Telemetry;
using Polly;

namespace Copilot.Cli.Importing;

/// <summary>Sends what is imported to a running copilot, waiting where it asks to.</summary>
internal sealed class ImportClient : IDisposable
{
    private const int MostTries = 60;
    private const int TriesToReach = 3;

    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);

    private readonly ResiliencePipeline<HttpResponseMessage> _patience = CallRetry.Of<HttpResponseMessage>(
        MostTries,
        (outcome, attempt) =>
            outcome switch
            {
                { Result: { } answer } => Pause(answer),
                // A copilot that is being restarted comes back; one that is not there does not.
                { Exception: HttpRequestException } when attempt < TriesToReach => TimeSpan.FromSeconds(attempt),
                _ => null,
            },
        TimeProvider.System
    );

    private readonly HttpClient _http;

    public ImportClient(Uri url, string? key)
        : this(
            new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16, AllowAutoRedirect = false })
            {
                BaseAddress = url,
                Timeout = TimeSpan.FromMinutes(10),
            },
            key
        ) { }

    internal ImportClient(HttpClient http, string? key)
    {
        this._http = http;
        http.DefaultRequestHeaders.Add("X-Copilot-Imported", "true");
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Url => _http.BaseAddress!;

    public Task<SendOutcome> SendAsync(OtlpRequest request, CancellationToken cancellationToken)
    {
        var path = request.Signal switch
        {
            Signal.Traces => "v1/traces",
            Signal.Logs => "v1/logs",
            _ => "v1/metrics",
        };
        return PostAsync(path, request.ToBody(), cancellationToken);
    }

    /// <summary>Posts JSON; tries again as long as the copilot says that it may.</summary>
    /// <exception cref="ImportException">It cannot be reached, or goes on refusing to take anything.</exception>
    public async Task<SendOutcome> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _patience.ExecuteAsync(async stop => await TryAsync(path, json, stop), cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new ImportException(
                $"No copilot answers at {Url}: {failure.Message} Start it with deploy/run.sh, or name its address with --url.",
                failure
            );
        }

        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.IsSuccessStatusCode)
                return new SendOutcome(true, Parse(text), "") { Known = Known(answer) };
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new ImportException($"{Url} asks for a sender's key, to be named with --key: {Reason(text)}");
            if (Pause(answer) is not null)
                throw new ImportException(
                    $"{Url} cannot take it ({(int)answer.StatusCode}: {Reason(text)}), and that has not changed for a while."
                );
            return new SendOutcome(false, null, $"{(int)answer.StatusCode}: {Reason(text)}");
        }
    }

    private async Task<HttpResponseMessage> TryAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
    }

    /// <summary>How many items of a request were there before.</summary>
    private static long Known(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Copilot-Known", out var values) && long.TryParse(values.First(), out var known) ? known : 0;

    private static TimeSpan? Pause(HttpResponseMessage answer) => CallRetry.Asked(answer, UsualPause, TimeProvider.System.GetUtcNow());

    public void Dispose() => _http.Dispose();

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The message of a google.rpc.Status or of a problem body, else its beginning.</summary>
    private static string Reason(string text) =>
        Parse(text) is JsonObject body && (body["detail"] ?? body["message"] ?? body["title"])?.ToString() is { Length: > 0 } said
            ? said
            : text[..Math.Min(text.Length, 200)];
}
