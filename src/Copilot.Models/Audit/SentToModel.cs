using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Audit;

/// <summary>What left for a model while one question was answered, for the person who asks.</summary>
/// <param name="Cost">Null where no price is known.</param>
/// <param name="Outcome">asking, answered, interrupted (the process ended meanwhile), or why the built-in interpreter stood in.</param>
/// <param name="Messages">Everything that was sent and what came back, in order; each once, though each round sends all before it
/// again.</param>
public sealed record SentToModel(
    string? ConversationId,
    int? Turn,
    DateTimeOffset AskedAt,
    string Asker,
    string Provider,
    string Model,
    string? Address,
    int Rounds,
    long InputTokens,
    long OutputTokens,
    decimal? Cost,
    string? Currency,
    string Outcome,
    IReadOnlyList<SentMessage> Messages
)
{
    /// <summary>The outcome where the model's own answer was given.</summary>
    public const string Answered = "answered";
}

/// <summary>One message as a model read or wrote it.</summary>
/// <param name="Role">system, user, assistant or tool.</param>
/// <param name="Text">Its words; of a call the name and arguments, of a result the result.</param>
public sealed record SentMessage(string Role, string Text)
{
    internal static IEnumerable<SentMessage> Of(ChatMessage message) =>
        message.Contents.Select(content => new SentMessage(
            message.Role.Value,
            content switch
            {
                TextContent text => text.Text,
                FunctionCallContent call => $"{call.Name} {JsonSerializer.Serialize(call.Arguments)}",
                FunctionResultContent result => result.Result?.ToString() ?? string.Empty,
                _ => content.GetType().Name,
            }
        ));
}
