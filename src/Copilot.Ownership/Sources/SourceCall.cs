using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Copilot.Ownership.Sources;

/// <summary>A call to a server that catalogue files come from: whatever goes wrong is said with the server's name and what to do.</summary>
/// <param name="who">The server, as people are told of it: <c>PagerDuty</c>, <c>Backstage at https://…</c>.</param>
/// <param name="key">What it may refuse: <c>API token</c>.</param>
/// <param name="remedy">What helps then: <c>Set PagerDuty:ApiToken to …</c></param>
internal sealed class SourceCall(HttpClient http, string who, string key, string remedy)
{
    /// <summary>Reads the answer; what is no JSON is said to be none.</summary>
    /// <exception cref="CatalogSourceException">There is no such answer; the message is for people.</exception>
    public async Task<T> ReadAsync<T>(HttpRequestMessage request, Func<string, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new CatalogSourceException($"{who} refuses the {key} ({(int)response.StatusCode}). {remedy}");
            if (!response.IsSuccessStatusCode)
                throw new CatalogSourceException($"{who} answers {(int)response.StatusCode}.");
            return read(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (JsonException e)
        {
            throw new CatalogSourceException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"What {who} answers is no JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}."
                ),
                e
            );
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CatalogSourceException($"{who} cannot be reached: {e.Message}", e);
        }
    }
}
