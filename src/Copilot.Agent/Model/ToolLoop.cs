using System.Text;
using Copilot.Agent.Model.Providers;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Model;

/// <summary>Rounds of calls and results until the model answers in words, within the question's limits.</summary>
internal sealed class ToolLoop(IChatClient client, ModelOptions options)
{
    /// <param name="said">Is told of each piece of text as it comes; text of a round that ends in calls is taken back by what follows.</param>
    /// <returns>The text of the last round.</returns>
    /// <exception cref="ModelException">A limit was reached without an answer.</exception>
    public async Task<string> RunAsync(
        List<ChatMessage> messages, IReadOnlyList<AIFunction> functions, ToolLedger ledger, Action<string> said, CancellationToken cancellation)
    {
        long tokens = 0;
        for (var step = 1; step <= options.Limits.Steps; step++)
        {
            var last = step == options.Limits.Steps;
            // In the last round the model gets no tools, so that it can only answer.
            if (last) messages.Add(new ChatMessage(ChatRole.User, Prompts.Final));
            var round = await RoundAsync(messages, last ? [] : functions, said, cancellation);
            tokens += round.Tokens;
            if (round.Calls.Count == 0)
                return round.Text.Trim() is { Length: > 0 } text ? text : throw new ModelException("the model said nothing");
            if (tokens > options.Limits.Tokens) throw new ModelException($"the question took more than {options.Limits.Tokens} tokens");

            messages.Add(new ChatMessage(ChatRole.Assistant, [.. Spoken(round.Text), .. round.Calls]));
            // Each call is answered exactly once, also those over the limit: the protocol refuses a history with open calls.
            var results = new List<AIContent>();
            foreach (var (call, place) in round.Calls.Select((call, place) => (call, place)))
            {
                var result = place < options.Limits.CallsPerStep
                    ? await ledger.CallAsync(call, cancellation)
                    : Tools.ToolResult.Refused($"At most {options.Limits.CallsPerStep} calls a round; ask again if it is still needed.");
                results.Add(new FunctionResultContent(call.CallId, result));
            }

            messages.Add(new ChatMessage(ChatRole.Tool, results));
        }

        throw new ModelException($"the model gave no answer within {options.Limits.Steps} rounds");
    }

    private static IEnumerable<AIContent> Spoken(string text) => text.Length > 0 ? [new TextContent(text)] : [];

    private async Task<(string Text, List<FunctionCallContent> Calls, long Tokens)> RoundAsync(
        List<ChatMessage> messages, IReadOnlyList<AIFunction> functions, Action<string> said, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var calls = new List<FunctionCallContent>();
        long tokens = 0;
        var asked = new ChatOptions
        {
            Tools = functions.Count > 0 ? [.. functions] : null,
            MaxOutputTokens = options.Limits.AnswerTokens,
            ModelId = options.Name,
        };
        await foreach (var update in client.GetStreamingResponseAsync(messages, asked, cancellation))
        {
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
                    case UsageContent usage:
                        tokens += usage.Details.TotalTokenCount ?? 0;
                        break;
                }
            }
        }

        // A provider that tells no usage is counted by its text: four characters a token.
        if (tokens == 0) tokens = (text.Length + messages.Sum(message => message.Text.Length)) / 4;
        return (text.ToString(), calls, tokens);
    }
}
