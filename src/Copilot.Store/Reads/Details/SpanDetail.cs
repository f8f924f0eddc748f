using System.Text.Json;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Details;

/// <summary>One span with everything that was received of it.</summary>
public sealed record SpanDetail
{
    public required SpanId SpanId { get; init; }

    public SpanId? ParentSpanId { get; init; }

    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required SpanKind Kind { get; init; }

    public required SpanStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public required long StartNs { get; init; }

    public required long DurationNs { get; init; }

    public string? TraceState { get; init; }

    public required string Scope { get; init; }

    public string ScopeVersion { get; init; } = string.Empty;

    /// <summary>A JSON object; undefined where nothing was read.</summary>
    public JsonElement ScopeAttributes { get; init; }

    /// <summary>An object; the promoted attributes are in it again.</summary>
    public required JsonElement Attributes { get; init; }

    /// <summary>An object: the resource's attributes.</summary>
    public required JsonElement Resource { get; init; }

    /// <summary>An array of <c>{"t": ns after the span's start, "n": name, "a": {…}}</c>.</summary>
    public required JsonElement Events { get; init; }

    /// <summary>An array of <c>{"t": trace id, "s": span id, "st": trace state, "a": {…}}</c>.</summary>
    public required JsonElement Links { get; init; }

    public required int ResourceId { get; init; }

    public long EndNs => StartNs + DurationNs;
}
