using System.Globalization;
using System.Text;
using Copilot.Instrument.Editing;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>The lines that put an agent into the image that a Dockerfile makes: at its end, where they hold for its last stage.</summary>
internal static class DockerfilePlan
{
    public static TextEdit Edit(string text, ContainerFinding container, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var agent = AgentFiles.Of(container.Verdict.Language, container.Verdict.IsMusl == true);
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = new StringBuilder(text.Length > 0 && !text.EndsWith('\n') ? end : "");
        lines.Append("# OpenTelemetry's agent, which sends spans without a line of code.").Append(end);
        var target = agent.Source.EndsWith(".jar", StringComparison.Ordinal) ? $"{agent.Folder}{agent.Source}" : agent.Folder;
        lines.Append(CultureInfo.InvariantCulture, $"COPY --from={agent.Image} {agent.Source} {target}").Append(end);
        foreach (var (name, value) in agent.Variables.Concat(settings))
            lines.Append(CultureInfo.InvariantCulture, $"ENV {name}=\"{Joined(name, value)}\"").Append(end);
        return new TextEdit(text.Length, "", lines.ToString());
    }

    /// <summary>What the image sets already stays: these variables are lists of options.</summary>
    private static string Joined(string name, string value) =>
        name switch
        {
            "JAVA_TOOL_OPTIONS" or "NODE_OPTIONS" => $"{value}${{{name}:+ ${name}}}",
            "PYTHONPATH" => $"{value}${{{name}:+:${name}}}",
            _ => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "\\$"),
        };
}
