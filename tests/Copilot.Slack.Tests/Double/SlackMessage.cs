using System.Text.Json;

namespace Copilot.Slack.Tests.Double;

internal sealed class SlackMessage
{
    public required string Ts { get; init; }

    public string? ThreadTs { get; init; }

    public required string Text { get; set; }

    public JsonElement Blocks { get; set; }

    /// <summary>How often it was rewritten.</summary>
    public int Updates { get; set; }

    public JsonElement Metadata { get; init; }

    public JsonElement Attachments { get; init; }

    public object Shape() =>
        new
        {
            type = "message",
            ts = Ts,
            thread_ts = ThreadTs,
            text = Text,
            bot_id = "B00000001",
            blocks = Blocks.ValueKind == JsonValueKind.Undefined ? (JsonElement?)null : Blocks,
            attachments = Attachments.ValueKind == JsonValueKind.Undefined ? (JsonElement?)null : Attachments,
            metadata = Metadata.ValueKind == JsonValueKind.Undefined ? (JsonElement?)null : Metadata,
        };
}

/// <summary>What one person alone was shown.</summary>
internal sealed record SlackWhisper(string Channel, string User, string Text, JsonElement Blocks);
