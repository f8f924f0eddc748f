using System.Text;
using System.Text.Json;
using Copilot.Cli.Importing;
using Copilot.Ingest;
using Xunit;

namespace Copilot.Cli.Tests.Importing;

public sealed class OtlpLineTests
{
    private const string Metric =
        """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","gauge":{"dataPoints":[{"asInt":"1"},{"asInt":"2"}]}},{"name":"b","sum":{"dataPoints":[{}],"isMonotonic":true}}]}]}]}""";

    [Theory]
    [InlineData(
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"spans","value":{"arrayValue":{"values":[{"intValue":1}]}}}]},"scopeSpans":[{"spans":[{"events":[{}]},{}]}]},{"scopeSpans":[{"spans":[{}]}]}]}""",
        Signal.Traces,
        3
    )]
    [InlineData("""{ "schema" : {"spans":[{}]}, "resourceLogs" : [ {"scopeLogs":[{"logRecords":[{},{}]}]} ] }""", Signal.Logs, 2)]
    [InlineData(Metric, Signal.Metrics, 3)]
    [InlineData("""{"resourceSpans":[]}""", Signal.Traces, 0)]
    public void A_request_is_told_by_its_content_and_its_items_are_counted(string json, Signal signal, int items)
    {
        var line = OtlpLine.Read(Encoding.UTF8.GetBytes(json))!.Value;
        Assert.Equal((signal, items), (line.Signal, line.Items));
    }

    [Fact]
    public void What_is_no_request_is_none()
    {
        Assert.Null(OtlpLine.Read("""{"data":[]}"""u8));
        Assert.ThrowsAny<JsonException>(() => OtlpLine.Read("{\"resourceSpans\":[{"u8));
    }

    [Fact]
    public void Lines_that_are_merged_are_one_request_with_all_their_resources()
    {
        var request = new OtlpRequest(Signal.Traces, "f");
        foreach (
            var (number, json) in new[]
            {
                (1, """{"resourceSpans":[{"a":1},{"a":2}]}"""),
                (2, """{"resourceSpans":[]}"""),
                (3, """{"resourceSpans": [ {"a":3} ]}"""),
            }
        )
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var line = OtlpLine.Read(bytes)!.Value;
            request.Add(number, bytes.AsSpan(line.Start, line.Length), line.Items);
        }

        using var merged = JsonDocument.Parse(request.ToBody());
        Assert.Equal(
            [1, 2, 3],
            merged.RootElement.GetProperty("resourceSpans").EnumerateArray().Select(resource => resource.GetProperty("a").GetInt32())
        );
        Assert.Equal([1, 3], request.Split().Select(one => one.FirstLine));
    }

    [Theory]
    [InlineData(
        """{"a":NaN,"b":[-Infinity,Infinity,-1],"c":"NaN, \"Infinity"}""",
        """{"a":"NaN","b":["-Infinity","Infinity",-1],"c":"NaN, \"Infinity"}"""
    )]
    [InlineData("""{"a":1,"b":null}""", """{"a":1,"b":null}""")]
    public void Numbers_that_json_has_not_are_quoted_outside_of_texts(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(BareNumbers.Quote(Encoding.UTF8.GetBytes(json)).Span));
}
