using System.Globalization;
using Copilot.Instrument.Workloads;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Reading;

/// <summary>Workloads of Kubernetes documents: plain objects and the items of Lists, at any depth of nesting that the API allows.</summary>
internal static class KubernetesReader
{
    private static readonly string[] ProbeNames = ["livenessProbe", "readinessProbe", "startupProbe"];

    public static bool Claims(YamlNode document) => document.Text("kind") is not null && document.Text("apiVersion") is not null;

    public static IEnumerable<(YamlNode Node, IReadOnlyList<string> Path)> Objects(YamlNode document)
    {
        if (document.Text("kind") is not { } kind || !kind.EndsWith("List", StringComparison.Ordinal) || document.Child("items") is null)
        {
            yield return (document, []);
            yield break;
        }

        foreach (var (index, item) in document.Child("items").Items().Index())
            yield return (item, ["items", index.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>The workload that an object is; null where it runs nothing, or says of no container what it is (a patch).</summary>
    public static ManifestWorkload? Read(YamlNode node, string file, int document, IReadOnlyList<string> path)
    {
        if (WorkloadKinds.Of(node.Text("apiVersion"), node.Text("kind")) is not { } kind)
            return null;
        var template = node.At(kind.TemplatePath());
        var spec = template.Child("spec");
        var containers = Containers(spec).ToList();
        var name = node.Child("metadata").Text("name") ?? node.Child("metadata").Text("generateName")?.TrimEnd('-');
        if (name is null || !containers.Any(container => container is { IsInit: false }))
            return null;
        if (containers.All(container => container.Image is null && container.Command.Count == 0 && container.Arguments.Count == 0))
            return null;
        return new ManifestWorkload
        {
            Kind = kind,
            Name = name,
            Namespace = node.Child("metadata").Text("namespace"),
            Place = new ManifestPlace(file, (int)node.Start.Line, document, path),
            Labels = node.Child("metadata").Child("labels").Strings(),
            PodLabels = template.Child("metadata").Child("labels").Strings(),
            PodAnnotations = template.Child("metadata").Child("annotations").Strings(),
            Containers = containers,
            SharesProcesses = spec.Text("shareProcessNamespace") switch
            {
                "true" => true,
                "false" => false,
                _ => null,
            },
            UsesHostNetwork = spec.Text("hostNetwork") == "true",
        };
    }

    private static IEnumerable<WorkloadContainer> Containers(YamlNode? spec) =>
        spec.Child("containers")
            .Items()
            .Select(node => Container(node, isInit: false))
            .Concat(spec.Child("initContainers").Items().Select(node => Container(node, node.Text("restartPolicy") != "Always")));

    private static WorkloadContainer Container(YamlNode node, bool isInit) =>
        new()
        {
            Name = node.Text("name") ?? "",
            IsInit = isInit,
            Image = ImageName.Parse(node.Text("image")),
            Command = node.Child("command").Texts(),
            Arguments = node.Child("args").Texts(),
            Environment =
            [
                .. node.Child("env")
                    .Items()
                    .Where(entry => entry.Text("name") is not null)
                    .Select(entry => new EnvironmentEntry(entry.Text("name")!, Value(entry))),
            ],
            Ports =
            [
                .. node.Child("ports")
                    .Items()
                    .Where(port => Number(port.Text("containerPort")) is not null)
                    .Select(port => new ContainerPort(Number(port.Text("containerPort"))!.Value, port.Text("name"))),
            ],
            Mounts = [.. node.Child("volumeMounts").Items().SelectMany(MountPaths)],
            Probes = [.. Checks(node).Select(probe => probe.Child("exec").Child("command").Texts()).Where(command => command.Count > 0)],
            ProbePaths = [.. Checks(node).Select(probe => probe.Child("httpGet").Text("path")).OfType<string>()],
            MemoryLimit = MemoryQuantity.Bytes(node.Child("resources").Child("limits").Text("memory")),
        };

    /// <summary>An empty value is a value; one that comes from a secret or the pod is not known here.</summary>
    private static string? Value(YamlNode entry) =>
        entry.Child("valueFrom") is not null ? null
        : entry.Child("value") is YamlScalarNode scalar ? scalar.Value ?? ""
        : "";

    private static IEnumerable<YamlNode> Checks(YamlNode container) => ProbeNames.Select(name => container.Child(name)).OfType<YamlNode>();

    private static IEnumerable<string> MountPaths(YamlNode mount)
    {
        if (mount.Text("mountPath") is not { } path)
            yield break;
        yield return path;
        if (mount.Text("subPath") is { } sub)
            yield return $"{path}/{sub}";
    }

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
