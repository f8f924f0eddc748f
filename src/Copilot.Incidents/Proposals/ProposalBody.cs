using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Incidents.Guide;

namespace Copilot.Incidents.Proposals;

/// <summary>A proposal as its row keeps it: as programs get it, but with the guide's sections and steps. What was kept before those
/// were has the guide as Markdown and is read too.</summary>
internal static class ProposalBody
{
    private static readonly JsonSerializerOptions _options = new() { Converters = { new GuideConverter() } };

    public static string Write(IncidentProposal proposal) => JsonSerializer.Serialize(proposal, _options);

    public static IncidentProposal Read(string body) =>
        JsonSerializer.Deserialize<IncidentProposal>(body, _options) ?? throw new JsonException("A proposal's row has no body.");

    private sealed class GuideConverter : JsonConverter<GuideDocument>
    {
        public override GuideDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? GuideMarkdown.Read(reader.GetString()!)
                : new GuideDocument(JsonSerializer.Deserialize<IReadOnlyList<GuideSection>>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, GuideDocument value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Sections, options);
    }
}
