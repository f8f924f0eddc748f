using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>The attributes of a sample: those of the resources, and those of the spans that were asked for (see <c>CauseSearch.SpansWanted</c>).</summary>
public sealed record SampleAttributes
{
    public static SampleAttributes None { get; } = new();

    /// <summary>By <see cref="SampleSpan.Resource"/>.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<AttributeValue>> Resources { get; init; } = new Dictionary<int, IReadOnlyList<AttributeValue>>();

    /// <summary>A span that was read and carries none has an empty list; one that was not read is absent.</summary>
    public IReadOnlyDictionary<(TraceId Trace, SpanId Span), IReadOnlyList<AttributeValue>> Spans { get; init; } =
        new Dictionary<(TraceId, SpanId), IReadOnlyList<AttributeValue>>();
}
