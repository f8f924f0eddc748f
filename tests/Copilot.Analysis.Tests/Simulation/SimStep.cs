namespace Copilot.Analysis.Tests.Simulation;

/// <summary>One thing that an operation does: a call to another service, to a peer, or a message.</summary>
internal sealed record SimStep
{
    public SimOperation? Target { get; init; }

    public SimPeer? Peer { get; init; }

    public double Probability { get; init; } = 1;

    public bool IsMessage { get; init; }

    public int Retries { get; init; }

    public double TimeoutMs { get; init; } = 3000;

    /// <summary>How long the caller waits after a failed try, twice as long after each further one.</summary>
    public double BackoffMs(int attempt) => TimeoutMs / 20 * Math.Pow(2, attempt);

    /// <summary>The caller goes on when the call fails.</summary>
    public bool IsOptional { get; init; }
}
