using System.Text.Json;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Api.Traces;

/// <summary>One span in its place in the trace. Times in milliseconds; <c>offsetMs</c> counts from the trace's first start.</summary>
public sealed record AssembledSpan
{
    public required string SpanId { get; init; }

    public string? ParentSpanId { get; init; }

    public required int Depth { get; init; }

    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required SpanKind Kind { get; init; }

    public required SpanStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required double OffsetMs { get; init; }

    public required double DurationMs { get; init; }

    /// <summary>Its duration less what its children cover of it.</summary>
    public required double SelfMs { get; init; }

    /// <summary>How much of the trace's critical path is its own: for so long the answer waited for this span itself.</summary>
    public required double CriticalMs { get; init; }

    public required int Descendants { get; init; }

    public bool ParentMissing { get; init; }

    public bool OutlastsParent { get; init; }

    public bool StartsBeforeParent { get; init; }

    public required string Scope { get; init; }

    /// <summary>Key into the trace's <c>resources</c>.</summary>
    public required string Resource { get; init; }

    public required JsonElement Attributes { get; init; }

    public required JsonElement Events { get; init; }

    public required JsonElement Links { get; init; }

    public IReadOnlyList<AssembledLog> Logs { get; init; } = [];
}
