using System.Globalization;
using Copilot.Models.Providers;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Engine;

/// <summary>What one question has used of its model, held against its limits.</summary>
internal sealed class Spending(ModelOptions options)
{
    private readonly ModelPrice? _price = options.Price;

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public int Rounds { get; private set; }

    /// <summary>Null where no price is known.</summary>
    public decimal? Cost => _price is null ? null : CostOf(InputTokens, OutputTokens, _price);

    /// <summary>Before a round: what it will at least use is known by the length of what is sent.</summary>
    /// <exception cref="ModelException">The round would go over a limit.</exception>
    public void Allow(IEnumerable<ChatMessage> messages)
    {
        var length = messages.SelectMany(message => message.Contents).Sum(LengthOf) / ToolThresholds.CharactersPerToken;
        Check(InputTokens + length, OutputTokens);
        Rounds++;
    }

    /// <summary>After a round.</summary>
    /// <exception cref="ModelException">The question has used up what it may.</exception>
    public void Add(long input, long output)
    {
        InputTokens += input;
        OutputTokens += output;
        Check(InputTokens, OutputTokens);
    }

    private void Check(long input, long output)
    {
        if (input + output > options.Limits.Tokens)
            throw new ModelException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the question would take more than the {options.Limits.Tokens:#,0} tokens it may use"
                )
            );
        if (_price is not null && options.Limits.Money is { } most && CostOf(input, output, _price) > most)
            throw new ModelException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the question would cost more than the {most:0.####} {options.Currency} it may cost"
                )
            );
    }

    private static decimal CostOf(long input, long output, ModelPrice price) =>
        ((input * price.Input) + (output * price.Output)) / 1_000_000m;

    private static long LengthOf(AIContent content) =>
        content switch
        {
            TextContent text => text.Text.Length,
            FunctionResultContent { Result: string result } => result.Length,
            FunctionCallContent call => call.Name.Length
                + (call.Arguments?.Sum(argument => argument.Key.Length + (argument.Value?.ToString()?.Length ?? 0)) ?? 0),
            _ => 0,
        };
}
