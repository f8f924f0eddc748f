namespace Copilot.Agent.Model;

/// <summary>How much one question may use of a model; section <c>Model:Limits</c> of the configuration.</summary>
public sealed record ModelLimits
{
    /// <summary>Rounds of calls a question may take.</summary>
    public int Steps { get; init; } = 8;

    public int CallsPerStep { get; init; } = 6;

    /// <summary>Tokens of all rounds together, in and out.</summary>
    public int Tokens { get; init; } = 60_000;

    /// <summary>Tokens of one round's answer.</summary>
    public int AnswerTokens { get; init; } = 1_200;

    /// <summary>Tokens of one tool's result that the model gets to see, at four characters a token.</summary>
    public int ResultTokens { get; init; } = 1_500;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Money a question may cost, in the currency of the prices; null: no limit. It needs prices.</summary>
    public decimal? Money { get; init; }
}
