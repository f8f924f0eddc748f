using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Store.Investigations;

/// <summary>
/// The kind of an investigation is that of its cause, or none where an alert was looked into and nothing stood out; kept, sent and shown
/// as <c>alert</c> then.
/// </summary>
public static class InvestigationKind
{
    private const string Alert = "alert";

    public static string Word(CauseKind? kind) => kind is { } known ? known.Word() : Alert;

    /// <exception cref="FormatException">No kind is called so.</exception>
    public static CauseKind? Parse(string word) => word == Alert ? null : EnumWords.Parse<CauseKind>(word);
}

/// <summary>The same in JSON.</summary>
public sealed class InvestigationKindConverter : JsonConverter<CauseKind?>
{
    public override bool HandleNull => true;

    public override CauseKind? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InvestigationKind.Parse(reader.GetString() ?? throw new JsonException("An investigation's kind is a word."));

    public override void Write(Utf8JsonWriter writer, CauseKind? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(InvestigationKind.Word(value));
}
