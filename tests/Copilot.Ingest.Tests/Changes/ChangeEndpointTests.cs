using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Copilot.Testing;
using Xunit;

namespace Copilot.Ingest.Tests.Changes;

public sealed class ChangeEndpointTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private IntakeHost host = null!;

    [Fact]
    public async Task One_change_or_a_list_is_taken_and_read_back_newest_first()
    {
        await PostAsync("""{"time":"2026-01-01T10:00:00Z","service":"cart","kind":"Deploy","version":"2","previousVersion":"1","summary":"s","author":"ada","url":"https://git.example/1","ticket":"T-1"}""");
        var answer = await PostAsync("""[{"time":"2026-01-01T12:00:00+01:00","service":"cart","kind":"flag"},{"time":"2026-01-01T12:00:00Z","service":"search","kind":"config"}]""");
        Assert.Equal(2, answer["accepted"]!.GetValue<int>());

        var items = JsonNode.Parse(await host.Http.GetStringAsync(new Uri("api/v1/changes?service=cart", UriKind.Relative)))!["items"]!.AsArray();
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
        var answer = await PostAsync("""[{"time":"yesterday","service":"cart","kind":"flag"},{"time":"2026-03-01T12:00:00Z","service":"mixed","kind":"config"},{"time":"2026-03-01T12:00:00Z","kind":"config"}]""");
        Assert.Equal(1, answer["accepted"]!.GetValue<int>());
        Assert.Equal(
            [(0, "time"), (2, "service")],
            answer["refused"]!.AsArray().Select(refusal => (refusal!["index"]!.GetValue<int>(), refusal["field"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"service":"cart","kind":"flag"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00","service":"cart","kind":"flag"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00Z","service":"cart","kind":"flag","url":"javascript:alert(1)"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00Z","service":"cart","kind":"flag","summary":"a\u0000b"}""")]
    [InlineData("""{"time":"2026-03-01T12:00:00Z","service":7,"kind":"flag"}""")]
    [InlineData("\"text\"")]
    public async Task What_is_no_change_is_a_problem_400(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await host.Http.PostAsync(new Uri("api/v1/changes", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Completing_an_import_runs_every_pass()
    {
        using var reply = await host.Http.PostAsync(new Uri("api/v1/import/complete", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    public async Task InitializeAsync() => host = await IntakeHost.StartAsync(new RecordingWriter(), postgres.Database);

    public async Task DisposeAsync() => await host.DisposeAsync();

    private async Task<JsonNode> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await host.Http.PostAsync(new Uri("api/v1/changes", UriKind.Relative), content);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
