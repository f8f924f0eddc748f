namespace Copilot.Instrument.Plans;

/// <summary>Where each language's agent comes from and what loads it. The images are the operator's own.</summary>
/// <param name="Image">The image that holds the agent.</param>
/// <param name="Source">Its place in the image.</param>
/// <param name="Folder">Where it is put in the application's container.</param>
internal sealed record AgentFiles(string Image, string Source, string Folder, IReadOnlyList<KeyValuePair<string, string>> Variables)
{
    private const string Images = "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-";

    public static AgentFiles Of(RuntimeLanguage language, bool isMusl) =>
        language switch
        {
            RuntimeLanguage.Java => new AgentFiles(
                Images + "java:2.30.0",
                "/javaagent.jar",
                "/otel-auto-instrumentation-java",
                [new("JAVA_TOOL_OPTIONS", "-javaagent:/otel-auto-instrumentation-java/javaagent.jar")]
            ),
            RuntimeLanguage.NodeJs => new AgentFiles(
                Images + "nodejs:0.78.0",
                "/autoinstrumentation",
                "/otel-auto-instrumentation-nodejs",
                [new("NODE_OPTIONS", "--require /otel-auto-instrumentation-nodejs/autoinstrumentation.js")]
            ),
            RuntimeLanguage.Python => Python(isMusl ? "/autoinstrumentation-musl" : "/autoinstrumentation"),
            RuntimeLanguage.DotNet => DotNet(isMusl ? "linux-musl-x64" : "linux-x64"),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "has no agent that an environment loads"),
        };

    private static AgentFiles Python(string source) =>
        new(
            Images + "python:0.64b0",
            source,
            "/otel-auto-instrumentation-python",
            [
                new(
                    "PYTHONPATH",
                    "/otel-auto-instrumentation-python/opentelemetry/instrumentation/auto_instrumentation:/otel-auto-instrumentation-python"
                ),
            ]
        );

    private static AgentFiles DotNet(string runtime)
    {
        const string Home = "/otel-auto-instrumentation-dotnet";
        return new AgentFiles(
            Images + "dotnet:1.16.0",
            "/autoinstrumentation",
            Home,
            [
                new("CORECLR_ENABLE_PROFILING", "1"),
                new("CORECLR_PROFILER", "{918728DD-259F-4A6A-AC2B-B85E1B658318}"),
                new("CORECLR_PROFILER_PATH", $"{Home}/{runtime}/OpenTelemetry.AutoInstrumentation.Native.so"),
                new("DOTNET_STARTUP_HOOKS", $"{Home}/net/OpenTelemetry.AutoInstrumentation.StartupHook.dll"),
                new("DOTNET_ADDITIONAL_DEPS", $"{Home}/AdditionalDeps"),
                new("DOTNET_SHARED_STORE", $"{Home}/store"),
                new("OTEL_DOTNET_AUTO_HOME", Home),
            ]
        );
    }
}
