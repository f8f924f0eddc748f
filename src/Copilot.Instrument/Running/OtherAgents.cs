namespace Copilot.Instrument.Running;

/// <summary>The agents of Java, Python and .NET, where their own installers put them.</summary>
internal static class OtherAgents
{
    private const string JavaFile = "opentelemetry-javaagent.jar";
    private static readonly string[] JavaFolders =
    [
        "/opt/opentelemetry",
        "/opt",
        "/usr/lib/opentelemetry",
        "/usr/share/opentelemetry",
        "/usr/local/lib",
    ];

    private static readonly string[] Runtimes = ["linux-x64", "linux-musl-x64", "linux-arm64", "osx-x64", "osx-arm64"];

    public static HostAgent Java(RunRequest request)
    {
        var places = (request.Agent is null ? [] : new[] { request.Agent, Path.Combine(request.Agent, JavaFile) }).Concat(
            HostAgent.Upwards(request.Folder).Concat(JavaFolders).Select(folder => Path.Combine(folder, JavaFile))
        );
        var found = places.FirstOrDefault(File.Exists);
        return new HostAgent(
            found,
            $"curl -LO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/{JavaFile}"
        )
        {
            Variables = found is null ? [] : [new("JAVA_TOOL_OPTIONS", $"-javaagent:{Path.GetFullPath(found)}")],
        };
    }

    /// <summary>The one of the virtual environment whose Python is started, else the one of the PATH.</summary>
    public static HostAgent Python(RunRequest request)
    {
        const string Name = "opentelemetry-instrument";
        var beside = HostAgent.Program(request.Command[0], request) is { } program
            ? Path.Combine(Path.GetDirectoryName(program)!, Name)
            : null;
        var found =
            request.Agent is not null && File.Exists(request.Agent) ? request.Agent
            : beside is not null && File.Exists(beside) ? beside
            : HostAgent.Program(Name, request);
        return new HostAgent(
            found,
            "pip install opentelemetry-distro opentelemetry-exporter-otlp-proto-http && opentelemetry-bootstrap -a install"
        )
        {
            Before = found,
        };
    }

    public static HostAgent DotNet(RunRequest request)
    {
        var home = new[]
        {
            request.Agent,
            request.Environment.GetValueOrDefault("OTEL_DOTNET_AUTO_HOME"),
            request.Environment.TryGetValue("HOME", out var user) ? Path.Combine(user, ".otel-dotnet-auto") : null,
            "/opt/opentelemetry-dotnet",
        }.FirstOrDefault(folder =>
            folder is not null && File.Exists(Path.Combine(folder, "net/OpenTelemetry.AutoInstrumentation.StartupHook.dll"))
        );
        var profiler = Runtimes
            .Select(runtime => home is null ? "" : Path.Combine(home, runtime, "OpenTelemetry.AutoInstrumentation.Native.so"))
            .FirstOrDefault(File.Exists);
        return new HostAgent(
            home,
            "curl -LO "
                + "https://github.com/open-telemetry/opentelemetry-dotnet-instrumentation/"
                + "releases/latest/download/otel-dotnet-auto-install.sh"
                + " && sh otel-dotnet-auto-install.sh"
        )
        {
            Variables = home is null
                ? []
                :
                [
                    new("OTEL_DOTNET_AUTO_HOME", home),
                    new("DOTNET_STARTUP_HOOKS", Path.Combine(home, "net/OpenTelemetry.AutoInstrumentation.StartupHook.dll")),
                    new("DOTNET_ADDITIONAL_DEPS", Path.Combine(home, "AdditionalDeps")),
                    new("DOTNET_SHARED_STORE", Path.Combine(home, "store")),
                    .. profiler is null
                        ? []
                        : new KeyValuePair<string, string>[]
                        {
                            new("CORECLR_ENABLE_PROFILING", "1"),
                            new("CORECLR_PROFILER", "{918728DD-259F-4A6A-AC2B-B85E1B658318}"),
                            new("CORECLR_PROFILER_PATH", profiler),
                        },
                ],
        };
    }
}
