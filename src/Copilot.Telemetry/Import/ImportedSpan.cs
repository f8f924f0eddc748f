namespace Copilot.Telemetry.Import;

/// <summary>A span as Jaeger and Zipkin both know it; times in microseconds, ids in hex of full length.</summary>
internal sealed record ImportedSpan
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

    public required IReadOnlyList<ImportedAttribute> Attributes { get; init; }

    public required IReadOnlyList<(long Micros, string Name, IReadOnlyList<ImportedAttribute> Attributes)> Events { get; init; }

    public IReadOnlyList<(string TraceId, string SpanId)> Links { get; init; } = [];
}

/// <summary>A key with a text, a whole number (long), a double or a bool.</summary>
internal readonly record struct ImportedAttribute(string Key, object Value);

/// <summary>Ids that other tracers write shorter than OTLP does: 64-bit trace ids, and without leading zeros.</summary>
internal static class HexId
{
    public static string Pad(string? id, int length) => (id ?? "").PadLeft(length, '0');
}
