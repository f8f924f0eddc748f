namespace Copilot.Cli.Bench.Causes;

/// <summary>How long it took to find causes.</summary>
internal sealed record CausesFigures
{
    public required long Spans { get; init; }

    public required int Services { get; init; }

    /// <summary>Windows all over the day, each asked about for the first time.</summary>
    public required int Windows { get; init; }

    public required double P50Ms { get; init; }

    public required double P95Ms { get; init; }

    public required double MaxMs { get; init; }

    /// <summary>Windows in which nothing is wrong and a cause was named all the same.</summary>
    public required int FalseCauses { get; init; }

    /// <summary>Processor time of the app for one window, which other work on the machine does not change; Postgres' own not counted.</summary>
    public required double ProcessorMs { get; init; }

    /// <summary>The window in which a service goes wrong, where the store has one.</summary>
    public double? FaultMs { get; init; }

    /// <summary>Whom that names as the cause; null: nobody.</summary>
    public string? Named { get; init; }

    public string? Culprit { get; init; }
}
