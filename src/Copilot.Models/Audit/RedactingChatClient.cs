using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Audit;

/// <summary>The last door before a model: whatever a message holds is redacted here, whoever wrote it.</summary>
internal sealed class RedactingChatClient(IChatClient client, Redactor redactor) : DelegatingChatClient(client)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => base.GetResponseAsync(messages.Select(Clean).ToList(), options, cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var update in base.GetStreamingResponseAsync(messages.Select(Clean).ToList(), options, cancellationToken))
            yield return update;
    }

    private ChatMessage Clean(ChatMessage message) => new(message.Role, [.. message.Contents.Select(Clean)]);

    private AIContent Clean(AIContent content) =>
        content switch
        {
            TextContent text => new TextContent(redactor.Redact(text.Text)),
            FunctionResultContent result => new FunctionResultContent(
                result.CallId,
                redactor.RedactJson(result.Result?.ToString() ?? string.Empty)
            ),
            FunctionCallContent call => new FunctionCallContent(
                call.CallId,
                call.Name,
                call.Arguments?.ToDictionary(argument => argument.Key, argument => Clean(argument.Value))
            ),
            _ => throw new InvalidOperationException($"{content.GetType().Name} cannot be redacted, so it is not sent."),
        };

    private object? Clean(object? argument) =>
        argument is null ? null : JsonSerializer.Deserialize<JsonElement>(redactor.RedactJson(JsonSerializer.Serialize(argument)));
}
