using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Copilot.Ingest.Otlp;
using Copilot.Testing;
using Xunit;

namespace Copilot.Ingest.Tests.Changes;

[Trait("needs", "postgres")]
public sealed class ChangeEndpointTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private IntakeHost _host = null!;

    [Fact]
    public async Task One_change_or_a_list_is_taken_and_read_back_newest_first()
    {
        await PostAsync(
            """{"time":"2026-01-01T10:00:00Z","service":"cart","kind":"Deploy","version":"2","previousVersion":"1","summary":"s","author":"ada","url":"https://git.example/1","ticket":"T-1"}"""
        );
        var answer = await PostAsync(
            """[{"time":"2026-01-01T12:00:00+01:00","service":"cart","kind":"flag"},{"time":"2026-01-01T12:00:00Z","service":"search","kind":"config"}]"""
        );
        Assert.Equal(2, answer["accepted"]!.GetValue<int>());

        var items = (await ListAsync("service=cart&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"))["items"]!.AsArray();
        Assert.Equal(["flag", "deploy"], items.Select(item => item!["kind"]!.GetValue<string>()));
        Assert.Equal("2026-01-01T11:00:00+00:00", items[0]!["time"]!.GetValue<string>());
        Assert.Equal("""{"ticket": "T-1"}""", await postgres.ScalarAsync("select attributes::text from changes where author = 'ada'"));
    }

    [Fact]
    public async Task The_same_change_again_adds_nothing()
    {
        const string change = """{"time":"2026-02-01T10:00:00Z","service":"again","kind":"deploy","version":"9"}""";
        Assert.Equal(1, (await PostAsync(change))["added"]!.GetValue<int>());
        Assert.Equal(0, (await PostAsync(change))["added"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_wrong_change_is_told_with_its_place_and_costs_no_other()
    {
        var answer = await PostAsync(
            """[{"time":"yesterday","service":"cart","kind":"flag"},{"time":"2026-03-01T12:00:00Z","service":"mixed","kind":"config"},{"time":"2026-03-01T12:00:00Z","kind":"config"}]"""
        );
        Assert.Equal(1, answer["accepted"]!.GetValue<int>());
        Assert.Equal(
            [(0, "time"), (2, "service")],
            answer["refused"]!.AsArray().Select(refusal => (refusal!["index"]!.GetValue<int>(), refusal["field"]!.GetValue<string>()))
        );
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"service":"cart"}""")]
    [InlineData("""{"time":"","service":"cart","kind":"flag"}""")]
    [InlineData("""{"service":"cart","kind":"flag","summary":"\ud800"}""")]
    [InlineData("""{"service":"cart","kind":"flag","\ud800":1}""")]
    [InlineData("""{"service":"cart","kind":"flag","attributes":{"a":{"b":["\udc00"]}}}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00","service":"cart","kind":"flag"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00Z","service":"cart","kind":"flag","url":"javascript:alert(1)"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00Z","service":"cart","kind":"flag","summary":"a\u0000b"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00Z","service":7,"kind":"flag"}""")]
    [InlineData("\"text\"")]
    public async Task What_is_no_change_is_a_problem_400(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await _host.Http.PostAsync(new Uri("api/v1/changes", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_change_without_a_time_was_made_when_it_came()
    {
        var before = DateTimeOffset.UtcNow;
        Assert.Equal(
            1,
            (await PostAsync("""{"service":"timeless","kind":"deploy","version":"2","time":null}"""))["added"]!.GetValue<int>()
        );
        var item = Assert.Single((await ListAsync("service=timeless"))["items"]!.AsArray());
        Assert.InRange(item!["time"]!.GetValue<DateTimeOffset>(), before.AddMilliseconds(-1), DateTimeOffset.UtcNow.AddMilliseconds(1));
    }

    [Fact]
    public async Task A_change_that_is_imported_tells_its_own_time()
    {
        using var content = new StringContent("""{"service":"imported","kind":"deploy"}""", Encoding.UTF8, "application/json");
        content.Headers.Add(OtlpHttpEndpoint.ImportedHeader, "1");
        using var reply = await _host.Http.PostAsync(new Uri("api/v1/changes", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("imported", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"service":"cart","kind":"flag","tiem":"2026-03-01T12:00:00Z"}""", "tiem", "did you mean 'time'")]
    [InlineData("""{"servcie":"cart","kind":"flag"}""", "servcie", "did you mean 'service'")]
    [InlineData("""{"service":"cart","kind":"flag","Version":"2"}""", "Version", "did you mean 'version'")]
    [InlineData("""{"service":"cart","kind":"flag","previous_version":"1"}""", "previous_version", "did you mean 'previousVersion'")]
    [InlineData("""{"service":"cart","kind":"flag","timestamp":"2026-03-01T12:00:00Z"}""", "time", "'timestamp' holds a time")]
    public async Task A_misspelt_member_is_named_with_the_one_that_was_meant(string change, string field, string told)
    {
        // A good one beside it, which it does not cost.
        var answer = await PostAsync($$"""[{{change}},{"service":"beside","kind":"config"}]""");
        var refusal = Assert.Single(answer["refused"]!.AsArray())!;
        Assert.Equal(
            (1, 0, field),
            (answer["accepted"]!.GetValue<int>(), refusal["index"]!.GetValue<int>(), refusal["field"]!.GetValue<string>())
        );
        Assert.Contains(told, refusal["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_only_looks_like_one_that_is_there_is_an_attribute()
    {
        await PostAsync(
            """{"service":"alike","kind":"flag","services":"a, b","attributes":{"verison":"x"},"finishedAt":"2026-03-01T12:00:00Z","time":"2026-03-01T12:00:00Z"}"""
        );
        Assert.Equal(
            """{"verison": "x", "services": "a, b", "finishedAt": "2026-03-01T12:00:00Z"}""",
            await postgres.ScalarAsync("select attributes::text from changes where service = 'alike'")
        );
    }

    [Fact]
    public async Task Asking_for_a_service_that_holds_a_nul_is_a_problem_400()
    {
        using var reply = await _host.Http.GetAsync(new Uri("api/v1/changes?service=a%00b", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Completing_an_import_runs_every_pass()
    {
        using var reply = await _host.Http.PostAsync(new Uri("api/v1/import/complete", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync(new RecordingWriter(), postgres.Database);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private async Task<JsonNode> ListAsync(string query) =>
        JsonNode.Parse(await _host.Http.GetStringAsync(new Uri($"api/v1/changes?{query}", UriKind.Relative)))!;

    private async Task<JsonNode> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await _host.Http.PostAsync(new Uri("api/v1/changes", UriKind.Relative), content);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
