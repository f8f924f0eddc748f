namespace Copilot.Instrument.Running;

/// <summary>A command that is to be started traced.</summary>
public sealed record RunRequest
{
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it is started.</summary>
    public required string Folder { get; init; }

    /// <summary>Where spans go, OTLP over HTTP.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What the service is called; null takes its project's or its folder's name.</summary>
    public string? Service { get; init; }

    /// <summary>Where the agent is, where it is not in one of its usual places.</summary>
    public string? Agent { get; init; }

    /// <summary>Null where the command shows it.</summary>
    public RuntimeLanguage? Language { get; init; }

    /// <summary>The environment of who starts it; what it sets already stays.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>The command as it is to be started, or what is missing.</summary>
public sealed record RunPlan
{
    public required RuntimeLanguage Language { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>What is set beside the environment that is there.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>What is missing and how to get it; null where it can be started traced.</summary>
    public string? Missing { get; init; }

    public string? Service { get; init; }
}
