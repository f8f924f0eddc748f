using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Copilot.Telemetry.Records;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Web.Api.Edge;

/// <summary>Reads JSON that anyone may have sent into texts, times and numbers within bounds; every complaint names the member and says
/// what it should be.</summary>
internal static class JsonBody
{
    private const int LargestBody = 1024 * 1024;

    /// <exception cref="RefusedRequestException">It is not JSON, or too large.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext http, CancellationToken cancellationToken, long largest = LargestBody)
    {
        Limit(http, largest);
        try
        {
            return await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException broken)
        {
            throw new RefusedRequestException($"The body is not valid JSON: {broken.Message}");
        }
    }

    /// <summary>For what nobody will send again better: text that cannot be kept is replaced, so that the rest of it is not lost.</summary>
    /// <exception cref="RefusedRequestException">It is not JSON, or too large.</exception>
    public static async Task<JsonDocument> ReadMendedAsync(
        HttpContext http,
        CancellationToken cancellationToken,
        long largest = LargestBody
    )
    {
        Limit(http, largest);
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellationToken);
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
    public static string? Text(this JsonElement body, string name, string where = "") =>
        Member(body, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => PlainText.Of(where + name, text),
            _ => throw new RefusedRequestException($"'{where}{name}' must be text."),
        };

    /// <summary>Null where it is missing or null.</summary>
    public static DateTimeOffset? Time(this JsonElement body, string name, string where = "")
    {
        if (Member(body, name) is not { } given)
            return null;
        return given.ValueKind == JsonValueKind.String && BoundedTime.TryParse(PlainText.Of(where + name, given), out var time)
            ? time.Value
            : throw new RefusedRequestException(
                $"'{where}{name}' must be an RFC 3339 time {BoundedTime.Range}, such as \"2026-01-31T12:00:00Z\"."
            );
    }

    /// <summary>The window of its members <c>from</c> and <c>to</c>.</summary>
    public static TimeWindow Window(this JsonElement body, string where = "")
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new RefusedRequestException(
                where.Length == 0
                    ? "The body must be an object with 'from' and 'to'."
                    : $"'{where.TrimEnd('.')}' must be an object with 'from' and 'to'."
            );
        var window = new TimeWindow(Needed("from"), Needed("to"));
        return window.IsEmpty ? throw new RefusedRequestException($"'{where}to' must be later than '{where}from'.") : window;

        DateTimeOffset Needed(string name) =>
            body.Time(name, where)
            ?? throw new RefusedRequestException(
                $"'{where}{name}' is missing; it must be an RFC 3339 time such as \"2026-01-31T12:00:00Z\"."
            );
    }

    public static int Number(this JsonElement body, string name, int otherwise, int least, int most)
    {
        if (Member(body, name) is not { } given)
            return otherwise;
        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new RefusedRequestException($"'{name}' must be a whole number from {least} to {most}.");
    }

    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void Limit(HttpContext http, long largest)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = largest;
    }
}

/// <summary>Text that everything behind can keep: whole Unicode characters and no NUL. Postgres takes neither a NUL nor half of a surrogate
/// pair.</summary>
internal static partial class PlainText
{
    private const string NotPlain = "holds a NUL character or half of a surrogate pair; send it as whole Unicode text.";

    private static readonly SearchValues<char> Suspicious = SearchValues.Create([
        .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c),
        '\0',
    ]);

    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Suspicious) is var at and >= 0)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return false;
            text = text[(at + 2)..];
        }

        return true;
    }

    /// <exception cref="RefusedRequestException">It is not.</exception>
    public static string Check(string name, string text) =>
        IsPlain(text) ? text : throw new RefusedRequestException($"'{name}' {NotPlain}");

    /// <summary>The text of a JSON string.</summary>
    /// <exception cref="RefusedRequestException">It is not plain.</exception>
    public static string Of(string name, JsonElement text)
    {
        try
        {
            return Check(name, text.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is valid JSON and no text.
            throw new RefusedRequestException($"'{name}' {NotPlain}");
        }
    }

    /// <summary>JSON whose strings are plain: what cannot be kept is the replacement character.</summary>
    public static string Mend(string json) => Escape().Replace(json, escape => escape.Groups["bad"].Success ? "\\uFFFD" : escape.Value);

    /// <summary>Whether all strings in JSON are plain.</summary>
    public static bool IsPlainJson(string json) => !Escape().Matches(json).Any(escape => escape.Groups["bad"].Success);

    // What comes first wins: a pair is read as one, an escaped backslash begins no escape.
    [GeneratedRegex(
        """\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<bad>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000))|\\.""",
        RegexOptions.Singleline
    )]
    private static partial Regex Escape();

    /// <summary>Texts of bodies that are read into types, so that no endpoint can forget to look.</summary>
    internal sealed class Converter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return reader.GetString() is not { } text || IsPlain(text)
                    ? reader.GetString()
                    : throw new JsonException($"A text in it {NotPlain}");
            }
            catch (InvalidOperationException)
            {
                throw new JsonException(
                    reader.TokenType == JsonTokenType.String ? $"A text in it {NotPlain}" : "Something in it must be text and is not."
                );
            }
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
