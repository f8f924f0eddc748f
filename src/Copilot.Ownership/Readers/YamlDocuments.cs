using Copilot.Ownership.Catalog;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Copilot.Ownership.Readers;

/// <summary>YAML as nodes with their places. Guards against input made to exhaust the stack.</summary>
internal static class YamlDocuments
{
    private const int DeepestNesting = 64;

    /// <exception cref="CatalogFileException">The text is no YAML, or is nested too deeply.</exception>
    public static IReadOnlyList<YamlNode> Read(string content)
    {
        try
        {
            if (YamlNesting.Beyond(content, DeepestNesting) is { Start: var deep })
                throw new CatalogFileException($"nested deeper than {DeepestNesting} levels", deep.Line, deep.Column);
            var stream = new YamlStream();
            stream.Load(new StringReader(content));
            return [.. stream.Documents.Select(document => document.RootNode)];
        }
        catch (YamlException e)
        {
            throw new CatalogFileException($"not valid YAML: {Reason(e)}", e.Start.Line, e.Start.Column);
        }
    }

    public static CatalogFileException Error(YamlNode at, string message) => new(message, at.Start.Line, at.Start.Column);

    public static YamlNode? Child(this YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    /// <summary>The text of a scalar; null where it is absent, empty, or not a scalar (a <c>$text</c> placeholder is a mapping).</summary>
    public static string? Text(this YamlNode node, string key) =>
        node.Child(key) is YamlScalarNode { Value: { Length: > 0 } value } ? value : null;

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public static IReadOnlyList<string> Texts(this YamlNode node, string key) =>
        node.Child(key) switch
        {
            YamlSequenceNode list => [.. list.OfType<YamlScalarNode>().Select(item => item.Value ?? "").Where(item => item.Length > 0)],
            YamlScalarNode { Value: { Length: > 0 } one } => [one],
            _ => [],
        };

    private static string Reason(YamlException e)
    {
        // YamlDotNet prefixes some messages with "(Line: …): "; the place is told separately.
        var message = e.InnerException?.Message ?? e.Message;
        return message.StartsWith('(') && message.IndexOf("): ", StringComparison.Ordinal) is > 0 and var end
            ? message[(end + 3)..]
            : message;
    }
}
