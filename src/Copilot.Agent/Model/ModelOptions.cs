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

    /// <summary>Rounds of calls a question may take.</summary>
    public int MostSteps { get; init; } = 8;

    public int MostCallsPerStep { get; init; } = 6;

    /// <summary>Tokens of all rounds together, in and out.</summary>
    public int MostTokens { get; init; } = 60_000;

    public int MostAnswerTokens { get; init; } = 1_200;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Characters of one tool's result that the model gets to see.</summary>
    public int LongestResult { get; init; } = 6_000;

    public bool IsConfigured => Provider.Length > 0 && Name.Length > 0;
}
