using System.Text.Json.Nodes;
using Copilot.Instrument.Languages;
using Copilot.Instrument.Routes;

namespace Copilot.Instrument.Running;

/// <summary>Says how a command is started traced on this host: its language, the agent that is there, and what to set.</summary>
public static class RunPlanner
{
    /// <summary>Variables that are lists of options: what is there stays before what comes.</summary>
    private static readonly string[] Lists = ["NODE_OPTIONS", "JAVA_TOOL_OPTIONS"];

    public static RunPlan Plan(RunRequest request)
    {
        var language = request.Language ?? Language(request.Command);
        var plan = new RunPlan { Language = language, Command = request.Command };
        if (HostAgent.Program(request.Command[0], request) is null)
            return plan with { Missing = $"{request.Command[0]}: there is no such program." };
        var agent = language switch
        {
            RuntimeLanguage.NodeJs => NodeAgent.Find(request),
            RuntimeLanguage.Java => OtherAgents.Java(request),
            RuntimeLanguage.Python => OtherAgents.Python(request),
            RuntimeLanguage.DotNet => OtherAgents.DotNet(request),
            _ => null,
        };
        if (agent is null)
            return plan with { Missing = Without(request, language) };
        if (agent.Place is null)
            return plan with { Missing = $"OpenTelemetry's agent for {language.Word()} is not here. This gets it:\n  {agent.Install}" };
        var service = request.Environment.GetValueOrDefault("OTEL_SERVICE_NAME") ?? request.Service ?? Name(request);
        var set = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = request.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_EXPORTER"] = "otlp",
            ["OTEL_METRICS_EXPORTER"] = "otlp",
            ["OTEL_LOGS_EXPORTER"] = "otlp",
        };
        foreach (var (name, value) in agent.Variables)
            set[name] = value;
        foreach (var (name, value) in set.Where(entry => request.Environment.ContainsKey(entry.Key)).ToList())
        {
            if (!Lists.Contains(name))
                set.Remove(name);
            else if (request.Environment[name] is { Length: > 0 } there)
                set[name] = $"{there} {value}";
        }

        return plan with
        {
            Command = agent.Before is null ? request.Command : [agent.Before, .. request.Command],
            Set = set,
            Service = service,
        };
    }

    private static RuntimeLanguage Language(IReadOnlyList<string> command) =>
        StartedProgram.Of(command) is var (meaning, _) ? SignTable.Language(meaning) : RuntimeLanguage.Unknown;

    private static string Without(RunRequest request, RuntimeLanguage language) =>
        language == RuntimeLanguage.Unknown
            ? $"{request.Command[0]}: its language cannot be told from the command. Say it with --language java, nodejs, python or dotnet; "
                + "for a program of another language there is eBPF (OBI), from outside."
            : $"{language.Word()} has no agent that an environment loads. "
                + "What there is: OpenTelemetry's SDK in its code, or eBPF (OBI) from outside.";

    /// <summary>What the project calls itself, else its folder.</summary>
    private static string Name(RunRequest request)
    {
        var package = Path.Combine(request.Folder, "package.json");
        try
        {
            if (File.Exists(package) && (string?)JsonNode.Parse(File.ReadAllText(package))?["name"] is { Length: > 0 } name)
                return name;
        }
        catch (Exception failure) when (failure is System.Text.Json.JsonException or InvalidOperationException or IOException)
        {
            // A project file that does not read names nothing.
        }

        return new DirectoryInfo(request.Folder).Name is { Length: > 0 } folder && folder != "/" ? folder : "service";
    }
}
