namespace Copilot.Models.Providers;

/// <summary>Which model answers and how much it may use; section <c>Model</c> of the configuration.</summary>
public sealed record ModelOptions
{
    /// <summary>openai, azure, anthropic or compatible; empty: no model.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>Where it is, for azure (ending in <c>/openai/v1/</c>) and compatible servers.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Empty with azure: the machine's own identity is used.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The model's (at azure, the deployment's) name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The model answers where a question does not choose its engine.</summary>
    public bool Default { get; init; }

    public ModelLimits Limits { get; init; } = new();

    /// <summary>Prices by model: without one for <see cref="Name"/> a question's cost is not known and its money limit is off.</summary>
    public IReadOnlyList<ModelPrice> Prices { get; init; } = [];

    /// <summary>What the prices are in.</summary>
    public string Currency { get; init; } = "USD";

    public ModelPrice? Price => Prices.FirstOrDefault(price => price.Model.Equals(Name, StringComparison.OrdinalIgnoreCase));

    public bool IsConfigured => Provider.Length > 0 && Name.Length > 0;
}

/// <summary>How much one question may use of a model; section <c>Model:Limits</c> of the configuration.</summary>
public sealed record ModelLimits
{
    /// <summary>Rounds of calls a question may take.</summary>
    public int Steps { get; init; } = LimitThresholds.Steps;

    public int CallsPerStep { get; init; } = LimitThresholds.CallsPerStep;

    /// <summary>Tokens of all rounds together, in and out.</summary>
    public int Tokens { get; init; } = LimitThresholds.Tokens;

    /// <summary>Tokens of one round's answer.</summary>
    public int AnswerTokens { get; init; } = LimitThresholds.AnswerTokens;

    /// <summary>Tokens of one tool's result that the model gets to see, at four characters a token.</summary>
    public int ResultTokens { get; init; } = LimitThresholds.ResultTokens;

    public TimeSpan Time { get; init; } = LimitThresholds.Time;

    /// <summary>Money a question may cost, in the currency of the prices; null: no limit. It needs prices.</summary>
    public decimal? Money { get; init; }
}

/// <summary>What a provider asks for a million tokens of a model; an entry of <c>Model:Prices</c>.</summary>
public sealed record ModelPrice
{
    /// <summary>As <c>Model:Name</c> has it.</summary>
    public required string Model { get; init; }

    public required decimal Input { get; init; }

    public required decimal Output { get; init; }
}
