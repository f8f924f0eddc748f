using YamlDotNet.RepresentationModel;

namespace Copilot.Web.Tests.Deploy;

/// <summary>What <c>deploy/</c> holds beside scripts, read as those read it that it is made for.</summary>
internal static class DeployedFile
{
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Material.Repository, "deploy", .. path]));

    /// <summary>The product's version, as its programs have it.</summary>
    public static string Version => Copilot.Telemetry.Spans.OwnService.Version;

    public static IReadOnlyList<YamlNode> Documents(string yaml)
    {
        var read = new YamlStream();
        read.Load(new StringReader(yaml));
        return [.. read.Documents.Select(document => document.RootNode)];
    }

    public static YamlNode At(this YamlNode node, params object[] path) =>
        path.Aggregate(node, (at, step) => step is int index ? ((YamlSequenceNode)at)[index] : ((YamlMappingNode)at)[(string)step]);

    public static string Text(this YamlNode node, params object[] path) => ((YamlScalarNode)node.At(path)).Value!;

    public static IEnumerable<YamlNode> Items(this YamlNode node, params object[] path) => (YamlSequenceNode)node.At(path);

    public static IEnumerable<(string Name, YamlNode Value)> Members(this YamlNode node, params object[] path) =>
        ((YamlMappingNode)node.At(path)).Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value));
}
