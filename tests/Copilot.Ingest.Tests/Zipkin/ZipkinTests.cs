using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Copilot.Ingest.Tests.Zipkin;

public sealed class ZipkinTests : IAsyncLifetime
{
    private const string Span =
        """{"traceId":"5af7183fb1d4cf5f","id":"352bff9a74ca9ad2","name":"get /api","kind":"SERVER","timestamp":1556604172355737,"duration":1431,"localEndpoint":{"serviceName":"backend"}}""";
    private readonly RecordingWriter _writer = new();
    private IntakeHost _host = null!;

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync(_writer);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spans_are_taken_and_answered_with_202(bool gzip)
    {
        using var reply = await PostAsync($"[{Span}]", gzip);
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal(["get /api"], _writer.SpanNames);
    }

    [Fact]
    public async Task An_empty_list_is_fine()
    {
        using var reply = await PostAsync(" [ ] ");
        Assert.Equal((HttpStatusCode.Accepted, 0), (reply.StatusCode, _writer.Spans));
    }

    [Theory]
    [InlineData("""{"traceId":"1"}""", "no array")]
    [InlineData("""[{"span":1}]""", "no item")]
    [InlineData("""[{"traceId":"5af7183fb1d4cf5f" """, "no JSON")]
    [InlineData("", "no array")]
    public async Task What_is_no_list_of_spans_is_refused_for_good_with_the_reason(string body, string reason)
    {
        using var reply = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(reason, await reply.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Under_pressure_the_sender_is_asked_to_wait()
    {
        _writer.PendingItems = 1_000_000;
        using var reply = await PostAsync($"[{Span}]");
        Assert.Equal(HttpStatusCode.TooManyRequests, reply.StatusCode);
        Assert.NotNull(reply.Headers.RetryAfter);
    }

    [Fact]
    public async Task Another_content_type_is_told_what_is_taken()
    {
        using var content = new ByteArrayContent([1, 2]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var reply = await _host.Http.PostAsync(new Uri("api/v2/spans", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, bool gzip = false)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var content = new ByteArrayContent(gzip ? Samples.Gzip(bytes) : bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (gzip)
            content.Headers.ContentEncoding.Add("gzip");
        return await _host.Http.PostAsync(new Uri("api/v2/spans", UriKind.Relative), content);
    }
}
