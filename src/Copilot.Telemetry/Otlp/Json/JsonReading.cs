using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>Reads single values of OTLP's JSON; what has the wrong shape throws <see cref="OtlpFormatException"/>.</summary>
internal static class JsonReading
{
    /// <summary>Moves into an object; false for null, which means "absent".</summary>
    public static bool TryBeginObject(scoped ref Utf8JsonReader reader) => TryBegin(ref reader, JsonTokenType.StartObject, "an object");

    /// <summary>Moves into an array; false for null.</summary>
    public static bool TryBeginArray(scoped ref Utf8JsonReader reader) => TryBegin(ref reader, JsonTokenType.StartArray, "an array");

    /// <summary>Moves to the next member's value; false at the object's end. The name is looked at before, through <paramref
    /// name="name"/>.</summary>
    public static bool TryNextMember(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }

        name = Text(ref reader);
        reader.Read();
        return true;
    }

    /// <summary>Moves to the next element; false at the array's end.</summary>
    public static bool TryNextElement(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>A text in place where it holds no escape, else unescaped; empty for null.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            throw Wrong(ref reader, "a text");
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        try
        {
            var bytes = new byte[reader.ValueSpan.Length];
            return bytes.AsSpan(0, reader.CopyString(bytes));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or broken UTF-8 beside an escape: keep what can be read.
            return Unescape(reader.ValueSpan);
        }
    }

    /// <summary>
    /// An id in hex of either case, into the buffer; its length is judged by who takes it. What is no hex, or too long, counts as 1 byte.
    /// </summary>
    public static int Hex(scoped ref Utf8JsonReader reader, scoped Span<byte> buffer)
    {
        var text = Text(ref reader);
        if (text.Length > buffer.Length * 2)
            return 1;
        return Convert.FromHexString(text, buffer, out _, out var written) == OperationStatus.Done ? written : 1;
    }

    /// <summary>A 64-bit integer as JSON number or decimal string; 0 for null.</summary>
    public static long Int64(scoped ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return 0;
            case JsonTokenType.Number when reader.TryGetInt64(out var number):
                return number;
            case JsonTokenType.Number
                when reader.TryGetDecimal(out var number)
                    && number == decimal.Truncate(number)
                    && number is >= long.MinValue and <= long.MaxValue:
                return (long)number;
            case JsonTokenType.String
                when Utf8Parser.TryParse(reader.ValueSpan, out long number, out var used) && used == reader.ValueSpan.Length:
                return number;
            default:
                throw Wrong(ref reader, "a whole number (or one in a string)");
        }
    }

    /// <summary>An unsigned 64-bit integer as JSON number or decimal string; 0 for null.</summary>
    public static ulong UInt64(scoped ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return 0;
            case JsonTokenType.Number when reader.TryGetUInt64(out var number):
                return number;
            case JsonTokenType.Number
                when reader.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number is >= 0 and <= ulong.MaxValue:
                return (ulong)number;
            case JsonTokenType.String
                when Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out var used) && used == reader.ValueSpan.Length:
                return number;
            // A sender without a time writes what its language makes of it, a year before 1970 included: as good as absent.
            case JsonTokenType.String
                when Utf8Parser.TryParse(reader.ValueSpan, out long negative, out var read)
                    && read == reader.ValueSpan.Length
                    && negative < 0:
                return 0;
            default:
                throw Wrong(ref reader, "a whole number from 0 on (or one in a string)");
        }
    }

    /// <summary>A time in nanoseconds; one before 1970 is no time that OTLP can hold and costs its item, not the request.</summary>
    public static ulong Time(scoped ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number
        && reader.ValueSpan is [(byte)'-', (>= (byte)'0' and <= (byte)'9'), ..]
            ? ulong.MaxValue
            : UInt64(ref reader);

    /// <summary>An enum's number; names are not allowed in OTLP's JSON.</summary>
    public static long Enum(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return 0;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
            return number;
        throw Wrong(ref reader, "the number of an enum value");
    }

    /// <summary>A double as JSON number, decimal string, "NaN", "Infinity" or "-Infinity"; 0 for null.</summary>
    public static double Double(scoped ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return 0;
            case JsonTokenType.Number when reader.TryGetDouble(out var number):
                return number;
            case JsonTokenType.String
                when double.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return number;
            default:
                throw Wrong(ref reader, "a number");
        }
    }

    public static bool Bool(scoped ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw Wrong(ref reader, "true or false"),
        };

    public static OtlpFormatException Wrong(scoped ref Utf8JsonReader reader, string expected) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The JSON body holds {Name(reader.TokenType)} where {expected} belongs, at byte {reader.TokenStartIndex}."
            ),
            reader.TokenStartIndex
        );

    private static bool TryBegin(scoped ref Utf8JsonReader reader, JsonTokenType start, string expected)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return false;
        return reader.TokenType == start ? true : throw Wrong(ref reader, expected);
    }

    private static string Name(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number (or one out of range)",
            JsonTokenType.True or JsonTokenType.False => "true or false",
            JsonTokenType.Null => "null",
            _ => "something else",
        };

    private static byte[] Unescape(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u' && i + 4 < text.Length)
            {
                result.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                result.Append(
                    text[i] switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'b' => '\b',
                        'f' => '\f',
                        var other => other,
                    }
                );
            }
        }

        return Encoding.UTF8.GetBytes(result.ToString());
    }
}
