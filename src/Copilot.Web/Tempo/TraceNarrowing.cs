using Copilot.Store.Reads.Details;
using Copilot.Store.Traceql;
using Copilot.TraceQL;
using Copilot.TraceQL.Advice;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Spansets;

namespace Copilot.Web.Tempo;

/// <summary>The part of a trace that <c>q</c>, <c>keep_hierarchy</c>, <c>match_depth</c> and <c>ancestor_depth</c> ask for.</summary>
internal sealed record TraceNarrowing(SpansetFilter Filter, int Below, int Above)
{
    private const int WholeWay = -1;

    /// <summary>Null where the whole trace is asked for.</summary>
    public static TraceNarrowing? Read(TempoRequest request)
    {
        if (request.Text("q") is null)
            return null;
        if (request.Query().SingleFilter is not { } filter || QueryExpressions.References(TraceQlQuery.Of(filter)).Any(IsOfTrace))
            throw new TempoRequestException("'q' takes one spanset filter about spans, such as { span.http.response.status_code = 500 }.");
        var hierarchy = request.Flag("keep_hierarchy");
        return new TraceNarrowing(filter, Depth("match_depth", 0), hierarchy ? Depth("ancestor_depth", WholeWay) : 0);

        int Depth(string name, int otherwise) => request.Text(name) is "-1" ? WholeWay : request.Number(name, otherwise, 0, int.MaxValue);
    }

    private static bool IsOfTrace(FieldExpression reference) =>
        reference is IntrinsicReference { Intrinsic: Intrinsic.TraceDuration or Intrinsic.RootName or Intrinsic.RootServiceName or Intrinsic.TraceId };

    public async Task<TraceDetail> ApplyAsync(TraceDetail trace, TraceQlReads reads, CancellationToken cancellation)
    {
        var query = TraceQlQuery.Of(new SpansetFilter(Field.Of(Intrinsic.TraceId).Is(trace.TraceId.ToString()).And(Filter.Condition)));
        var found = await reads.SearchAsync(
            new TraceSearch { Query = query, Window = trace.Extent, Limit = 1, SpansPerSpanset = TraceDetailReads.MostSpans }, cancellation);
        var matched = found.Traces.SelectMany(t => t.Spansets).SelectMany(s => s.Spans).Select(s => s.SpanId).ToHashSet();
        var starting = trace.Spans.Where(s => matched.Contains(s.SpanId.ToString())).ToList();
        var children = trace.Spans.ToLookup(s => s.ParentSpanId);
        var byId = trace.Spans.ToLookup(s => s.SpanId);
        var kept = Reached(starting, Below, s => children[s.SpanId]).Concat(Reached(starting, Above, s => s.ParentSpanId is { } parent ? byId[parent] : [])).ToHashSet();
        return trace with { Spans = [.. trace.Spans.Where(kept.Contains)] };
    }

    /// <summary>The spans and what lies at most so many steps from them; circles end by themselves.</summary>
    private static HashSet<SpanDetail> Reached(IEnumerable<SpanDetail> spans, int steps, Func<SpanDetail, IEnumerable<SpanDetail>> next)
    {
        var reached = spans.ToHashSet();
        var edge = reached.ToList();
        for (var step = 0; edge.Count > 0 && (steps == WholeWay || step < steps); step++)
            edge = edge.SelectMany(next).Where(reached.Add).ToList();
        return reached;
    }
}
