using System.Text.Json;

namespace Copilot.Slack.Tests.Double;

/// <summary>What somebody submits who leaves a dialog's boxes as they are.</summary>
internal static class SlackDialog
{
    public static Dictionary<string, object> Ticked(JsonElement view) =>
        view.GetProperty("blocks")
            .EnumerateArray()
            .Where(block => block.GetProperty("type").GetString() == "input")
            .ToDictionary(
                block => block.GetProperty("block_id").GetString()!,
                block =>
                    (object)
                        new Dictionary<string, object>
                        {
                            [block.GetProperty("element").GetProperty("action_id").GetString()!] = new
                            {
                                selected_options = block.GetProperty("element").TryGetProperty("initial_options", out var ticked)
                                    ? ticked.EnumerateArray().ToArray()
                                    : [],
                            },
                        }
            );
}
