using System.Globalization;
using Copilot.Web.Hosting;

namespace Copilot.Web.Home;

/// <summary>What to copy to send telemetry here, with the addresses at which this process listens.</summary>
public sealed class SenderSnippets(LaunchOptions launch)
{
    public string Http { get; } = Address(launch, DoorKind.TelemetryHttp, DoorKind.Browser);

    public string Grpc { get; } = Address(launch, DoorKind.TelemetryGrpc, DoorKind.TelemetryGrpc);

    /// <summary>Each with a name, where it belongs, and the text.</summary>
    public IReadOnlyList<(string Name, string Where, string Text)> All =>
        [
            (
                "Any SDK",
                "in the environment of the service, before it starts",
                $"""
                export OTEL_EXPORTER_OTLP_ENDPOINT={Http}
                export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
                export OTEL_SERVICE_NAME=my-service
                export OTEL_RESOURCE_ATTRIBUTES=service.version=1.0.0,deployment.environment.name=production
                """
            ),
            (
                "Collector",
                "in its configuration; add the exporter to the pipelines of traces, logs and metrics",
                $$"""
                exporters:
                  otlphttp/copilot:
                    endpoint: {{Http}}
                service:
                  pipelines:
                    traces: { receivers: [otlp], exporters: [otlphttp/copilot] }
                    logs: { receivers: [otlp], exporters: [otlphttp/copilot] }
                    metrics: { receivers: [otlp], exporters: [otlphttp/copilot] }
                """
            ),
            (
                "Java",
                "the OpenTelemetry agent, without a change to the code",
                $"""
                export OTEL_EXPORTER_OTLP_ENDPOINT={Http} OTEL_SERVICE_NAME=my-service
                java -javaagent:opentelemetry-javaagent.jar -jar app.jar
                """
            ),
            (
                "Python",
                "opentelemetry-distro and opentelemetry-exporter-otlp, without a change to the code",
                $"""
                export OTEL_EXPORTER_OTLP_ENDPOINT={Http} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
                OTEL_SERVICE_NAME=my-service opentelemetry-instrument python app.py
                """
            ),
            (
                "Node.js",
                "@opentelemetry/auto-instrumentations-node, without a change to the code",
                $"""
                export OTEL_EXPORTER_OTLP_ENDPOINT={Http} OTEL_SERVICE_NAME=my-service
                node --require @opentelemetry/auto-instrumentations-node/register app.js
                """
            ),
            (
                ".NET",
                "OpenTelemetry.Extensions.Hosting and OpenTelemetry.Exporter.OpenTelemetryProtocol",
                """
                builder.Services.AddOpenTelemetry()
                    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
                    .UseOtlpExporter();
                """
            ),
            (
                "One span by hand",
                "in a shell: it shows up here at once",
                $$$$"""
                now=$(date +%s%N)
                curl {{{{Http}}}}/v1/traces -H 'content-type: application/json' -d '{"resourceSpans":[{
                  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"hello"}}]},
                  "scopeSpans":[{"spans":[{"name":"GET /hello","kind":2,
                    "traceId":"'$(openssl rand -hex 16)'","spanId":"'$(openssl rand -hex 8)'",
                    "startTimeUnixNano":"'$now'","endTimeUnixNano":"'$((now + 20000000))'"}]}]}]}'
                """
            ),
            (
                "The demo shop",
                "in the repository: fifteen services, healthy for half an hour, then one incident after another",
                $"""
                dotnet run -c Release --project src/Copilot.Demo -- \
                  --copilot {Address(launch, DoorKind.Browser, DoorKind.Browser)} --otlp {Http}
                """
            ),
        ];

    private static string Address(LaunchOptions launch, DoorKind wanted, DoorKind otherwise)
    {
        var doors = launch.Doors().ToList();
        var door = doors.Find(door => door.Kind == wanted) ?? doors.First(door => door.Kind == otherwise);
        var host =
            door.Address.Equals(System.Net.IPAddress.Any) || door.Address.Equals(System.Net.IPAddress.IPv6Any) || door.IsThisMachineOnly
                ? "127.0.0.1"
                : door.Address.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"http://{host}:{door.Port}");
    }
}
