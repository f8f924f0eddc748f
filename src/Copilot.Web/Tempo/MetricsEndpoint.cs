using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Telemetry.Records;

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
        var asked = new SeriesRequest
        {
            Query = request.Query(),
            Window = aligned,
            StepNs = stepNs,
            Exemplars = request.Number("exemplars", 0, 0, SeriesRequest.MaxExemplars),
        };
        var result = await reads.SeriesAsync(asked, http.RequestAborted);
        var answer = new Dictionary<string, object>
        {
            ["series"] = result.Series.Select(s => Series(s, aligned, stepNs)),
            ["metrics"] = Inspected,
        };
        if (Told(http, result) is { Count: > 0 } notes)
            (answer["status"], answer["message"]) = ("COMPLETE", string.Join("; ", notes));
        return Results.Json(answer);
    }

    /// <summary>Grafana reads this answer into the message as it knows it and takes no further member.</summary>
    public static async Task<IResult> InstantAsync(HttpContext http, TraceQlReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var window = request.Window();
        var result = await reads.SeriesAsync(
            new SeriesRequest
            {
                Query = request.Query(),
                Window = window,
                StepNs = window.ToNs - window.FromNs,
            },
            http.RequestAborted
        );
        Told(http, result);
        return Results.Json(
            new
            {
                series = result.Series.Where(s => s.Values[0] is not null).Select(s => new { labels = Labels(s), value = s.Values[0] }),
                metrics = Inspected,
            }
        );
    }

    private static object Inspected =>
        new
        {
            inspectedBytes = "0",
            completedJobs = 1,
            totalJobs = 1,
        };

    private static IReadOnlyList<string> Told(HttpContext http, MetricSeriesResult result)
    {
        IReadOnlyList<string> notes = result.Exact
            ? result.Notes
            : [.. result.Notes, "estimated from the kept spans: some were sampled away"];
        TempoWarning.Write(http, notes);
        return notes;
    }

    private static object Series(MetricSeries series, TimeWindow window, long stepNs) =>
        new
        {
            labels = Labels(series),
            samples = series
                .Values.Select((value, step) => (value, time: window.FromNs + (step * stepNs)))
                .Where(s => s.value is not null)
                .Select(s => new { timestampMs = Milliseconds(s.time), value = s.value!.Value }),
            exemplars = series.Exemplars.Select(e => new
            {
                labels = Labels(series)
                    .Concat([Label("trace:id", OtlpJson.Text(e.TraceId.ToString())), Label("span:id", OtlpJson.Text(e.SpanId.ToString()))]),
                value = e.Value,
                timestampMs = Milliseconds(e.StartNs),
            }),
        };

    private static string Milliseconds(long ns) => (ns / 1_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>A series without labels is named after nothing; Tempo then sends an empty list.</summary>
    private static IEnumerable<object> Labels(MetricSeries series) =>
        series.Labels.Select(l =>
            Label(l.Key, l.Value.ValueKind == JsonValueKind.Null ? OtlpJson.Text("nil") : OtlpJson.AnyValue(l.Value))
        );

    private static object Label(string key, JsonObject value) => new { key, value };
}
