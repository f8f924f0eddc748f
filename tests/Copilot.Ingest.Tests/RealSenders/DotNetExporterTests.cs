using System.Diagnostics;
using System.Diagnostics.Metrics;
using Copilot.Testing;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Xunit;

namespace Copilot.Ingest.Tests.RealSenders;

/// <summary>OpenTelemetry's .NET exporter against the intake and a real Postgres.</summary>
[Trait("needs", "postgres")]
public sealed class DotNetExporterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Spans_logs_and_metrics_arrive(OtlpExportProtocol protocol)
    {
        var service = "dotnet-" + protocol;
        await using var host = await IntakeHost.StartAsync(writer: null, postgres.Database);
        // Npgsql and HttpClient make activities too; only this source is listened to.
        using var source = new ActivitySource(service);
        using var meter = new Meter(service);
        var resource = ResourceBuilder.CreateEmpty().AddService(service, serviceVersion: "1.2.3");
        void To(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Endpoint = protocol == OtlpExportProtocol.Grpc ? host.Grpc : new Uri(host.Http.BaseAddress!, path);
        }

        using (
            var tracing = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(service)
                .AddOtlpExporter(options => To(options, "v1/traces"))
                .Build()
        )
        using (
            var metering = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(service)
                .AddOtlpExporter(options => To(options, "v1/metrics"))
                .Build()
        )
        using (
            var logging = LoggerFactory.Create(builder =>
                builder.AddOpenTelemetry(options =>
                    options.SetResourceBuilder(resource).AddOtlpExporter(exporter => To(exporter, "v1/logs"))
                )
            )
        )
        {
            using (var parent = source.StartActivity("GET /basket", ActivityKind.Server)!)
            {
                parent.SetTag("http.route", "/basket").SetTag("vip", true);
                using var child = source.StartActivity("charge", ActivityKind.Client)!;
                child.AddException(new InvalidOperationException("card declined")).SetStatus(ActivityStatusCode.Error, "declined");
                logging.CreateLogger("shop").LogError("charge failed {Attempt}", 2);
            }

            meter.CreateCounter<long>("orders").Add(5);
            meter.CreateHistogram<double>("latency", "ms").Record(12);
            meter.CreateObservableGauge("queue", () => 7);
            Assert.True(tracing.ForceFlush(20_000));
            Assert.True(metering.ForceFlush(20_000));
        }

        var arrived = new Arrivals(postgres, service);
        Assert.Equal("GET /basket 2 0 true, charge 3 2 false", await arrived.SpansAsync());
        Assert.Equal("declined", await arrived.ScalarAsync("select status_message from spans where status = 2 and service_id = $1"));
        Assert.Equal("exception", await arrived.ScalarAsync("select events->0->>'n' from spans where status = 2 and service_id = $1"));
        Assert.Equal(
            "charge failed {Attempt}",
            await arrived.ScalarAsync(
                "select l.body from logs l join spans s using (trace_id, span_id) where s.status = 2 and l.severity = 17 and l.service_id = $1"
            )
        );
        Assert.Equal("histogram latency 12, sum orders 5, gauge queue 7", await arrived.MetricsAsync());
    }
}
