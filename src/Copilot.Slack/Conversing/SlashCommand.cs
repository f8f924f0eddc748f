using Microsoft.Extensions.Primitives;

namespace Copilot.Slack.Conversing;

/// <summary>A slash command as it came.</summary>
public sealed record SlashCommand(string Text, string UserId, string UserName, string ChannelId, string TriggerId, Uri? ResponseUrl)
{
    /// <summary>Null where the form is no command.</summary>
    public static SlashCommand? Read(IReadOnlyDictionary<string, StringValues> form)
    {
        string Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";
        return Field("command").Length == 0 || Field("user_id").Length == 0
            ? null
            : new SlashCommand(
                Field("text").Trim(),
                Field("user_id"),
                Field("user_name"),
                Field("channel_id"),
                Field("trigger_id"),
                Uri.TryCreate(Field("response_url"), UriKind.Absolute, out var url) ? url : null
            );
    }
}
