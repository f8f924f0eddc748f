using Copilot.Ownership.Readers;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Reading;

/// <summary>YAML as nodes with their places; built so that a hostile text can exhaust neither stack nor memory.</summary>
internal static class ManifestYaml
{
    private const int DeepestNesting = 100;
    private const string MergeKey = "<<";

    // Merges of merges are rare, and a text may be made so that they multiply.
    private const int DeepestMerging = 3;
    private const int MostMerged = 10;

    /// <exception cref="YamlException">The text is no YAML, or is nested too deeply.</exception>
    public static IReadOnlyList<YamlNode> Read(string text)
    {
        if (YamlNesting.Beyond(Bare(text), DeepestNesting) is { } deep)
            throw new YamlException(deep.Start, deep.End, "nested too deeply");
        var stream = new YamlStream();
        stream.Load(new StringReader(Bare(text)));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The text without its byte order mark; places in it count from here.</summary>
    public static string Bare(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>A key's value, its own or one that a merge key (&lt;&lt;) brings.</summary>
    public static YamlNode? Child(this YamlNode? node, string key) =>
        Layers(node)
            .Select(map => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null)
            .FirstOrDefault(value => value is not null);

    /// <summary>The key's own node, which knows where it stands.</summary>
    public static YamlNode? Key(this YamlMappingNode map, string key) =>
        map.Children.Keys.FirstOrDefault(k => k is YamlScalarNode scalar && scalar.Value == key);

    public static YamlNode? At(this YamlNode? node, IEnumerable<string> path) =>
        path.Aggregate(
            node,
            (at, key) =>
                at is YamlSequenceNode list && int.TryParse(key, out var index) ? list.Children.ElementAtOrDefault(index) : at.Child(key)
        );

    public static string? Text(this YamlNode? node, string key) => node.Child(key).Scalar();

    /// <summary>A scalar's text; null for what is empty, null, or no scalar.</summary>
    public static string? Scalar(this YamlNode? node) =>
        node is YamlScalarNode { Value: { Length: > 0 } value } scalar && !IsNull(scalar) ? value : null;

    public static bool IsNull(this YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? list.Children : [];

    public static IReadOnlyList<string> Texts(this YamlNode? node) =>
        node switch
        {
            YamlSequenceNode list => [.. list.Children.Select(Scalar).OfType<string>()],
            _ => node.Scalar() is { } one ? [one] : [],
        };

    public static IEnumerable<(string Key, YamlNode Value)> Pairs(this YamlNode? node) =>
        Layers(node)
            .SelectMany(map => map.Children)
            .Where(pair => pair.Key is YamlScalarNode { Value: not MergeKey })
            .Select(pair => (Key: ((YamlScalarNode)pair.Key).Value ?? "", pair.Value))
            .DistinctBy(pair => pair.Key);

    public static IReadOnlyDictionary<string, string> Strings(this YamlNode? node) =>
        node.Pairs().Where(pair => pair.Value is YamlScalarNode).ToDictionary(p => p.Key, p => ((YamlScalarNode)p.Value).Value ?? "");

    /// <summary>A mapping and what is merged into it, the nearest first.</summary>
    private static IEnumerable<YamlMappingNode> Layers(YamlNode? node, int depth = 0)
    {
        if (node is not YamlMappingNode map || depth > DeepestMerging)
            yield break;
        yield return map;
        if (!map.Children.TryGetValue(new YamlScalarNode(MergeKey), out var merged))
            yield break;
        var below = merged is YamlSequenceNode list ? list.Children.Take(MostMerged) : [merged];
        foreach (var layer in below.SelectMany(each => Layers(each, depth + 1)))
            yield return layer;
    }
}
