using System.Text;
using System.Text.Json;
using Copilot.Telemetry.Time;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Web.Api.Edge;

/// <summary>Reads JSON that anyone may have sent into texts, times and numbers within bounds; every complaint names the member and says what it should be.</summary>
internal static class JsonBody
{
    private const int LargestBody = 1024 * 1024;

    /// <exception cref="RefusedRequestException">It is not JSON, or too large.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext http, CancellationToken cancellation, long largest = LargestBody)
    {
        Limit(http, largest);
        try
        {
            return await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellation);
        }
        catch (JsonException broken)
        {
            throw new RefusedRequestException($"The body is not valid JSON: {broken.Message}");
        }
    }

    /// <summary>For what nobody will send again better: text that cannot be kept is replaced, so that the rest of it is not lost.</summary>
    /// <exception cref="RefusedRequestException">It is not JSON, or too large.</exception>
    public static async Task<JsonDocument> ReadMendedAsync(HttpContext http, CancellationToken cancellation, long largest = LargestBody)
    {
        Limit(http, largest);
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellation);
        try
        {
            return JsonDocument.Parse(PlainText.Mend(text));
        }
        catch (JsonException broken)
        {
            throw new RefusedRequestException($"The body is not valid JSON: {broken.Message}");
        }
    }

    /// <summary>Null where it is missing or null.</summary>
    public static string? Text(this JsonElement body, string name, string where = "") => Member(body, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => PlainText.Of(where + name, text),
        _ => throw new RefusedRequestException($"'{where}{name}' must be text."),
    };

    /// <summary>Null where it is missing or null.</summary>
    public static DateTimeOffset? Time(this JsonElement body, string name, string where = "")
    {
        if (Member(body, name) is not { } given) return null;
        return given.ValueKind == JsonValueKind.String && BoundedTime.TryParse(PlainText.Of(where + name, given), out var time)
            ? time.Value
            : throw new RefusedRequestException($"'{where}{name}' must be an RFC 3339 time {BoundedTime.Range}, such as \"2026-01-31T12:00:00Z\".");
    }

    /// <summary>The window of its members <c>from</c> and <c>to</c>.</summary>
    public static TimeWindow Window(this JsonElement body, string where = "")
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new RefusedRequestException(where.Length == 0 ? "The body must be an object with 'from' and 'to'." : $"'{where.TrimEnd('.')}' must be an object with 'from' and 'to'.");
        var window = new TimeWindow(Needed("from"), Needed("to"));
        return window.IsEmpty ? throw new RefusedRequestException($"'{where}to' must be later than '{where}from'.") : window;

        DateTimeOffset Needed(string name) =>
            body.Time(name, where) ?? throw new RefusedRequestException($"'{where}{name}' is missing; it must be an RFC 3339 time such as \"2026-01-31T12:00:00Z\".");
    }

    public static int Number(this JsonElement body, string name, int otherwise, int least, int most)
    {
        if (Member(body, name) is not { } given) return otherwise;
        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new RefusedRequestException($"'{name}' must be a whole number from {least} to {most}.");
    }

    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void Limit(HttpContext http, long largest)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = largest;
    }
}
