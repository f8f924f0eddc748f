namespace Copilot.Agent.Model;

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
