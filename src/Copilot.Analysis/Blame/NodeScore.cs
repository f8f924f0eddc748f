using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Blame;

/// <summary>Everything that speaks against one service or peer, weighed.</summary>
internal sealed record NodeScore
{
    public required int Node { get; init; }

    public required double Score { get; init; }

    public required double Latency { get; init; }

    public required double Flow { get; init; }

    public required double Errors { get; init; }

    public required double Strain { get; init; }

    /// <summary>Milliseconds lost here, per trace.</summary>
    public required double LostMs { get; init; }

    /// <summary>The most surprising of its suspicions that requests suffer from.</summary>
    public required double Surprise { get; init; }

    public required IReadOnlyList<Suspicion> Suspicions { get; init; }
}
