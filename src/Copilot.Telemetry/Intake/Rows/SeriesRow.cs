namespace Copilot.Telemetry.Intake.Rows;

/// <summary>What the points of a metric with the same attributes share.</summary>
public sealed record SeriesRow
{
    /// <summary>Of the resource and of everything below.</summary>
    public required Guid Hash { get; init; }

    public required int Resource { get; init; }

    public required string Name { get; init; }

    public required string Unit { get; init; }

    public required MetricKind Kind { get; init; }

    /// <summary>OTLP's number: 0 unspecified, 1 delta, 2 cumulative.</summary>
    public required short Temporality { get; init; }

    public required bool Monotonic { get; init; }

    /// <summary>A JSON object in the batch's arena, or absent.</summary>
    public TextSlice Attributes { get; init; }
}
