using System.Text.Json.Nodes;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Otlp.Protobuf;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;

namespace Copilot.Web.Tempo;

/// <summary><c>GET /tempo/api/traces/{id}</c> and <c>/tempo/api/v2/traces/{id}</c>, in JSON or protobuf as the sender accepts.</summary>
internal static class TraceByIdEndpoint
{
    private const string Protobuf = "application/protobuf";

    public static Task<IResult> FirstAsync(string id, HttpContext http, TraceDetailReads reads, TimeProvider time) =>
        ReadAsync(id, 1, null, http, reads, time);

    public static Task<IResult> SecondAsync(string id, HttpContext http, TraceDetailReads reads, TraceQlReads queries, TimeProvider time) =>
        ReadAsync(id, 2, queries, http, reads, time);

    /// <summary>start and end tell Tempo where to look; here a trace is found wherever it is, so they are checked and narrow
    /// nothing.</summary>
    private static async Task<IResult> ReadAsync(
        string id,
        int version,
        TraceQlReads? queries,
        HttpContext http,
        TraceDetailReads reads,
        TimeProvider time
    )
    {
        var request = new TempoRequest(http.Request.Query, time);
        request.Window();
        var narrowing = queries is null ? null : TraceNarrowing.Read(request);
        // Tempo takes ids whose leading zeros were lost.
        if (id.Length > 32 || !TraceId.TryParse(id.PadLeft(32, '0'), out var trace))
            throw new TempoRequestException(
                $"'{(id.Length > 64 ? id[..64] + "…" : id)}' is no trace id: up to 32 hex digits, not all zero."
            );
        if (await reads.ReadAsync(trace, http.RequestAborted) is not { } detail)
            return Results.Text($"trace {trace} not found", statusCode: StatusCodes.Status404NotFound);
        var whole = detail;
        if (narrowing is not null)
            detail = await narrowing.ApplyAsync(detail, queries!, http.RequestAborted);
        var isPartial = detail.Spans.Count < whole.Spans.Count;
        if (http.Request.Headers.Accept.Any(a => a?.Contains(Protobuf, StringComparison.OrdinalIgnoreCase) == true))
        {
            var message = OtlpTraceProtobuf.Trace(detail);
            return Results.Bytes(
                version == 1
                    ? message.ToArray()
                    : new ProtobufOutput().Message(1, message).Message(2, new ProtobufOutput()).Varint(3, isPartial ? 1 : 0).ToArray(),
                Protobuf
            );
        }

        var resources = new OtlpTraceJson(Tempo: true).ResourceSpans(detail);
        return Results.Json(
            version == 1
                ? new JsonObject { ["batches"] = resources }
                : new JsonObject
                {
                    ["trace"] = new JsonObject { ["resourceSpans"] = resources },
                    ["metrics"] = new JsonObject(),
                    ["status"] = isPartial ? "PARTIAL" : "COMPLETE",
                    ["message"] = "",
                }
        );
    }
}

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
        reference
            is IntrinsicReference
            {
                Intrinsic: Intrinsic.TraceDuration or Intrinsic.RootName or Intrinsic.RootServiceName or Intrinsic.TraceId
            };

    public async Task<TraceDetail> ApplyAsync(TraceDetail trace, TraceQlReads reads, CancellationToken cancellationToken)
    {
        var query = TraceQlQuery.Of(new SpansetFilter(Field.Of(Intrinsic.TraceId).Is(trace.TraceId.ToString()).And(Filter.Condition)));
        var found = await reads.SearchAsync(
            new TraceSearch
            {
                Query = query,
                Window = trace.Extent,
                Limit = 1,
                SpansPerSpanset = TraceDetailReads.MostSpans,
            },
            cancellationToken
        );
        var matched = found.Traces.SelectMany(t => t.Spansets).SelectMany(s => s.Spans).Select(s => s.SpanId).ToHashSet();
        var starting = trace.Spans.Where(s => matched.Contains(s.SpanId.ToString())).ToList();
        var children = trace.Spans.ToLookup(s => s.ParentSpanId);
        var byId = trace.Spans.ToLookup(s => s.SpanId);
        var kept = Reached(starting, Below, s => children[s.SpanId])
            .Concat(Reached(starting, Above, s => s.ParentSpanId is { } parent ? byId[parent] : []))
            .ToHashSet();
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
