using System.Globalization;
using System.Text;
using Copilot.Telemetry;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Tests.Intake;

/// <summary>OTLP/JSON requests as a sender would write them.</summary>
internal static class Requests
{
    public static readonly long Start = UnixNanos.From(new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));

    public static SpanBatch Spans(string service, params string[] spans) =>
        OtlpDecoder.DecodeTraces(Bytes("Spans", "spans", service, spans), OtlpEncoding.Json, DecodeLimits.Default);

    public static LogBatch Logs(string service, params string[] records) =>
        OtlpDecoder.DecodeLogs(Bytes("Logs", "logRecords", service, records), OtlpEncoding.Json, DecodeLimits.Default);

    public static MetricBatch Metrics(string service, params string[] metrics) =>
        OtlpDecoder.DecodeMetrics(Bytes("Metrics", "metrics", service, metrics), OtlpEncoding.Json, DecodeLimits.Default);

    /// <summary>A span of trace <paramref name="trace"/> that starts some seconds after <see cref="Start"/>.</summary>
    public static string Span(
        int trace,
        int span,
        double at = 0,
        double ms = 10,
        int parent = 0,
        int kind = 2,
        int status = 0,
        string name = "GET /",
        string attributes = "",
        string traceState = ""
    )
    {
        var start = Start + (long)(at * UnixNanos.PerSecond);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"traceId":"{{trace:x32}}","spanId":"{{span:x16}}","parentSpanId":"{{(
                parent == 0 ? "" : parent.ToString("x16", CultureInfo.InvariantCulture)
            )}}",
            "name":"{{name}}","kind":{{kind}},"startTimeUnixNano":"{{start}}","endTimeUnixNano":"{{start
                + (long)(ms * UnixNanos.PerMillisecond)}}",
            "status":{"code":{{status}}},"traceState":"{{traceState}}","attributes":[{{attributes}}]}
            """
        );
    }

    public static string Text(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";

    private static byte[] Bytes(string signal, string items, string service, string[] parts) =>
        Encoding.UTF8.GetBytes(
            $$$"""
            {"resource{{{signal}}}":[{"resource":{"attributes":[{{{Text("service.name", service)}}}]},
            "scope{{{signal}}}":[{"scope":{"name":"tests"},"{{{items}}}":[{{{string.Join(',', parts)}}}]}]}]}
            """
        );
}
