using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Copilot.Analysis.Reports;
using Copilot.Incidents.Investigations;
using Copilot.Incidents.Troubles;
using Copilot.Telemetry.Time;
using Copilot.TraceQL;

namespace Copilot.Web.Api;

/// <summary><c>POST /api/v1/causes</c>: the ranking behind "what is the root cause", for a window that the caller already knows.</summary>
public static class CausesEndpoint
{
    private const int DefaultLimit = 10;

    private const int MostItems = 50;

    public static IEndpointRouteBuilder MapCauses(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/causes", RankAsync).DisableAntiforgery();
        return endpoints;
    }

    /// <summary>
    /// Takes <c>{from, to, baseline?, scope?, limit?}</c>. 200 with <c>{items, verdict, queries, elapsedMs, …}</c>; 400 where a time, the
    /// scope or the limit is not what it must be, with what is wrong in words.
    /// </summary>
    private static async Task<IResult> RankAsync(HttpContext http, Investigator investigator, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellation);
            var (request, limit) = CausesRequest.Read(body.RootElement);
            var investigation = await investigator.InvestigateAsync(request, cancellation);
            return Results.Ok(Reply(investigation, limit, clock.Elapsed.TotalMilliseconds));
        }
        catch (JsonException e)
        {
            return Refusal($"The body is not valid JSON: {e.Message}");
        }
        catch (FormatException e)
        {
            return Refusal(e.Message);
        }
        catch (TraceQlException e)
        {
            return Refusal($"The scope is no TraceQL spanset filter: {e.Message}");
        }
    }

    private static object Reply(Investigation found, int limit, double elapsedMs) => new
    {
        items = found.Report.Items.Take(limit).Select(Item),
        verdict = found.Report.Verdict.Word(),
        summary = found.Report.Summary,
        surge = found.Report.Verdict == CauseVerdict.Surge,
        affected = found.Report.Affected.Select(a => new
        {
            service = a.Service, role = a.Role, score = a.Score, requests = a.Health.Now.Requests, failed = a.Health.Now.Failed,
            errorRate = a.Health.Now.ErrorRate, errorRateBefore = a.Health.Before.ErrorRate, p95Ms = a.Health.Now.P95Ms, p95MsBefore = a.Health.Before.P95Ms,
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
        queries = found.Queries.Select(q => new { id = q.Id, traceql = q.TraceQl, from = Time(q.Window.From), to = Time(q.Window.To), rows = q.Rows, elapsedMs = q.ElapsedMs }),
        elapsedMs = Math.Round(elapsedMs, 1),
    };

    private static object Item(CauseItem item) => new
    {
        service = item.Service,
        score = item.Score,
        confidence = item.Confidence,
        operation = item.Operation,
        kind = item.Kind.Word(),
        why = item.Why,
        peer = item.Peer,
        seenAt = item.SeenAt,
        place = item.Place is { } place ? Place(place) : null,
        change = item.Change,
        beganWithChange = item.BeganWithChange,
        evidence = item.Evidence.Select(e => new { claim = e.Claim, signal = e.Signal, before = e.Before, now = e.Now, unit = e.Unit, traceIds = e.TraceIds.Select(t => t.ToString()) }),
    };

    private static object Place(CausePlace place) => new
    {
        kind = place.Kind.Word(),
        attribute = place.Attribute,
        value = place.Value,
        level = place.Level,
        carrier = place.Carrier,
        hits = place.Hits,
        count = place.Count,
        otherHits = place.OtherHits,
        otherCount = place.OtherCount,
        alike = place.Alike,
        services = place.Services,
        traceql = PlaceCondition.Of(place),
        traceIds = place.TraceIds.Select(t => t.ToString()),
    };

    private static object Window(TimeWindow window) => new { from = Time(window.From), to = Time(window.To) };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static IResult Refusal(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The causes cannot be looked for");

    private static class CausesRequest
    {
        public static (InvestigationRequest Request, int Limit) Read(JsonElement body)
        {
            if (body.ValueKind != JsonValueKind.Object)
                throw new FormatException("The body must be a JSON object with \"from\" and \"to\".");
            var baselines = body.TryGetProperty("baseline", out var list) && list.ValueKind != JsonValueKind.Null
                ? list.ValueKind == JsonValueKind.Array
                    ? list.EnumerateArray().Select((w, i) => Window(w, $"baseline[{i}].")).ToList()
                    : throw new FormatException("\"baseline\" must be a list of {\"from\", \"to\"}.")
                : [];
            var limit = DefaultLimit;
            if (body.TryGetProperty("limit", out var given) && given.ValueKind != JsonValueKind.Null
                && (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out limit) || limit is < 1 or > MostItems))
                throw new FormatException($"\"limit\" must be a whole number from 1 to {MostItems}.");
            string? scope = null;
            if (body.TryGetProperty("scope", out var filter) && filter.ValueKind != JsonValueKind.Null)
                scope = filter.ValueKind == JsonValueKind.String ? filter.GetString() : throw new FormatException("\"scope\" must be a TraceQL spanset filter in a string.");
            return (new InvestigationRequest { Window = Window(body, ""), Baselines = baselines, Scope = scope }, limit);
        }

        private static TimeWindow Window(JsonElement element, string where)
        {
            if (element.ValueKind != JsonValueKind.Object)
                throw new FormatException($"\"{where.TrimEnd('.')}\" must be {{\"from\", \"to\"}}.");
            var window = new TimeWindow(Time(element, "from", where), Time(element, "to", where));
            return !window.IsEmpty ? window : throw new FormatException($"\"{where}to\" must be later than \"{where}from\".");
        }

        private static DateTimeOffset Time(JsonElement element, string name, string where) =>
            element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new FormatException($"\"{where}{name}\" must be a time such as 2026-01-31T14:05:00Z.");
    }
}
