using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Copilot.Agent.Model.Providers;

/// <summary>The chat-completions protocol of OpenAI, Azure and compatible servers behind <see cref="IChatClient"/>, streaming only.</summary>
internal sealed class OpenAiChatClient(ChatClient client) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken)) updates.Add(update);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. updates.SelectMany(update => update.Contents)]));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new SortedDictionary<int, PartialCall>();
        await foreach (var update in client.CompleteChatStreamingAsync(OpenAiMessages.Of(messages), OpenAiMessages.Options(options), cancellationToken))
        {
            foreach (var text in update.ContentUpdate.Where(part => part.Text is { Length: > 0 }))
                yield return new ChatResponseUpdate(ChatRole.Assistant, text.Text);
            foreach (var part in update.ToolCallUpdates)
            {
                if (!calls.TryGetValue(part.Index, out var call)) calls[part.Index] = call = new PartialCall();
                if (part.ToolCallId is { Length: > 0 } id) call.Id = id;
                if (part.FunctionName is { Length: > 0 } name) call.Name = name;
                if (part.FunctionArgumentsUpdate is { } arguments) call.Arguments.Append(arguments);
            }

            if (update.Usage is { } usage)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails
                {
                    InputTokenCount = usage.InputTokenCount,
                    OutputTokenCount = usage.OutputTokenCount,
                    TotalTokenCount = usage.TotalTokenCount,
                })]);
            }
        }

        if (calls.Count > 0) yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls.Values.Select(call => call.ToContent())]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The SDK's client holds nothing of its own to give back.
    }

    private sealed class PartialCall
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public StringBuilder Arguments { get; } = new();

        public FunctionCallContent ToContent() => FunctionCallContent.CreateFromParsedArguments(
            Arguments.Length == 0 ? "{}" : Arguments.ToString(), Id, Name, text => JsonSerializer.Deserialize<Dictionary<string, object?>>(text));
    }
}
