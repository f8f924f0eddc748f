using System.Net;
using Copilot.Cli.Querying;
using Xunit;

namespace Copilot.Cli.Tests;

/// <summary>What is told where nothing arrives, or not all.</summary>
public sealed class DoctorCommandTests
{
    private const string Quiet = """
        {"since":"2026-11-29T00:00:00Z","lastReceived":null,"keptShare":1,"refused":{},"mistakes":[],"storeReachable":true,
         "signals":{"traces":{"received":0,"perSecond":0,"rejected":0},"logs":{"received":0},"metrics":{"received":0}}}
        """;

    [Fact]
    public async Task Nothing_at_all_is_told_with_how_to_find_out()
    {
        var (code, told) = await RunAsync(Quiet);
        Assert.Equal(2, code);
        Assert.Contains("nothing since it started", told, StringComparison.Ordinal);
        Assert.Contains("docs/nothing-arrives.md", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_told_with_their_number()
    {
        var (code, told) = await RunAsync(
            Quiet.Replace(
                "\"mistakes\":[]",
                "\"mistakes\":[{\"what\":\"TLS came.\",\"count\":3,\"lastSeen\":\"x\"}]",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(2, code);
        Assert.Contains("wrong      TLS came. (3 times, last x)", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_without_logs_are_well_and_get_advice()
    {
        var (code, told) = await RunAsync(
            Quiet
                .Replace("\"lastReceived\":null", "\"lastReceived\":\"2026-11-29T00:00:00Z\"", StringComparison.Ordinal)
                .Replace("\"traces\":{\"received\":0", "\"traces\":{\"received\":1200", StringComparison.Ordinal)
        );
        Assert.Equal(0, code);
        Assert.Contains("traces     1,200 received", told, StringComparison.Ordinal);
        Assert.Contains("OTEL_LOGS_EXPORTER=otlp", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_lags_and_the_last_trouble_are_told()
    {
        var (code, told) = await RunAsync(
            Quiet.Replace(
                "\"storeReachable\":true",
                "\"storeReachable\":true,\"store\":{\"pendingMinutes\":90,\"distillation\":{\"due\":4}},"
                    + "\"lastTrouble\":{\"time\":\"2026-11-29T00:00:00Z\",\"what\":\"A lock was held.\"}",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(2, code);
        Assert.Contains("of 90 minutes are still to be counted", told, StringComparison.Ordinal);
        Assert.Contains("4 hours past the hot window", told, StringComparison.Ordinal);
        Assert.Contains("trouble    2026-11-29T00:00:00Z: A lock was held.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_another_version_than_the_app_is_told()
    {
        var (_, told) = await RunAsync(Quiet.Replace("{\"since\"", "{\"version\":\"0.0.1\",\"since\"", StringComparison.Ordinal));
        Assert.Contains("0.0.1 answers at", told, StringComparison.Ordinal);
        Assert.Contains("install that of 0.0.1", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "", "is a port of telemetry")]
    [InlineData(HttpStatusCode.OK, "<html>", "is no copilot")]
    public async Task What_is_no_copilot_is_told(HttpStatusCode status, string body, string said)
    {
        var (code, told) = await RunAsync(body, status);
        Assert.Equal(1, code);
        Assert.Contains(said, told, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Told)> RunAsync(string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = new HttpClient(new Fixed(body, status)) { BaseAddress = new Uri("http://copilot.test/") };
        using var told = new StringWriter();
        return (await DoctorCommand.RunAsync(http, TimeProvider.System, told, told, CancellationToken.None), told.ToString());
    }

    private sealed class Fixed(string body, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}
