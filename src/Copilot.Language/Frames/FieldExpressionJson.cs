using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Frames;

/// <summary>A field expression as the TraceQL that it prints: what a conversation keeps can be read by people and parsed again.</summary>
internal sealed class FieldExpressionJson : JsonConverter<FieldExpression>
{
    public override FieldExpression? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? Parse(text) : null;

    public override void Write(Utf8JsonWriter writer, FieldExpression value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    // A bare field stands for "there is a value" between braces, so what is parsed is asked for the field alone.
    internal static FieldExpression Parse(string text)
    {
        try
        {
            return TraceQlParser.ParseFilter($"{{ {text} }}").Condition;
        }
        catch (TraceQlException)
        {
            return Operand($"{{ {text} != nil }}");
        }
    }

    private static FieldExpression Operand(string filter) =>
        TraceQlParser.ParseFilter(filter).Condition is FieldBinary { Left: var left }
            ? left
            : throw new JsonException($"no field: {filter}");
}

/// <inheritdoc cref="FieldExpressionJson"/>
internal sealed class FieldExpressionListJson : JsonConverter<IReadOnlyList<FieldExpression>>
{
    public override IReadOnlyList<FieldExpression> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. (JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []).Select(FieldExpressionJson.Parse)];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<FieldExpression> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Select(e => e.ToString()).ToArray(), options);
}
