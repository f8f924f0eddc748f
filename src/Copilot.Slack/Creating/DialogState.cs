using System.Text.Json;

namespace Copilot.Slack.Creating;

/// <summary>What a dialog carries through Slack and back. It names what was shown; it is no permission.</summary>
internal sealed record DialogState(string ProposalId, string Digest, string? Channel, string? Thread)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static DialogState? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<DialogState>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
