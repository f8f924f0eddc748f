using System.Text;
using Copilot.Telemetry.Import;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Telemetry.Tests.Import;

public sealed class ForeignTracesTests
{
    [Fact]
    public void Jaegers_spans_keep_parent_kind_error_types_and_logs()
    {
        using var batch = Decode(
            """
            {"data":[{"traceID":"abc","spans":[
            {"traceID":"abc","spanID":"1","operationName":"get","references":[],"startTime":1700000000001000,"duration":500,"processID":"p1",
             "tags":[{"key":"span.kind","type":"string","value":"server"},{"key":"error","type":"bool","value":true},{"key":"n","type":"int64","value":5}],
             "logs":[{"timestamp":1700000000001100,"fields":[{"key":"event","value":"error"},{"key":"stack","value":"at x"}]}]},
            {"traceID":"abc","spanID":"2","operationName":"query","references":[{"refType":"CHILD_OF","traceID":"abc","spanID":"1"}],"startTime":1700000000001200,"duration":5,"processID":"p2","tags":[]}],
            "processes":{"p1":{"serviceName":"cart","tags":[{"key":"host","value":"h1"}]},"p2":{"serviceName":"db","tags":[]}}}]}
            """
        );
        Assert.Equal(2, batch.Count);
        Assert.Equal((SpanKind.Server, SpanStatus.Error, 500_000L), (batch.Rows[0].Kind, batch.Rows[0].Status, batch.Rows[0].DurationNs));
        Assert.Equal("""[{"t":100000,"n":"error","a":{"stack":"at x"}}]""", Encoding.UTF8.GetString(batch.Arena[batch.Rows[0].Events]));
        Assert.Equal(batch.Rows[0].SpanId, batch.Rows[1].ParentSpanId);
        Assert.Equal(["cart", "db"], batch.Resources.Select(resource => resource.ServiceName));
    }

    [Theory]
    // A child-of whose span is not there gives way to a follows-from whose span is, and to none where nothing is there.
    [InlineData("""{"refType":"FOLLOWS_FROM","traceID":"abc","spanID":"1"},{"refType":"CHILD_OF","traceID":"abc","spanID":"dead"}""", "1")]
    [InlineData("""{"refType":"FOLLOWS_FROM","traceID":"abc","spanID":"1"},{"refType":"CHILD_OF","traceID":"abc","spanID":"2"}""", "2")]
    [InlineData("""{"refType":"CHILD_OF","traceID":"other","spanID":"1"}""", null)]
    [InlineData("""{"refType":"CHILD_OF","traceID":"abc","spanID":"3"},{"refType":"FOLLOWS_FROM","traceID":"abc","spanID":"1"}""", "1")]
    [InlineData("""{"refType":"CHILD_OF","traceID":"abc","spanID":"dead"}""", "dead")]
    public void Jaegers_references_count_where_their_span_is_there(string references, string? parent)
    {
        const string span =
            """{"traceID":"abc","spanID":"NAME","operationName":"x","startTime":1700000000001000,"duration":5,"processID":"p","references":[REF]}""";
        var spans = new[] { ("1", ""), ("2", ""), ("3", references) }.Select(item =>
            span.Replace("NAME", item.Item1, StringComparison.Ordinal).Replace("REF", item.Item2, StringComparison.Ordinal)
        );
        using var batch = Decode(
            """{"data":[{"traceID":"abc","processes":{"p":{"serviceName":"s"}},"spans":[""" + string.Join(',', spans) + "]}]}"
        );
        var expected = parent is null ? default : new SpanId(Convert.ToUInt64(parent, 16));
        Assert.Equal(expected, batch.Rows[2].ParentSpanId);
    }

    [Fact]
    public void Jaegers_client_and_server_of_one_id_become_two()
    {
        using var batch = Decode(
            """
            {"data":[{"traceID":"abc","processes":{"p1":{"serviceName":"shop"},"p2":{"serviceName":"cart"}},"spans":[
            {"traceID":"abc","spanID":"1","operationName":"get","startTime":1700000000001000,"duration":900,"processID":"p1","tags":[{"key":"span.kind","type":"string","value":"client"}]},
            {"traceID":"abc","spanID":"1","operationName":"get","startTime":1700000000001100,"duration":700,"processID":"p2","tags":[{"key":"span.kind","type":"string","value":"server"}]},
            {"traceID":"abc","spanID":"2","operationName":"inner","references":[{"refType":"CHILD_OF","traceID":"abc","spanID":"1"}],"startTime":1700000000001200,"duration":10,"processID":"p2"}]}]}
            """
        );
        var rows = batch.Rows.ToArray().OrderBy(row => row.StartNs).ToArray();
        Assert.Equal((rows[0].SpanId, rows[1].SpanId), (rows[1].ParentSpanId, rows[2].ParentSpanId));
        Assert.NotEqual(rows[0].SpanId, rows[1].SpanId);
    }

    [Fact]
    public void Zipkins_shared_span_becomes_two_and_its_children_stay_below_the_server()
    {
        using var batch = Decode(
            """
            [{"traceId":"a","id":"1","kind":"CLIENT","name":"get","timestamp":1700000000001000,"duration":900,"localEndpoint":{"serviceName":"shop"},"remoteEndpoint":{"serviceName":"cart"}},
             {"traceId":"a","id":"1","shared":true,"kind":"SERVER","name":"get","timestamp":1700000000001100,"duration":700,"localEndpoint":{"serviceName":"cart"},"tags":{"error":"bad"}},
             {"traceId":"a","id":"2","parentId":"1","name":"inner","timestamp":1700000000001200,"duration":10,"localEndpoint":{"serviceName":"cart"}}]
            """
        );
        Assert.Equal(3, batch.Rows.ToArray().Select(row => row.SpanId).Distinct().Count());
        var (client, server, inner) = (batch.Rows[0], batch.Rows[1], batch.Rows[2]);
        Assert.Equal((client.SpanId, server.SpanId), (server.ParentSpanId, inner.ParentSpanId));
        Assert.Equal(SpanStatus.Error, server.Status);
        Assert.Equal("cart", Encoding.UTF8.GetString(batch.Arena[client.Promoted.Texts[4]]));
    }

    [Fact]
    public void A_time_of_zipkins_may_have_a_part_of_a_microsecond_and_may_be_missing()
    {
        using var batch = Decode(
            """
            [{"traceId":"a","id":"1","name":"get","timestamp":1730464198558327.4,"duration":900.5,"localEndpoint":{"serviceName":"shop"}},
             {"traceId":"a","id":"2","parentId":"1","name":"inner","localEndpoint":{"serviceName":"shop"}}]
            """
        );
        Assert.Equal([1730464198558327000, 1730464198558327000], batch.Rows.ToArray().Select(row => row.StartNs));
        Assert.Equal([900_000L, 0], batch.Rows.ToArray().Select(row => row.DurationNs));
    }

    [Fact]
    public void What_is_neither_is_left_to_others_and_nonsense_is_refused()
    {
        Assert.Null(ImportedTraces.ToOtlp("{\"resourceSpans\":[]}"u8.ToArray()));
        Assert.Null(ImportedTraces.ToOtlp("[1,2]"u8.ToArray()));
        Assert.Throws<OtlpFormatException>(() => ImportedTraces.ToOtlp("{"u8.ToArray()));
        var old = """[{"traceId":"a","id":"1","name":"get","annotations":[{"timestamp":1,"value":"sr","endpoint":{"serviceName":"s"}}]}]""";
        Assert.Contains(
            "version 1",
            Assert.Throws<OtlpFormatException>(() => ImportedTraces.ToOtlp(Encoding.UTF8.GetBytes(old))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<OtlpFormatException>(() => ImportedTraces.ToOtlp("""{"traceID":"a","spans":[{"startTime":"soon"}]}"""u8.ToArray()));
    }

    [RequiresFact("shared/fixtures")]
    public void Every_file_of_the_peers_test_data_is_read_or_refused_in_words()
    {
        var read = 0;
        foreach (
            var file in Directory.EnumerateFiles(
                Path.Combine(Material.Get("shared/fixtures"), "traces"),
                "*.json",
                SearchOption.AllDirectories
            )
        )
        {
            try
            {
                if (ImportedTraces.ToOtlp(File.ReadAllBytes(file)) is not { } otlp)
                    continue;
                using var batch = OtlpDecoder.DecodeTraces(otlp, OtlpEncoding.Json, DecodeLimits.Default);
                read += batch.Count;
            }
            catch (OtlpFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }

        Assert.True(read > 1000, $"only {read} spans were read");
    }

    private static SpanBatch Decode(string json)
    {
        var otlp = ImportedTraces.ToOtlp(Encoding.UTF8.GetBytes(json));
        Assert.NotNull(otlp);
        return OtlpDecoder.DecodeTraces(otlp, OtlpEncoding.Json, DecodeLimits.Default);
    }
}
