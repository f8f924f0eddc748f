using Copilot.Analysis.Samples;
using Copilot.Analysis.Traces;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Traces;

/// <summary>The critical path of an assembled trace, for the page and for the API alike.</summary>
internal static class TraceCriticalPath
{
    /// <summary>The steps by the span's place in the trace; none where the answer never waited for it.</summary>
    public static ILookup<int, CriticalStep> Of(TraceDetail trace) =>
        CriticalPath.Of([.. trace.Spans.Select(Sample)]).ToLookup(step => step.Span);

    private static SampleSpan Sample(SpanDetail span) =>
        SampleSpan.OfOneTrace(span.SpanId, span.ParentSpanId, span.StartNs, span.DurationNs, span.Kind, span.Status);
}
