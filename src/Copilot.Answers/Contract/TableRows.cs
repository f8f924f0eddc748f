using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copilot.Answers.Contract;

/// <summary>
/// A table's rows as JSON and back: a cell is a text, a number or null, and nothing else. Whole numbers and fractions stay apart ("5" is
/// a <see cref="long"/>, "5.0" a <see cref="double"/>), times are RFC 3339, and a fraction that is no number is null.
/// </summary>
internal sealed class TableRows : JsonConverter<IReadOnlyList<IReadOnlyList<object?>>>
{
    public override IReadOnlyList<IReadOnlyList<object?>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rows = new List<IReadOnlyList<object?>>();
        Begin(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var row = new List<object?>();
            Begin(ref reader);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                row.Add(Cell(ref reader));
            rows.Add(row);
        }

        return rows;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<object?>> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var row in value)
        {
            writer.WriteStartArray();
            foreach (var cell in row)
                Write(writer, cell);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void Begin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A table's rows are a list of lists.");
    }

    private static object? Cell(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            // "5.0" is no long as it stands, nor is what is longer than one.
            JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
            JsonTokenType.Number => reader.GetDouble(),
            _ => throw new JsonException("A table's cell is a text, a number or null."),
        };

    private static void Write(Utf8JsonWriter writer, object? cell)
    {
        switch (TableColumn.Plain(cell))
        {
            case null:
                writer.WriteNullValue();
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double fraction:
                var digits = fraction.ToString("R", CultureInfo.InvariantCulture);
                writer.WriteRawValue(digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0");
                break;
            case var text:
                writer.WriteStringValue((string)text);
                break;
        }
    }
}
