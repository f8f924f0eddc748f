using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Copilot.Agent.Tools;

/// <summary>
/// A text of a result that somebody vouches for. It stands as a leaf in the result's tree until the result is written out; every leaf that
/// is a plain string instead is a stranger's, is shown to the model as "quoted…" and is no fact for the check of the model's words.
/// </summary>
[JsonConverter(typeof(AsText))]
internal sealed record KnownText(string Text, KnownAs As)
{
    public Author Author => As is KnownAs.Person or KnownAs.Team or KnownAs.Document ? Author.Catalogue : Author.Computed;

    public static JsonNode? Leaf(string? text, KnownAs what) => text is null ? null : JsonValue.Create(new KnownText(text, what));

    public static JsonArray List(IEnumerable<string> texts, KnownAs what) => new([.. texts.Select(text => Leaf(text, what))]);

    public static JsonNode Time(DateTimeOffset time) => Leaf(JsonSerializer.SerializeToElement(time).GetString()!, KnownAs.Time)!;

    /// <summary>The text of a leaf and what it is known as; null for a stranger's. Null altogether where the node is no text.</summary>
    public static (string Text, KnownAs? As)? Of(JsonNode? node) => node is not JsonValue leaf ? null
        : leaf.TryGetValue<KnownText>(out var known) ? (known.Text, known.As)
        : leaf.TryGetValue<string>(out var text) ? (text, null)
        : null;

    /// <summary>The same leaf with another text.</summary>
    public static JsonNode With(string text, KnownAs? what) => what is { } known ? Leaf(text, known)! : JsonValue.Create(text);

    private sealed class AsText : JsonConverter<KnownText>
    {
        public override KnownText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Who wrote a text cannot be read back from JSON.");

        public override void Write(Utf8JsonWriter writer, KnownText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}
