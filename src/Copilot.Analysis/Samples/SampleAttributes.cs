using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>The attributes of a sample: those of the resources, and those of the spans that were asked for (see
/// <c>CauseSearch.SpansWanted</c>).</summary>
public sealed record SampleAttributes
{
    public static SampleAttributes None { get; } = new();

    /// <summary>By <see cref="SampleSpan.Resource"/>.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<SampleAttributeValue>> Resources { get; init; } =
        new Dictionary<int, IReadOnlyList<SampleAttributeValue>>();

    /// <summary>A span that was read and carries none has an empty list; one that was not read is absent.</summary>
    public IReadOnlyDictionary<(TraceId Trace, SpanId Span), IReadOnlyList<SampleAttributeValue>> Spans { get; init; } =
        new Dictionary<(TraceId, SpanId), IReadOnlyList<SampleAttributeValue>>();
}

/// <summary>An attribute with its value as text.</summary>
public readonly record struct SampleAttributeValue(string Key, string Value);
