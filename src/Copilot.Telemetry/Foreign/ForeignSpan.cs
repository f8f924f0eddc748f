namespace Copilot.Telemetry.Foreign;

/// <summary>A span as Jaeger and Zipkin both know it; times in microseconds, ids in hex of full length.</summary>
internal sealed record ForeignSpan
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    public string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    /// <summary>OTLP's number.</summary>
    public required int Kind { get; init; }

    public required long StartMicros { get; init; }

    public required long DurationMicros { get; init; }

    public bool Failed { get; init; }

    public string? StatusMessage { get; init; }

    public required IReadOnlyList<ForeignAttribute> Attributes { get; init; }

    public required IReadOnlyList<(long Micros, string Name, IReadOnlyList<ForeignAttribute> Attributes)> Events { get; init; }

    public IReadOnlyList<(string TraceId, string SpanId)> Links { get; init; } = [];
}
