using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Testing;
using Copilot.Web.Hosting;
using Npgsql;
using Xunit;

namespace Copilot.Web.Tests.Edge;

/// <summary>What would cost too much is refused at once, by every entrance, with how to narrow it; it is not blamed on the store.</summary>
public sealed class BudgetTests(WholeApp app, PostgresFixture postgres) : IClassFixture<WholeApp>, IClassFixture<PostgresFixture>
{
    public static TheoryData<string> Expensive =>
        new()
        {
            "{ name =~ \"" + string.Concat(Enumerable.Repeat(".*", 500)) + "\" }",
            "{ name =~ \"" + string.Concat(Enumerable.Repeat(".?", 500)) + "\" }",
            "{ name =~ \"(.{0,50}){0,50}x\" }",
            "{ .note =~ \"(abcdefghij){1,500}\" }",
            string.Join(" >> ", Enumerable.Repeat("{ }", 12)),
            string.Join(" &>> ", Enumerable.Repeat("{ }", 12)),
        };

    [Theory]
    [MemberData(nameof(Expensive))]
    public async Task A_query_that_costs_too_much_says_how_to_narrow_it(string query)
    {
        foreach (var address in new[] { "tempo/api/search", "api/v1/traceql/explain" })
        {
            using var answer = await app.Http.GetAsync(new Uri($"{address}?q={Uri.EscapeDataString(query)}", UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{address}: {answer.StatusCode} {text}");
            Assert.StartsWith("Too expensive: ", text, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Retry-After"));
        }

        if (query.StartsWith("{ }", StringComparison.Ordinal))
            return;
        var problem = await RefusedAsync(
            "api/v1/causes",
            new
            {
                from = "2026-01-01T00:00:00Z",
                to = "2026-01-01T00:10:00Z",
                scope = query,
            },
            HttpStatusCode.UnprocessableEntity
        );
        Assert.StartsWith("Too expensive: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/v1/causes")]
    [InlineData("api/v1/proposals")]
    public async Task A_window_of_centuries_is_refused_at_once(string address)
    {
        var clock = Stopwatch.StartNew();
        Assert.Contains(
            "from 1970 to 2199",
            await RefusedAsync(address, new { from = "0001-01-01T00:00:00Z", to = "9999-12-31T23:59:59Z" }, HttpStatusCode.BadRequest),
            StringComparison.Ordinal
        );
        var problem = await RefusedAsync(
            address,
            new { from = "1970-01-01T00:00:00Z", to = "2199-12-31T23:59:59Z" },
            HttpStatusCode.UnprocessableEntity
        );
        Assert.Contains("at most 31 days", problem, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_statement_that_took_too_long_is_not_a_store_that_cannot_be_reached()
    {
        await using var command = postgres.Database.DataSource.CreateCommand("select pg_sleep(30)");
        command.CommandTimeout = 1;
        var late = await Assert.ThrowsAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
        Assert.Null(StoreFailure.Of(late));
        Assert.StartsWith("Too expensive: ", QueryTooExpensiveException.Of(late)!.Message, StringComparison.Ordinal);

        await using var limited = postgres.Database.DataSource.CreateCommand("set statement_timeout = 50; select pg_sleep(30)");
        var cut = await Assert.ThrowsAsync<PostgresException>(() => limited.ExecuteNonQueryAsync());
        Assert.Null(StoreFailure.Of(cut));
        Assert.NotNull(QueryTooExpensiveException.Of(cut));
    }

    [Fact]
    public async Task One_bad_item_of_a_batch_costs_no_other()
    {
        var alerts =
            """{"alerts":[{"labels":{"alertname":"\ud800\u0000","service":"shop"}},"nothing",{"labels":{"alertname":"Other"},"startsAt":"9999-12-31T23:59:59Z"}]}""";
        using var taken = await app.Http.PostAsync(
            new Uri("api/v1/alerts/grafana", UriKind.Relative),
            new StringContent(alerts, Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal(2, (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("taken").GetInt32());

        var files =
            """[{"path":"a\u0000","content":"x"},{"path":"CODEOWNERS","content":"* @shop/team"},{"path":"b","content":"\ud800"},7]""";
        using var put = await app.Http.PostAsync(
            new Uri("api/v1/catalog", UriKind.Relative),
            new StringContent(files, Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var outcomes = (await put.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("files").EnumerateArray().ToList();
        Assert.Equal([true, false, false, false], outcomes.Select(file => file.GetProperty("accepted").GetBoolean()));
        Assert.All(outcomes.Skip(1), file => Assert.NotEmpty(file.GetProperty("error").GetString()!));
    }

    [Theory]
    [InlineData("application/json; charset=utf-7", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=no-such", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=\"UTF-8\"", HttpStatusCode.OK)]
    public async Task A_charset_that_is_not_read_is_said_to_be(string type, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent("""{"words":"slow traces"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await app.Http.PostAsync(new Uri("api/v1/traceql/translate", UriKind.Relative), content);
        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task<string> RefusedAsync(string address, object body, HttpStatusCode expected)
    {
        using var answer = await app.Http.PostAsJsonAsync(new Uri(address, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{address}: {answer.StatusCode} {text}");
        using var problem = JsonDocument.Parse(text);
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
