using System.Globalization;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Search;

namespace Copilot.Web.Tempo;

/// <summary><c>GET /tempo/api/search</c></summary>
internal static class SearchEndpoint
{
    private const int MostTraces = 5_000;
    private const int MostSpans = 1_000;

    public static async Task<IResult> SearchAsync(HttpContext http, TraceQlReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var query = request.Query();
        if (query.Pipeline is null)
            throw new TempoRequestException("this query gives series, not traces: ask /tempo/api/metrics/query_range for it.");
        var search = new TraceSearch
        {
            Query = query,
            Window = request.Window(),
            Limit = request.Number("limit", 20, 1, MostTraces),
            SpansPerSpanset = request.Number("spss", 3, 1, MostSpans),
        };
        var result = await reads.SearchAsync(search, http.RequestAborted);
        TempoWarning.Write(http, result.Notes);
        return Results.Json(
            new
            {
                traces = result.Traces.Select(Trace),
                metrics = new
                {
                    inspectedTraces = result.Traces.Count,
                    inspectedBytes = "0",
                    completedJobs = 1,
                    totalJobs = 1,
                },
            }
        );
    }

    private static object Trace(TraceMatch trace)
    {
        var sets = trace.Spansets.Select(set => new { spans = set.Spans.Select(Span).ToList(), matched = set.Matched }).ToList();
        return new
        {
            traceID = trace.TraceId.ToString(),
            rootServiceName = trace.RootService ?? "<root span not yet received>",
            rootTraceName = trace.RootName ?? "",
            startTimeUnixNano = trace.StartNs.ToString(CultureInfo.InvariantCulture),
            durationMs = trace.DurationNs / 1_000_000,
            serviceStats = trace.Services.ToDictionary(s => s.Service, s => new { spanCount = s.Spans, errorCount = s.Failed }),
            // The older shape beside the newer one, as Tempo sends both.
            spanSet = sets.FirstOrDefault(),
            spanSets = sets,
        };
    }

    private static object Span(SpanMatch span) =>
        new
        {
            spanID = span.SpanId,
            name = span.Name,
            startTimeUnixNano = span.StartNs.ToString(CultureInfo.InvariantCulture),
            durationNanos = span.DurationNs.ToString(CultureInfo.InvariantCulture),
            attributes = span
                .Values.Where(v => v.Value.ValueKind != System.Text.Json.JsonValueKind.Null)
                .Select(v => new { key = TempoNames.WithoutScope(v.Key), value = OtlpJson.AnyValue(v.Value) })
                .Prepend(new { key = "service.name", value = OtlpJson.Text(span.Service) }),
        };
}
