using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Copilot.Ingest.Tests.Otlp;

/// <summary>What arrives at the wrong place is told where it belongs; by OTLP's own rules it would be an empty request.</summary>
public sealed class MisdirectedTests : IAsyncLifetime
{
    private const string Jaeger = """
        {"data":[{"traceID":"5b8efff798038103d269b633813fc60c","processes":{"p1":{"serviceName":"jaeger-frontend","tags":[]}},
        "spans":[{"traceID":"5b8efff798038103d269b633813fc60c","spanID":"eee19b7ec3c1b174","operationName":"GET /","references":[],
        "startTime":1700000000000000,"duration":5000,"tags":[],"logs":[],"processID":"p1"}]}]}
        """;

    private readonly RecordingWriter _writer = new();
    private IntakeHost _host = null!;

    [Theory]
    [InlineData("v1/traces", Jaeger, "Jaeger's JSON: POST it to /api/traces")]
    [InlineData("v1/traces", """[{"traceId":"5b8efff798038103","id":"5b8efff798038103"}]""", "POST it to /api/v2/spans")]
    [InlineData("v1/traces", """{"resourceLogs":[]}""", "These are logs: POST them to /v1/logs")]
    [InlineData("v1/logs", """{"resourceMetrics":[]}""", "These are metrics: POST them to /v1/metrics")]
    [InlineData("v1/metrics", """{"x":{"resourceMetrics":1},"resourceSpans":[]}""", "These are traces: POST them to /v1/traces")]
    [InlineData("v1/traces", """{"resource_spans":[]}""", "lowerCamelCase")]
    public async Task Another_format_is_told_where_it_belongs(string path, string body, string said)
    {
        using var reply = await PostAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(said, (string?)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"resourceSpans":[]}""")]
    [InlineData("""{"somethingNew":1,"resourceSpans":[]}""")]
    [InlineData("""{"somethingNew":{"a":[1]}}""")]
    [InlineData("""{"\ud800half a character":1}""")]
    public async Task Members_that_are_not_known_are_ignored_as_the_protocol_has_it(string body)
    {
        using var reply = await PostAsync("v1/traces", body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task It_is_counted()
    {
        using var reply = await PostAsync("v1/traces", """{"resourceLogs":[]}""");
        Assert.Contains("copilot_ingest_mistakes_total{} 1", (await _host.Http.GetStringAsync("metrics")).Split('\n'));
    }

    [Fact]
    public async Task Jaegers_export_is_taken_at_its_own_path()
    {
        using var reply = await PostAsync("api/traces", Jaeger);
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal(["GET /"], _writer.SpanNames);
    }

    [Fact]
    public async Task Who_imports_is_told_how_much_was_there_before()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/traces")
        {
            Content = new StringContent(Samples.Traces(Samples.Span()), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Copilot-Imported", "true");
        using var reply = await _host.Http.SendAsync(request);
        Assert.Equal("0", Assert.Single(reply.Headers.GetValues("X-Copilot-Known")));
    }

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync(_writer);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _host.Http.PostAsync(path, content);
    }
}
