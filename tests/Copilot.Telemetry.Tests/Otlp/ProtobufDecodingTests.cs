using System.Text;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Xunit;
using static Copilot.Telemetry.Tests.Otlp.Protobuf;

namespace Copilot.Telemetry.Tests.Otlp;

public sealed class ProtobufDecodingTests
{
    [Fact]
    public void Every_shape_of_a_value_becomes_json()
    {
        var span = Span();
        span.Attribute(9, "text", Value("a\"b\n\u0001ü"))
            .Attribute(9, "flag", new Protobuf().Varint(2, 1))
            .Attribute(9, "int", new Protobuf().Varint(3, long.MinValue))
            .Attribute(9, "double", new Protobuf().Double(4, 2))
            .Attribute(9, "nan", new Protobuf().Double(4, double.NaN))
            .Attribute(9, "list", new Protobuf().Message(5, new Protobuf().Message(1, Value("x")).Message(1, new Protobuf().Varint(3, 7))))
            .Attribute(9, "map", new Protobuf().Message(6, new Protobuf().Attribute(1, "k", Value("v"))))
            .Attribute(9, "bytes", new Protobuf().Bytes(7, 0, 1, 2))
            .Attribute(9, "empty", new Protobuf());
        using var batch = Decode(Traces(span));
        Assert.Equal(
            """{"text":"a\"b\n\u0001ü","flag":true,"int":-9223372036854775808,"double":2.0,"nan":"NaN","list":["x",7],"map":{"k":"v"},"bytes":{"bytes":"AAEC"},"empty":null}""",
            Text(batch, batch.Rows[0].Attributes)
        );
    }

    [Fact]
    public void Times_ids_status_events_and_links_are_read_in_any_order_of_fields()
    {
        // Events before the start that they are timed from; an unknown field; a field of another wire type than known.
        var span = new Protobuf()
            .Message(11, new Protobuf().Fixed64(1, Noon + 500).Text(2, "exception").Attribute(3, "exception.type", Value("Boom")))
            .Message(13, new Protobuf().Bytes(1, Id(16, 9)).Bytes(2, Id(8, 9)).Text(3, "a=1"))
            .Message(15, new Protobuf().Text(2, "it broke").Varint(3, 2))
            .Varint(6, 3)
            .Varint(99, 5)
            .Varint(5, 5)
            .Fixed64(7, Noon)
            .Fixed64(8, Noon + 2_000)
            .Text(5, "op")
            .Bytes(4, Id(8, 7))
            .Bytes(2, Id(8, 2))
            .Bytes(1, Id(16, 1))
            .Text(3, "ot=th:8");
        using var batch = Decode(Traces(span));
        var row = batch.Rows[0];
        Assert.Equal((new TraceId(0, 1), new SpanId(2), new SpanId(7)), (row.TraceId, row.SpanId, row.ParentSpanId));
        Assert.Equal(
            ((long)Noon, 2_000L, SpanKind.Client, SpanStatus.Error, false),
            (row.StartNs, row.DurationNs, row.Kind, row.Status, row.Entry)
        );
        Assert.Equal("it broke", Text(batch, row.StatusMessage));
        Assert.Equal("""[{"t":500,"n":"exception","a":{"exception.type":"Boom"}}]""", Text(batch, row.Events));
        Assert.Equal("""[{"t":"00000000000000000000000000000009","s":"0000000000000009","st":"a=1"}]""", Text(batch, row.Links));
        Assert.Equal(2, row.AdjustedCount);
        Assert.Equal(("s", "lib", "1.0"), (batch.Resources[0].ServiceName, batch.Scopes[0].Name, batch.Scopes[0].Version));
    }

    [Fact]
    public void A_resource_and_a_scope_behind_their_spans_are_theirs_all_the_same()
    {
        var scopeSpans = new Protobuf().Message(2, Span()).Message(1, new Protobuf().Text(1, "late"));
        var body = new Protobuf().Message(
            1,
            new Protobuf()
                .Message(2, scopeSpans)
                .Message(1, new Protobuf().Attribute(1, "service.name", Value("cart")).Attribute(1, "a", Value("b")))
        );
        using var batch = Decode(body.ToArray());
        Assert.Equal("cart", batch.Resources[batch.Rows[0].Resource].ServiceName);
        Assert.Equal("late", batch.Scopes[batch.Rows[0].Scope].Name);
        Assert.Equal("""{"a":"b","service.name":"cart"}""", Text(batch, batch.Resources[0].Attributes));
    }

    [Fact]
    public void Bad_spans_are_rejected_with_reasons_and_the_others_kept()
    {
        using var batch = Decode(
            Traces(
                Span(),
                new Protobuf().Bytes(1, Id(16, 0)).Bytes(2, Id(8, 1)),
                new Protobuf().Bytes(1, Id(15, 1)).Bytes(2, Id(8, 1)),
                new Protobuf().Bytes(1, Id(16, 1)).Bytes(2, Id(8, 0)),
                Span(start: ulong.MaxValue),
                Span(2)
            )
        );
        Assert.Equal(2, batch.Count);
        Assert.Equal(4, batch.Rejections.Count);
        Assert.Equal(
            "a trace id is missing or all zero; a trace id is not 16 bytes long; a span id is missing or all zero; a span's start lies before 1970 or beyond the year 2262: set the sender's clock",
            batch.Rejections.ToString()
        );
    }

    [Fact]
    public void Odd_times_are_taken()
    {
        using var batch = Decode(Traces(Span(end: Noon), Span(2, end: Noon - 1_000), Span(3, end: 0)));
        foreach (var row in batch.Rows)
            Assert.Equal(0, row.DurationNs);
    }

    [Fact]
    public void Text_that_postgres_refuses_is_mended()
    {
        var broken = new Protobuf().Bytes(1, 0x61, 0xFF, 0x00, 0x62);
        using var batch = Decode(Traces(Span().Attribute(9, "k\0", broken).Attribute(9, "http.route", Value("/a\0b"))));
        Assert.Equal(
            """{"k\uFFFD":"a\uFFFD\uFFFDb"}""".Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal),
            Text(batch, batch.Rows[0].Attributes)
        );
        Assert.Equal("/a\uFFFDb", Text(batch, batch.Rows[0].Promoted.Texts[1]));
    }

    [Fact]
    public void Too_much_is_cut_and_said_to_be()
    {
        var span = Span().Attribute(9, "big", Value(new string('x', 1024 * 1024)));
        for (var i = 0; i < 10_000; i++)
            span.Attribute(9, "key" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), Value("v"));
        using var batch = Decode(Traces(span));
        using var json = System.Text.Json.JsonDocument.Parse(batch.Arena[batch.Rows[0].Attributes].ToArray());
        Assert.Equal(32 * 1024, json.RootElement.GetProperty("big").GetString()!.Length);
        Assert.Equal(10_001 - 512, json.RootElement.GetProperty("otel.dropped_attributes_count").GetInt32());
        Assert.Equal("big", json.RootElement.GetProperty("copilot.truncated")[0].GetString());
    }

    [Fact]
    public void Endless_nesting_ends()
    {
        var value = Value("deep");
        for (var i = 0; i < 3000; i++)
            value = new Protobuf().Message(5, new Protobuf().Message(1, value));
        using var batch = Decode(Traces(Span().Attribute(9, "nest", value)));
        Assert.Contains("copilot.truncated", Text(batch, batch.Rows[0].Attributes), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncated_body_is_refused_or_read_and_never_anything_else()
    {
        var body = Traces(Span().Attribute(9, "a", Value("b")).Message(11, new Protobuf().Fixed64(1, 5).Text(2, "e")), Span(2));
        for (var length = 0; length < body.Length; length++)
        {
            try
            {
                Decode(body[..length]).Dispose();
            }
            catch (OtlpFormatException exception)
            {
                Assert.InRange(exception.Offset, 0, length);
            }
        }
    }

    [Fact]
    public void Noise_is_refused_or_read_and_never_anything_else()
    {
        var random = new Random(11);
        var body = Traces(Span().Attribute(9, "a", Value("b")), Span(2));
        for (var round = 0; round < 20_000; round++)
        {
            var noisy = (byte[])body.Clone();
            for (var flips = 0; flips <= round % 4; flips++)
                noisy[random.Next(noisy.Length)] = (byte)random.Next(256);
            try
            {
                Decode(noisy).Dispose();
            }
            catch (OtlpFormatException)
            {
                // Said to the sender.
            }
        }
    }

    [Fact]
    public void An_empty_body_is_an_empty_request()
    {
        using var batch = Decode([]);
        Assert.Equal(0, batch.Count);
    }

    private static SpanBatch Decode(byte[] body) => OtlpDecoder.DecodeTraces(body, OtlpEncoding.Protobuf, DecodeLimits.Default);

    private static string Text(SpanBatch batch, TextSlice slice) => Encoding.UTF8.GetString(batch.Arena[slice]);
}
