using System.Net;
using Copilot.Cli.Querying;
using Xunit;

namespace Copilot.Cli.Tests;

public sealed class InstrumentStatusCommandTests
{
    private const string Ledger = """
        {"from":"2026-11-29T00:00:00Z","to":"2026-11-29T01:00:00Z","known":2,"sending":1,"note":null,
         "workloads":[{"name":"seat\u0007","state":"sends_no_spans","lostPerMinute":61.25,"reason":"quote calls it.","fix":"Instrument it."},
          {"name":"quote","state":"instrumented","lostPerMinute":0,"reason":"Its spans arrive.","fix":null}],
         "breaks":[{"caller":"quote","callee":"badge","operation":"POST /badges","why":"badge reads none.","fix":"Set it."}]}
        """;

    [Fact]
    public async Task Gaps_and_breaks_are_told_with_what_to_do()
    {
        var (code, told) = await RunAsync(Ledger);
        Assert.Equal(2, code);
        Assert.Contains("1 of 2 own services send spans", told, StringComparison.Ordinal);
        Assert.Contains("seat  sends no spans, 61.3 requests/min lost", told, StringComparison.Ordinal);
        Assert.Contains("quote → badge", told, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0007", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_gap_is_exit_code_0()
    {
        var (code, _) = await RunAsync(Ledger.Replace("sends_no_spans", "only_peer", StringComparison.Ordinal));
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task An_empty_store_is_told_as_that()
    {
        var (code, told) = await RunAsync("""{"workloads":[],"breaks":[]}""");
        Assert.Equal(2, code);
        Assert.Contains("No service is known yet", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_copilot_is_told_as_that()
    {
        var (code, told) = await RunAsync("<html>");
        Assert.Equal(1, code);
        Assert.Contains("is no copilot", told, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Told)> RunAsync(string body)
    {
        using var http = new HttpClient(new Canned(body)) { BaseAddress = new Uri("http://127.0.0.1:5080/") };
        await using var told = new StringWriter();
        return (await InstrumentStatusCommand.RunAsync(http, false, told, told, CancellationToken.None), told.ToString());
    }

    private sealed class Canned(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(
                request.RequestUri!.AbsolutePath == "/api/v1/instrumentation"
                    ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) }
                    : new HttpResponseMessage(HttpStatusCode.NotFound)
            );
    }
}
