using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Copilot.Store.Intake;
using Google.Protobuf;
using Xunit;

namespace Copilot.Ingest.Tests.Otlp;

public sealed class OtlpHttpTests : IAsyncLifetime
{
    private static readonly byte[] GoodTrace = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private readonly RecordingWriter _writer = new();
    private IntakeHost _host = null!;

    [Fact]
    public async Task Each_signal_is_taken_as_json_and_the_answer_is_an_empty_object()
    {
        foreach (
            var (path, body) in new[]
            {
                ("v1/traces", Samples.Traces(Samples.Span())),
                ("v1/logs", Samples.Logs()),
                ("v1/metrics", Samples.Metrics()),
            }
        )
        {
            using var reply = await PostJsonAsync(path, body);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Equal("application/json", reply.Content.Headers.ContentType!.MediaType);
            Assert.Equal("{}", await reply.Content.ReadAsStringAsync());
        }

        Assert.Equal((1, 1, 1), (_writer.Spans, _writer.Logs, _writer.Points));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Protobuf_is_taken_plain_and_packed_and_the_answer_has_no_bytes(bool gzip)
    {
        var body = Samples.Protobuf("GET /cart", GoodTrace);
        using var reply = await PostAsync("v1/traces", gzip ? Samples.Gzip(body) : body, "application/x-protobuf", gzip ? "gzip" : null);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("application/x-protobuf", reply.Content.Headers.ContentType!.MediaType);
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal(["GET /cart"], _writer.SpanNames);
    }

    [Fact]
    public async Task An_empty_request_succeeds()
    {
        using var reply = await PostAsync("v1/traces", [], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(0, _writer.Spans);
    }

    [Fact]
    public async Task Spans_with_bad_ids_are_counted_as_rejected_and_the_others_are_kept()
    {
        var body = Samples.Traces(
            Samples.Span("good"),
            Samples.Span("bad", trace: new string('0', 32)),
            Samples.Span("short", trace: "12ab")
        );
        using var reply = await PostJsonAsync("v1/traces", body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var partial = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["partialSuccess"]!;
        Assert.Equal("2", partial["rejectedSpans"]!.GetValue<string>());
        Assert.NotEmpty(partial["errorMessage"]!.GetValue<string>());
        Assert.Equal(["good"], _writer.SpanNames);
    }

    [Fact]
    public async Task A_time_before_1970_costs_its_span_only()
    {
        var early = Samples.Span("early").Replace("\"1700000000000000000\"", "\"-6795364578871345152\"", StringComparison.Ordinal);
        using var reply = await PostJsonAsync("v1/traces", Samples.Traces(early, Samples.Span("good")));
        Assert.Equal("1", JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["partialSuccess"]!["rejectedSpans"]!.GetValue<string>());
        Assert.Equal(["good"], _writer.SpanNames);
    }

    [Fact]
    public async Task Partial_success_in_protobuf_carries_the_count()
    {
        using var reply = await PostAsync("v1/traces", Samples.Protobuf("x", GoodTrace, [1, 2, 3]), "application/x-protobuf");
        var response = new CodedInputStream(await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited), response.ReadTag());
        var partial = response.ReadBytes().CreateCodedInput();
        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.Varint), partial.ReadTag());
        Assert.Equal(1, partial.ReadInt64());
        Assert.Equal(WireFormat.MakeTag(2, WireFormat.WireType.LengthDelimited), partial.ReadTag());
        Assert.NotEmpty(partial.ReadString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/grpc")]
    [InlineData(null)]
    public async Task Another_content_type_is_415(string? type)
    {
        using var reply = await PostAsync("v1/traces", [1], type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
        Assert.Contains("application/x-protobuf", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_content_encoding_is_415()
    {
        using var reply = await PostAsync("v1/traces", [1], "application/json", "br");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
    }

    [Fact]
    public async Task Json_that_breaks_off_is_400_with_the_status_and_its_detail()
    {
        using var reply = await PostJsonAsync("v1/traces", Samples.Traces(Samples.Span())[..80]);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var status = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        Assert.Equal(3, status["code"]!.GetValue<int>());
        Assert.Equal("type.googleapis.com/google.rpc.BadRequest", status["details"]![0]!["@type"]!.GetValue<string>());
        Assert.NotEmpty(status["details"]![0]!["fieldViolations"]![0]!["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task Protobuf_that_breaks_off_is_400_in_protobuf()
    {
        using var reply = await PostAsync("v1/traces", Samples.Protobuf("x", GoodTrace)[..^5], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("application/x-protobuf", reply.Content.Headers.ContentType!.MediaType);
        var status = new CodedInputStream(await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.Varint), status.ReadTag());
        Assert.Equal(3, status.ReadInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(20)]
    public async Task Gzip_that_is_none_or_breaks_off_is_400(int cut)
    {
        var body = cut == 0 ? Encoding.UTF8.GetBytes(Samples.Traces()) : Samples.Gzip(Samples.Protobuf("x", GoodTrace))[..^cut];
        using var reply = await PostAsync("v1/traces", body, "application/x-protobuf", "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(0, _writer.Spans);
    }

    [Fact]
    public async Task A_bomb_is_413_and_the_next_request_is_taken()
    {
        using var reply = await PostAsync("v1/traces", Samples.Gzip(new byte[65 * 1024 * 1024]), "application/x-protobuf", "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Null(reply.Headers.RetryAfter);
        using var next = await PostJsonAsync("v1/traces", Samples.Traces(Samples.Span()));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task What_was_taken_otherwise_than_it_was_sent_is_said_with_nothing_rejected()
    {
        var endless = Samples.Span("endless").Replace("endTimeUnixNano", "end", StringComparison.Ordinal);
        using var reply = await PostJsonAsync("v1/traces", Samples.Traces(endless));
        var partial = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["partialSuccess"]!;
        Assert.Equal(
            ("0", "a span has no end: it counts as 0 long"),
            (partial["rejectedSpans"]!.GetValue<string>(), partial["errorMessage"]!.GetValue<string>())
        );
        Assert.Equal(["endless"], _writer.SpanNames);
    }

    [Theory]
    [InlineData("v1/traces", "application/json")]
    [InlineData("v1/logs", "application/x-protobuf")]
    [InlineData("api/v2/spans", "application/json")]
    public async Task A_body_of_bad_chunks_is_400(string path, string type)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_host.Http.BaseAddress!.Host, _host.Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\nnope\r\n[]\r\n0\r\n\r\n"
            )
        );
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
        Assert.Equal(0, _writer.Spans);
    }

    [Fact]
    public async Task A_store_that_is_down_is_503_with_a_time_to_come_back()
    {
        _writer.Failure = new StoreUnavailableException();
        using var reply = await PostJsonAsync("v1/logs", Samples.Logs());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        Assert.True(reply.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_store_that_cannot_keep_up_is_429_with_a_time_to_come_back()
    {
        _writer.PendingItems = 1_000_000;
        using var reply = await PostJsonAsync("v1/traces", Samples.Traces(Samples.Span()));
        Assert.Equal(HttpStatusCode.TooManyRequests, reply.StatusCode);
        Assert.True(reply.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(0, _writer.Spans);
    }

    [Fact]
    public async Task A_writer_that_breaks_takes_nothing_down()
    {
        _writer.Failure = new InvalidOperationException("broken");
        using var reply = await PostJsonAsync("v1/traces", Samples.Traces(Samples.Span()));
        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.DoesNotContain("broken", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imported_telemetry_is_marked()
    {
        using var content = new StringContent(Samples.Traces(Samples.Span()), Encoding.UTF8, "application/json");
        content.Headers.Add("X-Copilot-Imported", "true");
        using var reply = await _host.Http.PostAsync(new Uri("v1/traces", UriKind.Relative), content);
        Assert.True(_writer.Imported);
    }

    [Fact]
    public async Task What_came_in_is_told_as_prometheus_reads_it()
    {
        using var taken = await PostJsonAsync("v1/traces", Samples.Traces(Samples.Span(), Samples.Span(trace: new string('0', 32))));
        using var refused = await PostJsonAsync("v1/traces", "{");
        var metrics = await _host.Http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        Assert.Contains("copilot_ingest_stored_total{signal=\"traces\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("copilot_ingest_rejected_total{signal=\"traces\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("copilot_ingest_refused_total{status=\"400\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("copilot_ingest_body_bytes{} 0\n", metrics, StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync(_writer);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private Task<HttpResponseMessage> PostJsonAsync(string path, string body) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), "application/json; charset=utf-8");

    private Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? type, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return _host.Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
