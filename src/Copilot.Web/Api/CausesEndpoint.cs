using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Copilot.TraceQL;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary><c>POST /api/v1/causes</c>: the ranking behind "what is the root cause", for a window that the caller already knows.</summary>
public static class CausesEndpoint
{
    private const int DefaultLimit = 10;

    private const int MostItems = 50;

    private const int MostBaselines = 10;

    public static IEndpointRouteBuilder MapCauses(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/causes", RankAsync).DisableAntiforgery().WithRequestTimeout(RequestEdge.Question);
        return endpoints;
    }

    /// <summary>
    /// Takes <c>{from, to, baseline?, scope?, limit?}</c>. 200 with <c>{items, verdict, queries, elapsedMs, …}</c>; 400 where a time, the
    /// scope or the limit is not what it must be, 422 where it would cost too much; with what is wrong in words.
    /// </summary>
    private static async Task<IResult> RankAsync(HttpContext http, WindowAnalyzer windowAnalyzer, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var body = await JsonBody.ReadAsync(http, cancellationToken);
            var (request, limit) = Read(body.RootElement);
            var analysis = await windowAnalyzer.AnalyzeAsync(request, cancellationToken);
            return Results.Ok(Reply(analysis, limit, clock.Elapsed.TotalMilliseconds));
        }
        catch (TraceQlException e)
        {
            return ApiProblem.BadRequest($"The scope is no TraceQL spanset filter: {e.Message}");
        }
    }

    private static object Reply(WindowAnalysis found, int limit, double elapsedMs) =>
        new
        {
            items = found.Report.Items.Take(limit).Select(Item),
            verdict = found.Report.Verdict.Word(),
            summary = found.Report.Summary,
            surge = found.Report.Verdict == CauseVerdict.Surge,
            affected = found.Report.Affected.Select(a => new
            {
                service = a.Service,
                role = a.Role,
                score = a.Score,
                requests = a.Health.Now.Requests,
                failed = a.Health.Now.Failed,
                errorRate = a.Health.Now.ErrorRate,
                errorRateBefore = a.Health.Before.ErrorRate,
                p95Ms = a.Health.Now.P95Ms,
                p95MsBefore = a.Health.Before.P95Ms,
            }),
            path = found.Report.Path,
            rejected = found.Report.Rejected,
            checks = found.Report.Checks,
            asked = Window(found.Asked),
            window = Window(found.Window),
            baseline = found.Baselines.Select(Window),
            exact = found.IsExact,
            traces = found.Traces,
            tracesRead = found.TracesRead,
            queries = found.Queries.Select(q => new
            {
                id = q.Id,
                traceql = q.TraceQl,
                from = Time(q.Window.From),
                to = Time(q.Window.To),
                rows = q.Rows,
                elapsedMs = q.ElapsedMs,
            }),
            elapsedMs = Math.Round(elapsedMs, 1),
        };

    private static object Item(CauseItem item) =>
        new
        {
            service = item.Service,
            score = item.Score,
            confidence = item.Confidence,
            operation = item.Operation,
            kind = item.Kind.Word(),
            why = item.Why,
            peer = item.Peer,
            seenAt = item.SeenAt,
            waitsFor = item.WaitsFor,
            place = item.Place is { } place ? Place(place) : null,
            change = item.Change,
            beganWithChange = item.BeganWithChange,
            evidence = item.Evidence.Select(e => new
            {
                claim = e.Claim,
                signal = e.Signal.Word(),
                before = e.Before,
                now = e.Now,
                unit = e.Unit,
                traceIds = e.TraceIds.Select(t => t.ToString()),
            }),
        };

    private static object Place(CauseLocation place) =>
        new
        {
            kind = place.Kind.Word(),
            attribute = place.Attribute,
            value = place.Value,
            level = place.Level.Word(),
            carrier = place.Carrier,
            hits = place.Hits,
            count = place.Count,
            otherHits = place.OtherHits,
            otherCount = place.OtherCount,
            alike = place.Alike,
            services = place.Services,
            traceql = LocationCondition.Of(place),
            traceIds = place.TraceIds.Select(t => t.ToString()),
        };

    private static object Window(TimeWindow window) => new { from = Time(window.From), to = Time(window.To) };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static (WindowAnalysisRequest Request, int Limit) Read(JsonElement body)
    {
        var window = body.Window();
        var baselines =
            body.TryGetProperty("baseline", out var list) && list.ValueKind != JsonValueKind.Null
                ? list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostBaselines
                    ? list.EnumerateArray().Select((given, i) => given.Window($"baseline[{i}].")).ToList()
                    : throw new RefusedRequestException(
                        $"'baseline' must be a list of at most {MostBaselines} objects with 'from' and 'to'."
                    )
                : [];
        return (
            new WindowAnalysisRequest
            {
                Window = window,
                Baselines = baselines,
                Scope = body.Text("scope"),
            },
            body.Number("limit", DefaultLimit, 1, MostItems)
        );
    }
}
