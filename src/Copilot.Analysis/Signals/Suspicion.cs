namespace Copilot.Analysis.Signals;

/// <summary>One place that behaves differently in the bad window than in the baseline.</summary>
public sealed record Suspicion
{
    /// <summary>The name (service or peer) to which it points.</summary>
    public required int Node { get; init; }

    public required SignalKind Kind { get; init; }

    /// <summary>The entry operation concerned, or -1.</summary>
    public int Operation { get; init; } = -1;

    /// <summary>Where it is seen, when that is not the node itself: the caller of a slow edge.</summary>
    public int SeenAt { get; init; } = -1;

    public required int Hits { get; init; }

    public required int Count { get; init; }

    public required int BaseHits { get; init; }

    public required int BaseCount { get; init; }

    /// <summary>How surprising that is, in standard deviations.</summary>
    public required double Surprise { get; init; }

    /// <summary>Milliseconds lost here in all, beyond the usual.</summary>
    public double ExcessMs { get; init; }

    public double UsualMs { get; init; }

    public double NowMs { get; init; }

    /// <summary>The median of those that are slow.</summary>
    public double SlowMs { get; init; }

    /// <summary>The requests of the bad window concerned, by index; for an edge, the calling ones.</summary>
    public IReadOnlyList<int> Requests { get; init; } = [];

    /// <summary>What exactly: the vanished step, the metric, the error type.</summary>
    public string Detail { get; init; } = "";
}
