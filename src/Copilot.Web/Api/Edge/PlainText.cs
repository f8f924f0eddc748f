using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Copilot.Web.Api.Edge;

/// <summary>Text that everything behind can keep: whole Unicode characters and no NUL. Postgres takes neither a NUL nor half of a surrogate pair.</summary>
internal static partial class PlainText
{
    private const string NotPlain = "holds a NUL character or half of a surrogate pair; send it as whole Unicode text.";

    private static readonly SearchValues<char> Suspicious = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c), '\0']);

    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Suspicious) is var at and >= 0)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            text = text[(at + 2)..];
        }

        return true;
    }

    /// <exception cref="RefusedRequestException">It is not.</exception>
    public static string Check(string name, string text) => IsPlain(text) ? text : throw new RefusedRequestException($"'{name}' {NotPlain}");

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
    [GeneratedRegex("""\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<bad>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000))|\\.""", RegexOptions.Singleline)]
    private static partial Regex Escape();

    /// <summary>Texts of bodies that are read into types, so that no endpoint can forget to look.</summary>
    internal sealed class Converter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return reader.GetString() is not { } text || IsPlain(text) ? reader.GetString() : throw new JsonException($"A text in it {NotPlain}");
            }
            catch (InvalidOperationException)
            {
                throw new JsonException(reader.TokenType == JsonTokenType.String ? $"A text in it {NotPlain}" : "Something in it must be text and is not.");
            }
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
