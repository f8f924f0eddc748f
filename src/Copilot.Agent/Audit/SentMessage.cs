using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Audit;

/// <summary>One message as a model read or wrote it.</summary>
/// <param name="Role">system, user, assistant or tool.</param>
/// <param name="Text">Its words; of a call the name and arguments, of a result the result.</param>
public sealed record SentMessage(string Role, string Text)
{
    internal static IEnumerable<SentMessage> Of(ChatMessage message) => message.Contents.Select(content => new SentMessage(message.Role.Value, content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.Name} {JsonSerializer.Serialize(call.Arguments)}",
        FunctionResultContent result => result.Result?.ToString() ?? string.Empty,
        _ => content.GetType().Name,
    }));
}
