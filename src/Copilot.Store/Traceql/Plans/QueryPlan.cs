namespace Copilot.Store.Traceql;

/// <summary>How a query would be answered.</summary>
public sealed record QueryPlan
{
    /// <summary>What happens, in words, in order.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>The partitions of spans that the window touches.</summary>
    public required IReadOnlyList<string> Partitions { get; init; }

    /// <summary>The indexes that Postgres would use.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>How many spans would be looked at, about; from Postgres' own statistics.</summary>
    public required long EstimatedSpans { get; init; }

    public required long Budget { get; init; }

    /// <summary>Why it would not run and how to narrow it; null where it would run.</summary>
    public string? Refusal { get; init; }

    public bool FromRollups { get; init; }
}
