using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Copilot.Telemetry.Records;

namespace Copilot.Models.Audit;

/// <summary>Who wrote a text that a tool gives back.</summary>
internal enum Author
{
    /// <summary>Anyone who may send telemetry or hand in a file. What nobody vouches for is a stranger's, so a tool cannot forget to say
    /// so.</summary>
    Stranger,

    /// <summary>This code: what it reckoned, and names, ids and times that its typed reads have in fields of their own.</summary>
    Computed,

    /// <summary>The catalogue of teams and people.</summary>
    Catalogue,
}

/// <summary>What a text of a result is known as. A name is a fact as what it is and as nothing else: an operation called like a person is
/// no person.</summary>
internal enum KnownAs
{
    /// <summary>A service that the store knows.</summary>
    Service,

    /// <summary>An operation (span name) that the store knows.</summary>
    Operation,

    /// <summary>An attribute's key.</summary>
    Attribute,

    /// <summary>The id of a trace or a span.</summary>
    Id,

    /// <summary>An instant or a window.</summary>
    Time,

    /// <summary>A version that a change or a deploy was recorded with.</summary>
    Version,

    /// <summary>A person of the catalogue.</summary>
    Person,

    /// <summary>A team of the catalogue.</summary>
    Team,

    /// <summary>A file, a channel or an address of the catalogue.</summary>
    Document,

    /// <summary>A word of this code: a status, a role, a measure, a unit.</summary>
    Word,

    /// <summary>A query that was run.</summary>
    Query,

    /// <summary>A sentence of this code whose numbers are facts; what it quotes is not.</summary>
    Claim,

    /// <summary>A sentence of this code that tells the data once more; nothing in it is a fact of its own.</summary>
    Told,
}

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

    /// <summary>A half-open window.</summary>
    public static JsonNode Window(TimeWindow window) => Leaf($"[{window.From.UtcDateTime:O}, {window.To.UtcDateTime:O})", KnownAs.Time)!;

    /// <summary>The text of a leaf and what it is known as; null for a stranger's. Null altogether where the node is no text.</summary>
    public static (string Text, KnownAs? As)? Of(JsonNode? node) =>
        node is not JsonValue leaf ? null
        : leaf.TryGetValue<KnownText>(out var known) ? (known.Text, known.As)
        : leaf.TryGetValue<string>(out var text) ? (text, null)
        : null;

    /// <summary>The same leaf with another text.</summary>
    public static JsonNode With(string text, KnownAs? what) => what is { } known ? Leaf(text, known)! : JsonValue.Create(text);

    private sealed class AsText : JsonConverter<KnownText>
    {
        public override KnownText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Who wrote a text cannot be read back from JSON.");

        public override void Write(Utf8JsonWriter writer, KnownText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
