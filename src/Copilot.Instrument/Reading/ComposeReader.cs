using System.Globalization;
using Copilot.Instrument.Workloads;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Reading;

/// <summary>Services of a Compose file.</summary>
internal static class ComposeReader
{
    public static bool Claims(string file, YamlNode document)
    {
        if (document.Child("services") is not YamlMappingNode services || document.Child("kind") is not null)
            return false;
        var name = file[(file.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return name.Contains("compose", StringComparison.Ordinal)
            || name.Contains("stack", StringComparison.Ordinal)
            || services.Children.Values.Any(service => service.Child("image") is not null || service.Child("build") is not null);
    }

    public static IEnumerable<ManifestWorkload> Read(YamlNode root, string file, int document, VariableValues variables)
    {
        foreach (var (name, service) in root.Child("services").Pairs())
        {
            if (service is not YamlMappingNode node)
                continue;
            var container = Container(name, node, file, variables);
            // Without an image and without a build it changes a service of another file (-f a -f b), and is none of its own.
            if (service.Child("image") is null && service.Child("build") is null)
                continue;
            yield return new ManifestWorkload
            {
                Kind = WorkloadKind.ComposeService,
                Name = name,
                Place = new ManifestPlace(
                    file,
                    (int)((root.Child("services") as YamlMappingNode)?.Key(name) ?? service).Start.Line,
                    document,
                    ["services", name]
                ),
                Labels = Entries(node.Child("labels"), variables)
                    .ToLookup(e => e.Name)
                    .ToDictionary(e => e.Key, e => e.First().Value ?? ""),
                Containers = [container],
                UsesHostNetwork = node.Text("network_mode") == "host",
            };
        }
    }

    private static WorkloadContainer Container(string name, YamlMappingNode node, string file, VariableValues variables)
    {
        var build = node.Child("build");
        var context = variables.Fill(build is YamlScalarNode ? build.Scalar() : build.Text("context") ?? (build is null ? null : "."));
        var folder = context is null ? null : ManifestTree.Below(ManifestTree.FolderOf(file), context);
        var dockerfile = variables.Fill(build.Text("dockerfile")) ?? "Dockerfile";
        var environment = Entries(node.Child("environment"), variables).ToList();
        return new WorkloadContainer
        {
            Name = name,
            Image = ImageName.Parse(variables.Fill(node.Text("image"))),
            Command = Words(node.Child("entrypoint")),
            Arguments = Words(node.Child("command")),
            Environment = environment,
            Ports =
            [
                .. node.Child("ports").Items().Concat(node.Child("expose").Items()).Select(p => Port(p, variables)).OfType<ContainerPort>(),
            ],
            Mounts = [.. node.Child("volumes").Items().Select(Mount).OfType<string>()],
            Probes = Words(node.Child("healthcheck").Child("test")) is { Count: > 0 } test
                ?
                [
                    [.. test.Where(w => w is not ("CMD" or "CMD-SHELL"))],
                ]
                : [],
            BuildArguments = [.. Entries(build.Child("args"), variables)],
            BuildContext = folder,
            Dockerfile = folder is null ? null : ManifestTree.Below(folder, dockerfile),
            MemoryLimit = MemoryQuantity.Bytes(
                variables.Fill(node.Text("mem_limit") ?? node.At(["deploy", "resources", "limits"]).Text("memory")),
                compose: true
            ),
        };
    }

    /// <summary>Both forms: a mapping, and a list of <c>NAME=value</c>. A name alone is taken from where Compose is started.</summary>
    private static IEnumerable<EnvironmentEntry> Entries(YamlNode? node, VariableValues variables)
    {
        foreach (var (name, value) in node.Pairs())
            yield return new EnvironmentEntry(
                name,
                value.IsNull() ? variables.Of(name) : variables.FillPartly((value as YamlScalarNode)?.Value)
            );
        foreach (var item in node.Texts().Where(_ => node is YamlSequenceNode))
        {
            var at = item.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0
                ? new EnvironmentEntry(item, variables.Of(item))
                : new EnvironmentEntry(item[..at], variables.FillPartly(item[(at + 1)..]));
        }
    }

    private static IReadOnlyList<string> Words(YamlNode? node) =>
        node is YamlScalarNode ? CommandWords.Split(node.Scalar() ?? "") : [.. node.Texts()];

    private static ContainerPort? Port(YamlNode node, VariableValues variables)
    {
        var text = variables.Fill(node is YamlMappingNode ? node.Text("target") : node.Scalar());
        var inner = text?.Split('/')[0].Split(':')[^1];
        return int.TryParse(inner, CultureInfo.InvariantCulture, out var number) ? new ContainerPort(number, null) : null;
    }

    private static string? Mount(YamlNode node) =>
        node is YamlMappingNode ? node.Text("target")
        : node.Scalar()?.Split(':') is { Length: > 1 } parts ? parts[1]
        : null;
}
