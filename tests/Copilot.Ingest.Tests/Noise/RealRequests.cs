using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Copilot.Ingest.Tests.Noise;

/// <summary>Requests that OpenTelemetry's own exporter makes, in protobuf, and such as a browser's or a file exporter writes, in
/// JSON.</summary>
internal static class RealRequests
{
    public static IReadOnlyList<(Signal Signal, byte[] Body)> Json { get; } =
    [
        (
            Signal.Traces,
            Encoding.UTF8.GetBytes(
                """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}},{"key":"host.cpus","value":{"intValue":"8"}}]},
                "scopeSpans":[{"scope":{"name":"http","version":"1.2"},"spans":[
                {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"GET /cart","kind":2,"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000050000000",
                 "attributes":[{"key":"http.route","value":{"stringValue":"/cart"}},{"key":"http.response.status_code","value":{"intValue":"500"}},{"key":"vip","value":{"boolValue":true}},
                 {"key":"items","value":{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":2.5}]}}},{"key":"cart","value":{"kvlistValue":{"values":[{"key":"total","value":{"doubleValue":9.5}}]}}}],
                 "events":[{"timeUnixNano":"1700000000020000000","name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"Boom"}}]}],
                 "links":[{"traceId":"5b8efff798038103d269b633813fc60d","spanId":"eee19b7ec3c1b175"}],"status":{"code":2,"message":"it broke \u00fc"}},
                {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b176","parentSpanId":"eee19b7ec3c1b174","name":"charge","kind":3,"startTimeUnixNano":1700000000010000000,"endTimeUnixNano":1700000000040000000,
                 "traceState":"ot=th:8","droppedEventsCount":3}]}]}]}
                """
            )
        ),
        (
            Signal.Logs,
            Encoding.UTF8.GetBytes(
                """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeLogs":[{"logRecords":[
                {"timeUnixNano":"1700000000000000000","observedTimeUnixNano":"1700000000000000100","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"card declined"},
                 "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","attributes":[{"key":"attempt","value":{"intValue":2}}]},
                {"observedTimeUnixNano":"1700000000000000200","eventName":"clicked","body":{"kvlistValue":{"values":[{"key":"x","value":{"intValue":1}}]}}}]}]}]}
                """
            )
        ),
        (
            Signal.Metrics,
            Encoding.UTF8.GetBytes(
                """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeMetrics":[{"metrics":[
                {"name":"orders","unit":"1","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"startTimeUnixNano":"1699999000000000000","timeUnixNano":"1700000000000000000","asInt":"5"}]}},
                {"name":"latency","unit":"ms","histogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"1700000000000000000","count":"3","sum":7,"min":1,"max":4,"bucketCounts":["1","2"],"explicitBounds":[2.5],
                 "exemplars":[{"timeUnixNano":"1700000000000000000","asDouble":0.7,"spanId":"eee19b7ec3c1b174","traceId":"5b8efff798038103d269b633813fc60c"}]}]}},
                {"name":"sizes","exponentialHistogram":{"dataPoints":[{"timeUnixNano":"1700000000000000000","count":2,"scale":3,"zeroCount":1,"positive":{"offset":-1,"bucketCounts":["4"]}}]}},
                {"name":"waits","summary":{"dataPoints":[{"timeUnixNano":"1700000000000000000","count":2,"sum":3,"quantileValues":[{"quantile":0.5,"value":1}]}]}}]}]}]}
                """
            )
        ),
    ];

    /// <summary>One request of each signal, as the exporter would have sent it.</summary>
    public static IReadOnlyList<(Signal Signal, byte[] Body)> Protobuf()
    {
        using var caught = new Catcher();
        using var source = new ActivitySource("noise");
        using var meter = new Meter("noise");
        var resource = ResourceBuilder.CreateEmpty().AddService("shop", serviceVersion: "1.2.3", autoGenerateServiceInstanceId: false);
        void To(OtlpExporterOptions options, string path)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = new Uri($"http://nobody.invalid/{path}");
            options.HttpClientFactory = () => new HttpClient(caught, disposeHandler: false);
        }

        using (
            var tracing = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("noise")
                .AddOtlpExporter(options => To(options, "v1/traces"))
                .Build()
        )
        using (
            var metering = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter("noise")
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
                parent.SetTag("http.route", "/basket").SetTag("vip", true).SetTag("sizes", new[] { 1L, 2L }).SetTag("ratio", 0.5);
                using var child = source.StartActivity(
                    "charge",
                    ActivityKind.Client,
                    default(ActivityContext),
                    links: [new ActivityLink(parent.Context)]
                )!;
                child.AddException(new InvalidOperationException("card declined")).SetStatus(ActivityStatusCode.Error, "declined");
                logging.CreateLogger("shop").LogError("charge failed {Attempt}", 2);
            }

            meter.CreateCounter<long>("orders").Add(5);
            meter.CreateHistogram<double>("latency", "ms").Record(12);
            meter.CreateObservableGauge("queue", () => 7);
            tracing.ForceFlush(20_000);
            metering.ForceFlush(20_000);
        }

        return caught.Requests;
    }

    private sealed class Catcher : HttpMessageHandler
    {
        private readonly Lock _door = new();

        public List<(Signal Signal, byte[] Body)> Requests { get; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, cancellationToken);
            var signal = SignalNames.All.Single(s => s.HttpPath() == request.RequestUri!.AbsolutePath);
            lock (_door)
                Requests.Add((signal, body.ToArray()));
            return new HttpResponseMessage();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
