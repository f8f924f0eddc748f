using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Copilot.Web.Tests.Edge;
using Xunit;

namespace Copilot.Web.Tests.Api;

/// <summary>How much is kept, what is to go, and what is taken elsewhere, over HTTP.</summary>
[Trait("needs", "postgres")]
public sealed class DataEndpointTests(WholeApp app) : IClassFixture<WholeApp>
{
    private static readonly DateTimeOffset _start = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_told_goes_and_is_followed_until_it_is_gone()
    {
        await SendAsync("leaves", 20, "42");
        await SendAsync("stays", 5, "43");
        var preview = await AskAsync(HttpStatusCode.OK, "api/v1/data/deletions/preview", new JsonObject { ["service"] = "leaves" });
        Assert.Equal(20, (int)preview["spans"]!);
        Assert.Equal("leaves", (string)preview["services"]![0]!["service"]!);

        var scope = (JsonObject)preview["scope"]!.DeepClone();
        scope["digest"] = "another";
        var refused = await AskAsync(HttpStatusCode.Conflict, "api/v1/data/deletions", scope);
        Assert.Contains("ask for a preview first", (string)refused["detail"]!, StringComparison.Ordinal);
        scope["digest"] = (string)preview["digest"]!;
        var asked = await AskAsync(HttpStatusCode.Accepted, "api/v1/data/deletions", scope);
        var state = await DoneAsync((long)asked["id"]!);
        Assert.Equal(20, (int)state["spans"]!);
        Assert.Empty(await ExportAsync("traces", "leaves"));
        Assert.Single(await ExportAsync("traces", "stays"));
    }

    [Fact]
    public async Task A_persons_value_is_in_no_record_of_its_deletion()
    {
        await SendAsync("shop", 3, "anna@example.com");
        var preview = await AskAsync(
            HttpStatusCode.OK,
            "api/v1/data/deletions/preview",
            new JsonObject { ["attribute"] = "user.id=anna@example.com" }
        );
        var scope = (JsonObject)preview["scope"]!.DeepClone();
        scope["digest"] = (string)preview["digest"]!;
        var asked = await AskAsync(HttpStatusCode.Accepted, "api/v1/data/deletions", scope);
        Assert.Equal(3, (int)(await DoneAsync((long)asked["id"]!))["spans"]!);
        foreach (var path in (string[])["api/v1/data/deletions/", "api/v1/audit-log", "api/v1/audit-log/export"])
            Assert.DoesNotContain("anna", await app.Http.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.Ordinal);
        var audit = await app.Http.GetStringAsync(new Uri("api/v1/audit-log?q=data.delete", UriKind.Relative));
        Assert.Contains("with a value of user.id", audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"servise":"web","to":"2026-01-01T00:00:00Z"}""", "'servise' is no member of a deletion")]
    [InlineData("{}", "Say what is to go")]
    [InlineData("[]", "must be an object")]
    [InlineData("""{"attribute":"user.id"}""", "key=value")]
    [InlineData("""{"service":"web","from":"2026-01-01T00:00:30Z"}""", "whole minute")]
    [InlineData("""{"service":"web","from":"yesterday"}""", "RFC 3339")]
    public async Task What_is_no_scope_is_refused_with_what_to_change(string body, string told)
    {
        foreach (var path in (string[])["api/v1/data/deletions/preview", "api/v1/data/deletions"])
        {
            var answer = await AskAsync(HttpStatusCode.BadRequest, path, JsonNode.Parse(body)!);
            Assert.Contains(told, (string)answer["detail"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_exported_is_what_was_sent()
    {
        await SendAsync("exported", 3, "7");
        var line = JsonNode.Parse(Assert.Single(await ExportAsync("traces", "exported")))!;
        var spans = line["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray();
        Assert.Equal(3, spans.Count);
        Assert.Equal("7", (string)spans[0]!["attributes"]![0]!["value"]!["stringValue"]!);
        var log = JsonNode.Parse(Assert.Single(await ExportAsync("logs", "exported")))!;
        Assert.Equal("said", (string)log["resourceLogs"]![0]!["scopeLogs"]![0]!["logRecords"]![0]!["body"]!["stringValue"]!);
        // It is taken in again as it is; the spans are known.
        using var again = await app.Http.PostAsync(
            new Uri("v1/traces", UriKind.Relative),
            new StringContent(line.ToJsonString(), Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(
            3,
            JsonNode.Parse(Assert.Single(await ExportAsync("traces", "exported")))!["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!
                .AsArray()
                .Count
        );
    }

    [Fact]
    public async Task An_estimate_is_arithmetic_over_what_is_measured()
    {
        var one = await EstimateAsync(1_000);
        var two = await EstimateAsync(2_000);
        Assert.False((bool)one["measures"]!["measured"]!);
        var hot = 1_000 * (double)one["measures"]!["bytesPerSpan"]! * TimeSpan.FromHours(2).TotalSeconds;
        Assert.Equal(hot, (double)one["estimate"]!["hotBytes"]!, 1.0);
        Assert.Equal(2 * (double)one["estimate"]!["totalBytes"]!, (double)two["estimate"]!["totalBytes"]!, 1.0);
        using var wrong = await app.Http.GetAsync(new Uri("api/v1/data/estimate?spansPerSecond=-1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    private async Task<JsonNode> EstimateAsync(int rate) =>
        (await app.Http.GetFromJsonAsync<JsonNode>(new Uri($"api/v1/data/estimate?spansPerSecond={rate}", UriKind.Relative)))!;

    private async Task<JsonNode> AskAsync(HttpStatusCode expected, string path, JsonNode body)
    {
        using var answer = await app.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>It goes on beside the requests; it can only be asked.</summary>
    private async Task<JsonNode> DoneAsync(long id)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var state = (await app.Http.GetFromJsonAsync<JsonNode>(new Uri($"api/v1/data/deletions/{id}", UriKind.Relative)))!;
            if (state["doneAt"] is not null)
                return state;
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), state.ToJsonString());
            await Task.Delay(50);
        }
    }

    private async Task<string[]> ExportAsync(string signal, string service)
    {
        var path = $"api/v1/data/export?signal={signal}&service={service}&from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z";
        var text = await app.Http.GetStringAsync(new Uri(path, UriKind.Relative));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task SendAsync(string service, int spans, string user)
    {
        var start = _start.ToUnixTimeMilliseconds();
        var resource = $$$"""{"attributes":[{"key":"service.name","value":{"stringValue":"{{{service}}}"}}]}""";
        var items = Enumerable
            .Range(1, spans)
            .Select(i =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""
                    {"traceId":"{{{(uint)service.GetHashCode(StringComparison.Ordinal):x16}}}{{{i:x16}}}","spanId":"{{{i:x16}}}","name":"GET /","kind":2,"startTimeUnixNano":"{{{start
                        + i}}}000000","endTimeUnixNano":"{{{start + i + 5}}}000000","attributes":[{"key":"user.id","value":{"stringValue":"{{{user}}}"}}]}
                    """
                )
            );
        await PostAsync(
            "v1/traces",
            $$$"""{"resourceSpans":[{"resource":{{{resource}}},"scopeSpans":[{"spans":[{{{string.Join(',', items)}}}]}]}]}"""
        );
        var log = $$$"""{"timeUnixNano":"{{{start}}}000000","severityNumber":9,"body":{"stringValue":"said"}}""";
        await PostAsync("v1/logs", $$$"""{"resourceLogs":[{"resource":{{{resource}}},"scopeLogs":[{"logRecords":[{{{log}}}]}]}]}""");
    }

    private async Task PostAsync(string path, string body)
    {
        using var answer = await app.Http.PostAsync(
            new Uri(path, UriKind.Relative),
            new StringContent(body, Encoding.UTF8, "application/json")
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
