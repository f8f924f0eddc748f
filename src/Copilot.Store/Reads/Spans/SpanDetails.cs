namespace Copilot.Store.Reads.Spans;

/// <summary>All that a span carries beside its place in the trace.</summary>
public sealed record SpanDetails
{
    /// <summary>The span's own attributes, promoted ones included, by key.</summary>
    public required IReadOnlyList<AttributeEntry> Attributes { get; init; }

    /// <summary>Of the process that sent it.</summary>
    public required IReadOnlyList<AttributeEntry> Resource { get; init; }

    public required IReadOnlyList<SpanEventEntry> Events { get; init; }

    public required IReadOnlyList<SpanLinkEntry> Links { get; init; }

    /// <summary>The instrumentation that made it, with its version.</summary>
    public string? Scope { get; init; }

    public string? TraceState { get; init; }
}
