namespace Copilot.Store.Reads.Tables;

/// <summary>One row of a table.</summary>
/// <param name="Time">The start of its step; null where the table has none.</param>
/// <param name="Groups">In the order of <see cref="SpanTableQuery.By"/>; null where a span does not carry the attribute.</param>
/// <param name="Values">In the order of <see cref="SpanTableQuery.Measures"/>; null where there was nothing to measure.</param>
public sealed record SpanTableRow(DateTimeOffset? Time, IReadOnlyList<string?> Groups, IReadOnlyList<double?> Values)
{
    /// <summary>How many requests, spans or traces the numbers are of.</summary>
    public required long Count { get; init; }

    /// <summary>How many of them failed.</summary>
    public required long Failed { get; init; }

    /// <summary>How many of them their sender kept by sampling.</summary>
    public long Sampled { get; init; }

    /// <summary>How many there were before senders sampled.</summary>
    public double Estimated { get; init; }
}
