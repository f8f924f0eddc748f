namespace Copilot.Benchmarks.Traceql;

/// <summary>How long one question took, and the same in SQL over the plain table.</summary>
internal sealed record TraceQlFigures
{
    public required string Query { get; init; }

    public required long Spans { get; init; }

    public required double P50Ms { get; init; }

    public required double P95Ms { get; init; }

    /// <summary>Null: not measured.</summary>
    public double? PlainP50Ms { get; init; }

    /// <summary>With an index over all attributes; null: not measured.</summary>
    public double? PlainWithGinP50Ms { get; init; }
}
