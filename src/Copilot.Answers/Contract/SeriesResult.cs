using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copilot.Answers.Contract;

/// <summary>A measure over time.</summary>
public sealed record SeriesResult(string Name, string Unit, IReadOnlyList<SeriesPoint> Points) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Series(this);
}

/// <summary>One point of a series; JSON shows it as <c>[RFC 3339, number]</c>.</summary>
[JsonConverter(typeof(AsPair))]
public readonly record struct SeriesPoint(DateTimeOffset Time, double Value)
{
    private sealed class AsPair : JsonConverter<SeriesPoint>
    {
        public override SeriesPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            var time = reader.GetDateTimeOffset();
            reader.Read();
            var value = reader.GetDouble();
            reader.Read();
            return new SeriesPoint(time, value);
        }

        public override void Write(Utf8JsonWriter writer, SeriesPoint value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Time);
            writer.WriteNumberValue(value.Value);
            writer.WriteEndArray();
        }
    }
}
