using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Ingest;

namespace Copilot.Cli.Importing;

/// <summary>Sends what is imported to a running copilot, waiting where it asks to.</summary>
internal sealed class ImportClient : IDisposable
{
    private const int MostTries = 60;

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
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage answer;
            try
            {
                using var content = new ReadOnlyMemoryContent(json);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
            }
            catch (HttpRequestException failure)
            {
                // A copilot that is being restarted comes back; one that is not there does not.
                if (attempt >= 3)
                    throw new ImportException(
                        $"No copilot answers at {Url}: {failure.Message} Start it with deploy/run.sh, or name its address with --url.",
                        failure
                    );
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
                continue;
            }

            using (answer)
            {
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return new SendOutcome(true, Parse(text), "");
                if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                    throw new ImportException($"{Url} asks for a sender's key: name it with --key.");
                if (
                    answer.StatusCode
                    is not (
                        HttpStatusCode.TooManyRequests
                        or HttpStatusCode.ServiceUnavailable
                        or HttpStatusCode.BadGateway
                        or HttpStatusCode.GatewayTimeout
                    )
                )
                    return new SendOutcome(false, null, $"{(int)answer.StatusCode}: {Reason(text)}");
                if (attempt >= MostTries)
                    throw new ImportException(
                        $"{Url} cannot take it ({(int)answer.StatusCode}: {Reason(text)}), and that has not changed for a while."
                    );
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(2), cancellationToken);
            }
        }
    }

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
