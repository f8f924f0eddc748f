using System.Text;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Telemetry.Tests.Otlp;

public sealed class JsonDecodingTests
{
    private const string Ids = "\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"eee19b7ec3c1b174\"";

    [Fact]
    public void Ids_of_either_case_integers_as_numbers_and_texts_and_enums_as_numbers()
    {
        using var batch = Decode(
            Spans(
                "{"
                    + Ids
                    + """
                    ,"name":"op","kind":2,"startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,"status":{"code":2,"message":"m"},
                    "unknown":{"deep":[1,2]},"trace_state":"ignored","flags":257,
                    "attributes":[{"value":{"intValue":"12"},"key":"a"},{"key":"b","value":{"intValue":13}},{"key":"c","value":{"doubleValue":"-Infinity"}},
                    {"key":"d","value":{"bytesValue":"AAEC"}},{"key":"e","value":{"kvlistValue":{"values":[{"key":"x","value":{"boolValue":true}}]}}},{"key":"f","value":null},
                    {"key":"http.response.status_code","value":{"intValue":"404"}},{"key":"http.route","value":{"stringValue":"\/x\u00fc"}}]}
                    """
            )
        );
        var row = batch.Rows[0];
        Assert.Equal("5b8efff798038103d269b633813fc60c", row.TraceId.ToString());
        Assert.Equal((SpanKind.Server, SpanStatus.Error, 1_000_000_000L, 257), (row.Kind, row.Status, row.DurationNs, row.Flags));
        Assert.Equal("""{"a":12,"b":13,"c":"-Infinity","d":{"bytes":"AAEC"},"e":{"x":true},"f":null}""", Text(batch, row.Attributes));
        Assert.Equal((short)404, row.Promoted.HttpResponseStatusCode);
        Assert.Equal("/xü", Text(batch, row.Promoted.Texts[1]));
        Assert.True(row.TraceState.IsAbsent);
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "an object belongs")]
    [InlineData("{\"resourceSpans\":[", "no JSON")]
    [InlineData("{\"resourceSpans\":{}}", "an array belongs")]
    [InlineData("{\"resourceSpans\":[]} x", "no JSON")]
    public void What_is_no_request_is_refused(string body, string reason) =>
        Assert.Contains(reason, Assert.Throws<OtlpFormatException>(() => Decode(body)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"kind\":\"SPAN_KIND_SERVER\"", "enum")]
    [InlineData("\"startTimeUnixNano\":\"soon\"", "whole number")]
    [InlineData("\"name\":5", "a text")]
    [InlineData("\"attributes\":{}", "an array")]
    [InlineData("\"attributes\":[{\"key\":\"a\",\"value\":{\"bytesValue\":\"?\"}}]", "base64")]
    public void A_value_of_the_wrong_kind_is_refused_with_its_place(string member, string expected)
    {
        var exception = Assert.Throws<OtlpFormatException>(() => Decode(Spans("{" + Ids + "," + member + "}")));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Offset > 0);
    }

    [Fact]
    public void Odd_ids_reject_a_span_and_odd_text_is_mended()
    {
        using var batch = Decode(
            Spans(
                """{"traceId":"xyz","spanId":"eee19b7ec3c1b174"}""",
                """{"traceId":"5B8EFFF798038103D269B633813FC6","spanId":"eee19b7ec3c1b174"}""",
                "{" + Ids + ""","parentSpanId":"0000000000000000","name":"a\u0000b\ud800c"}"""
            )
        );
        Assert.Equal((2L, 1), (batch.Rejections.Count, batch.Count));
        Assert.Equal("a\uFFFDb\uFFFDc", Text(batch, batch.Rows[0].Name));
        Assert.True(batch.Rows[0].Entry);
    }

    [Fact]
    public void A_resource_behind_its_spans_is_theirs_all_the_same()
    {
        using var batch = Decode(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{"
                + Ids
                + "}],\"scope\":{\"name\":\"late\"}}],"
                + "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"cart\"}}]}}]}"
        );
        Assert.Equal(("cart", "late"), (batch.Resources[0].ServiceName, batch.Scopes[0].Name));
    }

    [Fact]
    public void Logs_are_read_with_bodies_of_any_shape()
    {
        using var batch = OtlpDecoder.DecodeLogs(
            Encoding.UTF8.GetBytes(
                """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[
                {"timeUnixNano":"1700000000000000005","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"boom"},"traceId":"5b8efff798038103d269b633813fc60c"},
                {"observedTimeUnixNano":"1700000000000000006","eventName":"clicked","body":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":1}}]}}},
                {"traceId":"12"}]}]}]}
                """
            ),
            OtlpEncoding.Json,
            DecodeLimits.Default
        );
        Assert.Equal((2, 1L), (batch.Count, batch.Rejections.Count));
        Assert.Equal(
            (1_700_000_000_000_000_005L, (short)17, false),
            (batch.Rows[0].TimeNs, batch.Rows[0].Severity, batch.Rows[0].BodyIsJson)
        );
        Assert.Equal((1_700_000_000_000_000_006L, true), (batch.Rows[1].TimeNs, batch.Rows[1].BodyIsJson));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(batch.Arena[batch.Rows[1].Body]));
    }

    [Fact]
    public void Metrics_of_every_shape_are_read()
    {
        using var batch = OtlpDecoder.DecodeMetrics(
            Encoding.UTF8.GetBytes(
                """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
                {"name":"g","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"1700000000000000001","asInt":"5","attributes":[{"key":"b","value":{"intValue":1}},{"key":"a","value":{"intValue":2}}]},
                  {"timeUnixNano":"1700000000000000002","asDouble":6.5,"attributes":[{"key":"a","value":{"intValue":2}},{"key":"b","value":{"intValue":1}}]}]}},
                {"name":"s","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"1700000000000000001","asDouble":1}]}},
                {"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"1700000000000000001","count":"3","sum":7,"bucketCounts":["1","2"],"explicitBounds":[0.5],
                  "exemplars":[{"timeUnixNano":"1700000000000000001","asDouble":0.7,"spanId":"eee19b7ec3c1b174","traceId":"5b8efff798038103d269b633813fc60c"}]}]}},
                {"name":"e","exponentialHistogram":{"dataPoints":[{"timeUnixNano":"1700000000000000001","count":2,"scale":3,"zeroCount":1,"positive":{"offset":-1,"bucketCounts":["4"]}}]}},
                {"name":"q","summary":{"dataPoints":[{"timeUnixNano":"1700000000000000001","count":2,"sum":3,"quantileValues":[{"quantile":0.5,"value":1}]}]}}]}]}]}
                """
            ),
            OtlpEncoding.Json,
            DecodeLimits.Default
        );
        Assert.Equal(6, batch.Count);
        // The two points of "g" differ in the order of their attributes only: one series.
        Assert.Equal(5, batch.Series.Count);
        Assert.Equal(5, batch.Rows[0].Value);
        Assert.Equal((MetricKind.Sum, (short)2, true), (batch.Series[1].Kind, batch.Series[1].Temporality, batch.Series[1].Monotonic));
        Assert.Equal("""{"bounds":[0.5],"counts":[1,2]}""", Encoding.UTF8.GetString(batch.Arena[batch.Rows[3].Buckets]));
        Assert.Contains(
            "5b8efff798038103d269b633813fc60c",
            Encoding.UTF8.GetString(batch.Arena[batch.Rows[3].Exemplars]),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"positive\":{\"offset\":-1,\"counts\":[4]}",
            Encoding.UTF8.GetString(batch.Arena[batch.Rows[4].Buckets]),
            StringComparison.Ordinal
        );
        Assert.Equal("""{"quantiles":[[0.5,1.0]]}""", Encoding.UTF8.GetString(batch.Arena[batch.Rows[5].Buckets]));
    }

    private static string Spans(params string[] spans) =>
        "{\"resourceSpans\":[{\"resource\":{},\"scopeSpans\":[{\"spans\":[" + string.Join(',', spans) + "]}]}]}";

    private static SpanBatch Decode(string body) =>
        OtlpDecoder.DecodeTraces(Encoding.UTF8.GetBytes(body), OtlpEncoding.Json, DecodeLimits.Default);

    private static string Text(SpanBatch batch, TextSlice slice) => Encoding.UTF8.GetString(batch.Arena[slice]);
}
