namespace Copilot.Analysis.Tests.Simulation;

/// <summary>How a made-up system is built and instrumented: systems differ in these as much as in their faults.</summary>
internal sealed record SimStyle
{
    /// <summary>Callers send CLIENT spans; else a callee's span hangs right under the caller's.</summary>
    public required bool HasClientSpans { get; init; }

    /// <summary>Failures set the span status.</summary>
    public required bool HasStatus { get; init; }

    public required bool HasDatabaseSpans { get; init; }

    public required bool HasInnerSpans { get; init; }

    public required bool HasLogs { get; init; }

    /// <summary>Log records name the trace that they belong to.</summary>
    public bool LogsNameTraces { get; init; } = true;

    public required bool HasMetrics { get; init; }

    public required bool HasPeerNames { get; init; }

    /// <summary>Spread of a span's own time: the sigma of its logarithm.</summary>
    public required double Spread { get; init; }

    public override string ToString() =>
        string.Join(
            ' ',
            new[]
            {
                HasClientSpans ? "" : "no client spans",
                HasStatus ? "" : "no status",
                HasDatabaseSpans ? "" : "no database spans",
                HasLogs ? "" : "no logs",
            }.Where(w => w.Length > 0)
        );

    public static SimStyle Random(Random random) =>
        new()
        {
            HasClientSpans = random.NextDouble() < 0.85,
            HasStatus = random.NextDouble() < 0.8,
            HasDatabaseSpans = random.NextDouble() < 0.8,
            HasInnerSpans = random.NextDouble() < 0.6,
            HasLogs = random.NextDouble() < 0.5,
            HasMetrics = random.NextDouble() < 0.5,
            HasPeerNames = random.NextDouble() < 0.6,
            Spread = 0.15 + (0.4 * random.NextDouble()),
        };
}
