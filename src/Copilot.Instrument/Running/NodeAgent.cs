using System.Text.Json.Nodes;

namespace Copilot.Instrument.Running;

/// <summary>OpenTelemetry's automatic instrumentation for Node.js: a package beside the application, or npm's global one.</summary>
internal static class NodeAgent
{
    private const string Register = "@opentelemetry/auto-instrumentations-node/build/src/register.js";
    private const string Hook = "@opentelemetry/instrumentation/hook.mjs";
    private static readonly string[] Global = ["/usr/local/lib/node_modules", "/usr/lib/node_modules", "/opt/opentelemetry/node_modules"];

    public static HostAgent Find(RunRequest request)
    {
        var script = Script(request);
        var start = script is null ? request.Folder : Path.GetDirectoryName(script)!;
        var modules = Modules(request, start).FirstOrDefault(folder => File.Exists(Path.Combine(folder, Register)));
        if (modules is null)
            return new HostAgent(null, "npm install @opentelemetry/auto-instrumentations-node @opentelemetry/api");
        var options = $"--require {Quoted(Path.Combine(modules, Register))}";
        // Modules that are imported, and not required, are seen by a loader alone.
        if (IsModule(script, start) && File.Exists(Path.Combine(modules, Hook)))
            options += $" --experimental-loader={new Uri(Path.Combine(modules, Hook)).AbsoluteUri}";
        return new HostAgent(Path.Combine(modules, Register), "")
        {
            Variables =
            [
                new("NODE_OPTIONS", options),
                // The detectors of clouds ask addresses that a host outside of them never hears from, and hold up the first spans.
                new("OTEL_NODE_RESOURCE_DETECTORS", "env,host,os,process,container,serviceinstance"),
            ],
        };
    }

    private static IEnumerable<string> Modules(RunRequest request, string start) =>
        (request.Agent is null ? [] : new[] { request.Agent, Path.Combine(request.Agent, "node_modules") })
            .Concat(
                HostAgent.Upwards(start).Concat(HostAgent.Upwards(request.Folder)).Select(folder => Path.Combine(folder, "node_modules"))
            )
            .Concat(request.Environment.TryGetValue("npm_config_prefix", out var prefix) ? [Path.Combine(prefix, "lib/node_modules")] : [])
            .Concat(
                (request.Environment.GetValueOrDefault("NODE_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            )
            .Concat(Global)
            .Select(Path.GetFullPath);

    private static string? Script(RunRequest request) =>
        request
            .Command.Skip(1)
            .Where(word => !word.StartsWith('-'))
            .Select(word => Path.GetFullPath(Path.Combine(request.Folder, word)))
            .FirstOrDefault(File.Exists);

    private static bool IsModule(string? script, string folder)
    {
        if (script is not null && (script.EndsWith(".mjs", StringComparison.Ordinal) || script.EndsWith(".cjs", StringComparison.Ordinal)))
            return script.EndsWith(".mjs", StringComparison.Ordinal);
        var package = HostAgent.Upwards(folder).Select(f => Path.Combine(f, "package.json")).FirstOrDefault(File.Exists);
        try
        {
            return package is not null && (string?)JsonNode.Parse(File.ReadAllText(package))?["type"] == "module";
        }
        catch (Exception failure) when (failure is System.Text.Json.JsonException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    /// <summary>Node.js splits its options at spaces unless they stand in quotes.</summary>
    private static string Quoted(string path) =>
        path.Contains(' ', StringComparison.Ordinal) ? $"\"{path.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"" : path;
}
