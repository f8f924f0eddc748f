namespace Copilot.Testing;

/// <summary>What a point of a metric is, besides its name, time and value.</summary>
public sealed record MetricPointRow
{
    /// <summary>gauge, sum, histogram, exponential_histogram, summary.</summary>
    public string Kind { get; init; } = "gauge";

    public string Unit { get; init; } = "1";

    public bool Monotonic { get; init; }

    public bool Delta { get; init; }

    /// <summary>Since when it counts, in seconds; null: not told.</summary>
    public double? Since { get; init; }

    public bool NoValue { get; init; }

    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    public IReadOnlyDictionary<string, object>? Resource { get; init; }

    public long? Count { get; init; }

    public double? Sum { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>JSON as the store keeps it.</summary>
    public string? Buckets { get; init; }
}
