using System.Diagnostics;
using Copilot.Instrument.Running;

namespace Copilot.Instrument.Tests.Running;

/// <summary>What <c>copilot instrument run</c> sets and starts.</summary>
public sealed class RunTests
{
    /// <summary>A real service and the real agent: it is started as the command starts it, and its spans arrive.</summary>
    [RequiresTheory("node", "npm")]
    [Trait("needs", "node")]
    [InlineData("greeter.js")]
    [InlineData("greeter.mjs")]
    public async Task A_Node_service_without_a_line_of_tracing_code_sends_spans(string script)
    {
        var folder = await NodePackages.InstallAsync();
        using var receiver = new SpanReceiver();
        var start = new ProcessStartInfo(CopilotCommand.Path, ["instrument", "run", "--endpoint", receiver.Endpoint, "--", "node", script])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/json";
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1,localhost";
        await NodePackages.RunAsync(start);
        Assert.Contains(("greeter", "GET", 2), receiver.Spans);
        Assert.Contains(("greeter", "GET", 3), receiver.Spans);
    }

    [Fact]
    public void Where_the_agent_is_missing_it_is_told_how_to_get_it()
    {
        using var folder = Host(out var environment, "node", "java", "python3", "dotnet");
        Assert.Contains("npm install @opentelemetry/auto-instrumentations-node", Plan(folder, environment, "node", "a.js").Missing);
        Assert.Contains("opentelemetry-javaagent.jar", Plan(folder, environment, "java", "-jar", "a.jar").Missing);
        Assert.Contains("pip install opentelemetry-distro", Plan(folder, environment, "python3", "a.py").Missing);
        Assert.Contains("otel-dotnet-auto-install.sh", Plan(folder, environment, "dotnet", "A.dll").Missing);
        Assert.Contains("no such program", Plan(folder, environment, "nothing-of-this-name").Missing);
        Assert.Contains("--language", Plan(folder.Add("server", ""), environment, "./server").Missing);
    }

    [Fact]
    public void Options_that_are_there_stay_and_what_the_person_set_goes_first()
    {
        using var folder = Host(out var environment, "java").Add("opentelemetry-javaagent.jar", "");
        environment["JAVA_TOOL_OPTIONS"] = "-Xmx1g";
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://elsewhere:4318";
        var plan = Plan(folder, environment, "java", "-jar", "a.jar");
        Assert.Equal($"-Xmx1g -javaagent:{folder.Root}/opentelemetry-javaagent.jar", plan.Set["JAVA_TOOL_OPTIONS"]);
        Assert.False(plan.Set.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Equal(Path.GetFileName(folder.Root), plan.Set["OTEL_SERVICE_NAME"]);
    }

    [Fact]
    public void Python_is_started_by_the_instrument_of_its_own_environment()
    {
        using var folder = Host(out var environment, "python3").Add("venv/bin/python", "").Add("venv/bin/opentelemetry-instrument", "");
        Assert.Equal(
            [$"{folder.Root}/venv/bin/opentelemetry-instrument", "venv/bin/python", "a.py"],
            Plan(folder, environment, "venv/bin/python", "a.py").Command
        );
    }

    [Fact]
    public void NET_gets_the_startup_hook_and_the_profiler_that_is_there()
    {
        using var folder = Host(out var environment, "dotnet")
            .Add(".otel-dotnet-auto/net/OpenTelemetry.AutoInstrumentation.StartupHook.dll", "")
            .Add(".otel-dotnet-auto/linux-x64/OpenTelemetry.AutoInstrumentation.Native.so", "");
        environment["HOME"] = folder.Root;
        var set = Plan(folder, environment, "dotnet", "A.dll").Set;
        Assert.Equal("1", set["CORECLR_ENABLE_PROFILING"]);
        Assert.EndsWith("linux-x64/OpenTelemetry.AutoInstrumentation.Native.so", set["CORECLR_PROFILER_PATH"]);
        Assert.StartsWith(folder.Root, set["DOTNET_STARTUP_HOOKS"]);
    }

    private static TreeFolder Host(out Dictionary<string, string> environment, params string[] programs)
    {
        var folder = new TreeFolder();
        foreach (var program in programs)
            folder.Add($"bin/{program}", "");
        environment = new Dictionary<string, string> { ["PATH"] = Path.Combine(folder.Root, "bin") };
        return folder;
    }

    private static RunPlan Plan(TreeFolder folder, Dictionary<string, string> environment, params string[] command) =>
        RunPlanner.Plan(
            new RunRequest
            {
                Command = command,
                Folder = folder.Root,
                Endpoint = "http://127.0.0.1:4318",
                Environment = environment,
            }
        );
}
