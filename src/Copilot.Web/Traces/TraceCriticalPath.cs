using Copilot.Analysis.Traces;
using Copilot.Store.Reads.Traces;

namespace Copilot.Web.Traces;

/// <summary>The critical path of an assembled trace, for the page and for the API alike.</summary>
internal static class TraceCriticalPath
{
    /// <summary>The steps by the span's place in the trace; none where the answer never waited for it.</summary>
    public static ILookup<int, CriticalStep> Of(TraceDetail trace) =>
        CriticalPath.Of([.. trace.Spans.Select(span => span.AsSample())]).ToLookup(step => step.Span);
}
