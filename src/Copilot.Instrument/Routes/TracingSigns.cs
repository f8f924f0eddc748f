using System.Text.RegularExpressions;
using Copilot.Instrument.Sources;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Routes;

/// <summary>What shows that a workload is traced already: annotations, agents in its environment or command, an SDK in its
/// sources.</summary>
internal static partial class TracingSigns
{
    private const string Prefix = "instrumentation.opentelemetry.io/";

    /// <summary>Variables that only another maker's agent reads.</summary>
    private static readonly (Regex Name, string By)[] Others =
    [
        (new(@"^DD_(TRACE|AGENT_HOST|SERVICE|ENV$)"), "Datadog's agent"),
        (new(@"^ELASTIC_APM_"), "Elastic's APM agent"),
        (new(@"^NEW_RELIC_(LICENSE|APP)"), "New Relic's agent"),
        (new(@"^(APPLICATIONINSIGHTS_|APPINSIGHTS_)"), "Application Insights"),
        (
            new(@"^(JAEGER_(AGENT|ENDPOINT|SERVICE|SAMPLER|REPORTER)|SPRING_ZIPKIN_|ZIPKIN_(ENDPOINT|URL|BASEURL))"),
            "a Jaeger or Zipkin client"
        ),
        (
            new(@"^(SIGNALFX_|SPLUNK_ACCESS_TOKEN|LS_ACCESS_TOKEN|LIGHTSTEP_|INSTANA_|AWS_XRAY_DAEMON|DT_TENANT|HONEYCOMB_)"),
            "another maker's agent"
        ),
    ];

    public static TracingState Of(ManifestWorkload workload, WorkloadContainer container, WorkloadSources? sources)
    {
        foreach (var (key, value) in workload.PodAnnotations)
        {
            if (key.StartsWith(Prefix + "inject-", StringComparison.Ordinal) && !key.EndsWith("container-names", StringComparison.Ordinal))
                if (!value.Equals("false", StringComparison.OrdinalIgnoreCase))
                    return new TracingState("the OpenTelemetry Operator", $"{key}: {value}", true);
            if (VendorAnnotation().IsMatch(key))
                return new TracingState("another maker's agent", $"{key} is set", true);
        }

        return Container(container) ?? Source(sources) ?? Mesh(workload) ?? TracingState.None;
    }

    private static TracingState? Container(WorkloadContainer container)
    {
        foreach (var (name, value) in container.Environment.Select(entry => (entry.Name, entry.Value ?? "")))
        {
            if (Agent().IsMatch(value) && AgentVariable().IsMatch(name))
                return new TracingState("an OpenTelemetry agent", $"{name} loads it", true);
            if (
                name is "OTEL_DOTNET_AUTO_HOME" or "OTEL_PHP_AUTOLOAD_ENABLED"
                || name.StartsWith("OTEL_DOTNET_AUTO_", StringComparison.Ordinal)
            )
                return new TracingState("an OpenTelemetry agent", $"{name} is set", true);
            if (Others.FirstOrDefault(other => other.Name.IsMatch(name)) is { By: { } by })
                return new TracingState(by, $"{name} is set", true);
        }

        var words = container.Command.Concat(container.Arguments).ToList();
        if (words.FirstOrDefault(word => StartedWith().IsMatch(word)) is { } started)
            return new TracingState("an OpenTelemetry agent", $"it is started with {Cut(started)}", true);
        if (words.FirstOrDefault(word => OtherStarted().IsMatch(word)) is { } other)
            return new TracingState("another maker's agent", $"it is started with {Cut(other)}", true);
        var exporter = container.Environment.FirstOrDefault(entry =>
            entry.Name is "OTEL_EXPORTER_OTLP_ENDPOINT" or "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" or "OTEL_TRACES_EXPORTER"
            && entry.Value != "none"
        );
        return exporter is null
            ? null
            : new TracingState("an OpenTelemetry SDK or agent in its image", $"{exporter.Name} is set, which only that reads", true);
    }

    private static TracingState? Source(WorkloadSources? sources)
    {
        if (sources?.Dockerfile is { } dockerfile)
        {
            if (
                dockerfile.Environment.FirstOrDefault(e =>
                    e.Value is not null && AgentVariable().IsMatch(e.Name) && Agent().IsMatch(e.Value)
                ) is
                { } loads
            )
                return new TracingState("an OpenTelemetry agent", $"{loads.Name} loads it ({dockerfile.File})", true);
            if (dockerfile.Entrypoint.Concat(dockerfile.Command).Any(word => StartedWith().IsMatch(word)))
                return new TracingState("an OpenTelemetry agent", $"{dockerfile.File} starts it", true);
        }

        return sources?.Project is { Tracing: { } tracing } project ? new TracingState(tracing, $"{project.File} pulls it in", true) : null;
    }

    private static TracingState? Mesh(ManifestWorkload workload)
    {
        var annotation = workload.PodAnnotations.Concat(workload.PodLabels).FirstOrDefault(pair => MeshKey().IsMatch(pair.Key));
        if (annotation.Value is "true" or "enabled")
            return new TracingState("a mesh", $"{annotation.Key}: {annotation.Value}", false);
        var sidecar = workload.Containers.FirstOrDefault(c => c.Name is "istio-proxy" or "linkerd-proxy" or "envoy-sidecar");
        return sidecar is null ? null : new TracingState("a mesh", $"its pod runs {sidecar.Name}", false);
    }

    private static string Cut(string text) => text.Length <= 80 ? text.ReplaceLineEndings(" ") : text[..77].ReplaceLineEndings(" ") + "…";

    [GeneratedRegex(@"(?i)opentelemetry|instrumentation|tracing\.(c|m)?js")]
    private static partial Regex Agent();

    [GeneratedRegex(
        @"^(JAVA_TOOL_OPTIONS|JAVA_OPTS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CATALINA_OPTS|NODE_OPTIONS|PYTHONPATH|DOTNET_STARTUP_HOOKS)$"
    )]
    private static partial Regex AgentVariable();

    [GeneratedRegex(
        @"opentelemetry-instrument|-javaagent:\S*opentelemetry|--(require|import)[= ]\S*(opentelemetry|[Ii]nstrumentation|tracing)"
            + @"|otel-dotnet-auto"
    )]
    private static partial Regex StartedWith();

    [GeneratedRegex(@"ddtrace-run|dd-java-agent|dd-trace/init|newrelic-admin|-javaagent:\S*(newrelic|elastic-apm|applicationinsights)")]
    private static partial Regex OtherStarted();

    [GeneratedRegex(@"^admission\.datadoghq\.com/\w+-lib|^co\.elastic\.apm/attach")]
    private static partial Regex VendorAnnotation();

    [GeneratedRegex(@"^(sidecar\.istio\.io/inject|linkerd\.io/inject)$")]
    private static partial Regex MeshKey();
}
