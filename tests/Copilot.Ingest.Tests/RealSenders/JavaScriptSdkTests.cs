using Copilot.Testing;
using Xunit;

namespace Copilot.Ingest.Tests.RealSenders;

/// <summary>OpenTelemetry's JavaScript SDK against the intake and a real Postgres.</summary>
[Trait("needs", "postgres")]
[Trait("needs", "node")]
public sealed class JavaScriptSdkTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [RequiresTheory("node", "npm")]
    [InlineData("http/json")]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Spans_logs_and_metrics_arrive(string protocol)
    {
        var folder = await JavaScriptPackages.InstallAsync();
        var service = "js-" + protocol.Replace('/', '-');
        await using var host = await IntakeHost.StartAsync(writer: null, postgres.Database);
        await JavaScriptPackages.RunAsync(
            folder,
            "node",
            "senders.mjs",
            protocol,
            host.Http.BaseAddress!.ToString(),
            host.Grpc.ToString().TrimEnd('/'),
            service
        );

        var arrived = new Arrivals(postgres, service);
        Assert.Equal("GET /basket 2 0 true, charge 3 2 false", await arrived.SpansAsync());
        Assert.Equal(
            """{"vip": true, "items": 3, "ratio": 0.5}""",
            await arrived.ScalarAsync("select attributes::text from spans where http_route = '/basket' and service_id = $1")
        );
        Assert.Equal("exception", await arrived.ScalarAsync("select events->0->>'n' from spans where status = 2 and service_id = $1"));
        Assert.Equal(
            "charge failed",
            await arrived.ScalarAsync(
                "select l.body from logs l join spans s using (trace_id, span_id) where s.http_route = '/basket' and l.severity = 17 and l.service_id = $1"
            )
        );
        Assert.Equal("histogram latency 12, sum orders 5, gauge queue 7", await arrived.MetricsAsync());
    }
}
