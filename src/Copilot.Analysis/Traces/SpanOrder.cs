using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Traces;

/// <summary>Spans in the order in which they happened, each once: neither how they came in nor how often may change a finding.</summary>
internal static class SpanOrder
{
    public static SampleSpan[] Of(SampleSpan[] spans)
    {
        var order = spans.Select(s => (s.Trace, s.StartNs, s.Id.Value, s.DurationNs)).ToArray();
        var sorted = spans.ToArray();
        Array.Sort(order, sorted);
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            // Two spans may share an id (a call and what it called, in some formats); what is the same in everything was sent twice.
            if (kept == 0 || sorted[i] != sorted[kept - 1])
                sorted[kept++] = sorted[i];
        }

        return sorted[..kept];
    }
}
