using System.Text.Json.Serialization;
using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Reports;

/// <summary>What is wrong, where it starts, whom it reaches, and why one should believe it.</summary>
public sealed record CauseReport
{
    public required CauseVerdict Verdict { get; init; }

    /// <summary>In words: why there is a cause, or why there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>Best first, every service at most once. Without a cause these are only what moved most.</summary>
    public required IReadOnlyList<CauseItem> Items { get; init; }

    /// <summary>The cause first. Empty without a cause.</summary>
    public IReadOnlyList<AffectedItem> Affected { get; init; } = [];

    /// <summary>Clearly worse, but not through the cause named.</summary>
    public IReadOnlyList<HealthChange> WorseOtherwise { get; init; } = [];

    /// <summary>From the request that users send down to the cause.</summary>
    public IReadOnlyList<PropagationStep> Path { get; init; } = [];

    public IReadOnlyList<RejectedCause> Rejected { get; init; } = [];

    /// <summary>What would confirm or refute it.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Every service's figures, before and now.</summary>
    public IReadOnlyList<HealthChange> Health { get; init; } = [];

    /// <summary>Services that people meet: they serve requests and nobody instrumented calls them. Workers that start their own traces are
    /// none.</summary>
    public IReadOnlySet<string> FacingUsers { get; init; } = new HashSet<string>();

    /// <summary>False where too little was received before to say what is usual.</summary>
    public bool HasBaseline { get; init; } = true;

    /// <summary>So many of the bad window's traces were left out, because part of them may still have been on its way.</summary>
    public int StillArriving { get; init; }

    public double TrafficRatio { get; init; } = 1;
}

public enum CauseVerdict
{
    /// <summary>Nothing is worse than the baseline, or too little was received to say.</summary>
    NoCause,

    /// <summary>Only traffic grew; what is slower is slower because of it.</summary>
    Surge,

    Cause,
}

/// <summary>A service that is clearly worse and is the cause or calls it.</summary>
public sealed record AffectedItem
{
    public required string Service { get; init; }

    /// <summary><c>cause</c> or <c>affected</c>.</summary>
    public required string Role { get; init; }

    public required double Score { get; init; }

    public required HealthChange Health { get; init; }
}

/// <summary>A service that one might suspect.</summary>
/// <param name="Reason">What speaks against it, with the figures.</param>
public sealed record RejectedCause(string Service, string Reason);

/// <summary>One call on the way from what users see to the cause. Durations are means in milliseconds.</summary>
public sealed record PropagationStep(string Caller, string Callee, string Operation, double UsualMs, double NowMs)
{
    /// <summary>The callee's error rate before, 0 to 1; null where it serves no requests, and in what was kept before rates were.</summary>
    public double? UsualErrorRate { get; init; }

    /// <summary>The callee's error rate in the window, 0 to 1.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>Whether an eye should stop at it, in the way from what users see to the cause.</summary>
    [JsonIgnore]
    public bool FailsMore => ErrorRate >= UsualErrorRate + PathThresholds.MarkedErrors;

    [JsonIgnore]
    public bool IsSlower => NowMs >= PathThresholds.MarkedTimes * UsualMs;
}
