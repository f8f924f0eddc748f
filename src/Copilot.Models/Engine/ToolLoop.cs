using System.Text;
using Copilot.Models.Providers;
using Copilot.Models.Tools;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Copilot.Models.Engine;

/// <summary>Rounds of calls and results until the model answers in words, within the question's limits.</summary>
internal sealed class ToolLoop(IChatClient client, ModelOptions options, Spending spending)
{
    private readonly ModelLimits _limits = options.Limits;

    /// <param name="said">Is told of each piece of text as it comes; text of a round that ends in calls is taken back by what
    /// follows.</param>
    /// <returns>The text of the last round.</returns>
    /// <exception cref="ModelException">A limit was reached without an answer, or the provider failed.</exception>
    public async Task<string> RunAsync(
        List<ChatMessage> messages,
        ToolLedger ledger,
        Action<string> said,
        CancellationToken cancellationToken
    )
    {
        for (var step = 1; step <= _limits.Steps; step++)
        {
            // In the last round the model may call nothing, so that it can only answer. The tools stay: a history with calls needs them.
            var last = step == _limits.Steps;
            if (last)
                messages.Add(new ChatMessage(ChatRole.User, Prompts.Final));
            var asked = new ChatOptions
            {
                Tools = [.. ledger.Declarations],
                ToolMode = last ? ChatToolMode.None : ChatToolMode.Auto,
                MaxOutputTokens = _limits.AnswerTokens,
                ModelId = options.Name,
            };
            spending.Allow(messages);
            var (text, calls) = await RoundAsync(messages, asked, said, cancellationToken);
            if (calls.Count == 0)
                return text.Trim() is { Length: > 0 } words ? words : throw new ModelException("the model said nothing");
            if (last)
                break;
            messages.Add(new ChatMessage(ChatRole.Assistant, [.. Spoken(text), .. calls]));
            messages.Add(new ChatMessage(ChatRole.Tool, await ResultsAsync(calls, ledger, cancellationToken)));
        }

        throw new ModelException($"the model gave no answer within {_limits.Steps} rounds");
    }

    // Each call is answered exactly once, also those over the limit: the protocols refuse a history with open calls.
    private async Task<List<AIContent>> ResultsAsync(
        List<FunctionCallContent> calls,
        ToolLedger ledger,
        CancellationToken cancellationToken
    )
    {
        var results = new List<AIContent>();
        foreach (var call in calls)
        {
            var result =
                results.Count < _limits.CallsPerStep
                    ? await ledger.CallAsync(call, cancellationToken)
                    : ToolResult.Refused($"At most {_limits.CallsPerStep} calls a round; ask again if it is still needed.").ToString();
            results.Add(new FunctionResultContent(call.CallId, result));
        }

        return results;
    }

    private static IEnumerable<AIContent> Spoken(string text) => string.IsNullOrWhiteSpace(text) ? [] : [new TextContent(text.Trim())];

    private async Task<(string Text, List<FunctionCallContent> Calls)> RoundAsync(
        List<ChatMessage> messages,
        ChatOptions asked,
        Action<string> said,
        CancellationToken cancellationToken
    )
    {
        var text = new StringBuilder();
        var calls = new List<FunctionCallContent>();
        ChatFinishReason? finish = null;
        UsageDetails usage = new();
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(messages, asked, cancellationToken))
            {
                finish = update.FinishReason ?? finish;
                // A refusal comes in a member of its own that the common shape does not carry while it streams.
                if (update.RawRepresentation is StreamingChatCompletionUpdate { RefusalUpdate.Length: > 0 })
                    throw Declined();
                foreach (var content in update.Contents)
                {
                    switch (content)
                    {
                        case TextContent piece when piece.Text.Length > 0:
                            text.Append(piece.Text);
                            said(piece.Text);
                            break;
                        case FunctionCallContent call:
                            calls.Add(call);
                            break;
                        case UsageContent told:
                            usage.Add(told.Details);
                            break;
                        case ErrorContent:
                            throw new ModelException("the model's provider reported an error");
                    }
                }
            }
        }
        catch (Exception failure) when (failure is not ModelException && ProviderFailure.Explain(failure) is not null)
        {
            throw new ModelException(ProviderFailure.Explain(failure)!, failure);
        }

        // A provider that tells no usage is counted by its text.
        spending.Add(
            usage.InputTokenCount ?? messages.Sum(message => message.Text.Length) / ToolThresholds.CharactersPerToken,
            usage.OutputTokenCount ?? text.Length / ToolThresholds.CharactersPerToken
        );
        if (finish is null)
            throw new ModelException("the model's provider broke off in the middle of its answer");
        if (finish == ChatFinishReason.ContentFilter)
            throw Declined();
        if (finish == ChatFinishReason.Length)
            throw new ModelException($"the model's answer was cut off at {_limits.AnswerTokens} tokens");
        return (text.ToString(), calls);
    }

    private static ModelException Declined() => new("the model declined to answer");
}
