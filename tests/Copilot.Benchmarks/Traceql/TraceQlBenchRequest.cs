namespace Copilot.Benchmarks.Traceql;

/// <summary>What <c>traceql</c> is asked to do.</summary>
internal sealed record TraceQlBenchRequest
{
    public required int Spans { get; init; }

    /// <summary>How often each query is asked.</summary>
    public required int Times { get; init; }

    /// <summary>Where the store lies or is to lie; null: in a temporary folder.</summary>
    public required string? Folder { get; init; }

    public required bool Keep { get; init; }

    public required bool FillOnly { get; init; }

    /// <summary>Leaves the plain table out.</summary>
    public required bool WithoutPlain { get; init; }

    public required string? JsonFile { get; init; }
}
