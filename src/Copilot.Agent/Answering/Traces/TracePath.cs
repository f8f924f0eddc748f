using Copilot.Agent.Answers.Items;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Traces;
using Copilot.Store.Reads.Traces;

namespace Copilot.Agent.Answering.Traces;

/// <summary>Where a trace's time went, by service and operation.</summary>
internal static class TracePath
{
    /// <summary>In the order in which the path first meets them, with the time spent in each itself.</summary>
    public static IReadOnlyList<CriticalPathItem> Of(IReadOnlyList<TraceSpan> spans)
    {
        var steps = CriticalPath.Of([.. spans.Select(Sample)]);
        return [.. steps
            .GroupBy(step => (spans[step.Span].Service, spans[step.Span].Operation))
            .Select(own => new CriticalPathItem(own.Key.Service, own.Key.Operation, own.Sum(step => step.SelfMs)))];
    }

    /// <summary>The span without a parent; where that is missing, the longest of those whose parent is.</summary>
    public static TraceSpan Root(IReadOnlyList<TraceSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.FirstOrDefault(span => span.ParentSpanId is null)
            ?? spans.Where(span => !ids.Contains(span.ParentSpanId!.Value)).MaxBy(span => span.DurationNs)
            ?? spans[0];
    }

    private static SampleSpan Sample(TraceSpan span) =>
        SampleSpan.OfOneTrace(span.SpanId, span.ParentSpanId, span.StartNs, span.DurationNs, span.Kind, span.Status);
}
