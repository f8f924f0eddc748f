namespace Copilot.Agent.Questions.Selections;

/// <summary>Which changes.</summary>
public sealed record ChangeSelection
{
    /// <summary>deploy, rollback, flag, config, scale, …; empty for all. Each stands for every kind that contains it: "flag" for feature_flag.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>The change behind some trouble is asked for: the cause is looked for first, then what changed there shortly before the window.</summary>
    public bool BehindTrouble { get; init; }

    /// <summary>The time that the changes should be close to, in nanoseconds; nearest ones matter most.</summary>
    public long? NearNs { get; init; }

    /// <summary>A version that the change brought in.</summary>
    public string? Version { get; init; }

    /// <summary>How many are asked for ("the last deploy"): the newest.</summary>
    public int? Limit { get; init; }

    /// <summary>Who made it; a name or an address as in the catalogue.</summary>
    public string? Author { get; init; }
}
