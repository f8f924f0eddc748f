using System.Globalization;
using System.Text.Json;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Time;

namespace Copilot.Web.Tempo;

/// <summary><c>GET /tempo/api/metrics/query_range</c> and <c>/tempo/api/metrics/query</c></summary>
internal static class MetricsEndpoint
{
    public static async Task<IResult> RangeAsync(HttpContext http, TraceQlReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var window = request.Window();
        var stepNs = request.Step() is { } step ? step.Ticks * 100 : SeriesRequest.DefaultStepNs(window);
        // Steps begin at multiples of the step, as Tempo's do; so the same step is the same number in every request.
        var aligned = new TimeWindow(window.FromNs - (window.FromNs % stepNs), window.ToNs + ((stepNs - (window.ToNs % stepNs)) % stepNs));
        var result = await reads.SeriesAsync(new SeriesRequest { Query = request.Query(), Window = aligned, StepNs = stepNs }, http.RequestAborted);
        return Results.Json(new { series = result.Series.Select(s => Series(s, aligned, stepNs)), metrics = Inspected(result) });
    }

    public static async Task<IResult> InstantAsync(HttpContext http, TraceQlReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var window = request.Window();
        var result = await reads.SeriesAsync(new SeriesRequest { Query = request.Query(), Window = window, StepNs = window.ToNs - window.FromNs }, http.RequestAborted);
        return Results.Json(new
        {
            series = result.Series.Where(s => s.Values[0] is not null).Select(s => new { labels = Labels(s), value = s.Values[0], promLabels = PromLabels(s) }),
            metrics = Inspected(result),
        });
    }

    private static object Inspected(SeriesResult result) => new { inspectedBytes = "0", completedJobs = 1, totalJobs = 1, exact = result.Exact };

    private static object Series(MetricSeries series, TimeWindow window, long stepNs) => new
    {
        labels = Labels(series),
        samples = series.Values
            .Select((value, step) => (value, time: window.FromNs + (step * stepNs)))
            .Where(s => s.value is not null)
            .Select(s => new { timestampMs = (s.time / 1_000_000).ToString(CultureInfo.InvariantCulture), value = s.value!.Value }),
        promLabels = PromLabels(series),
        exemplars = Array.Empty<object>(),
    };

    /// <summary>A series without labels is named after nothing; Tempo then sends an empty list.</summary>
    private static IEnumerable<object> Labels(MetricSeries series) =>
        series.Labels.Select(l => new { key = l.Key, value = l.Value.ValueKind == JsonValueKind.Null ? OtlpJson.Text("nil") : OtlpJson.AnyValue(l.Value) });

    private static string PromLabels(MetricSeries series) =>
        "{" + string.Join(", ", series.Labels.Select(l => $"{Quoted(l.Key)}={JsonSerializer.Serialize(Plain(l.Value))}")) + "}";

    private static string Quoted(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : JsonSerializer.Serialize(name);

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "nil",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
