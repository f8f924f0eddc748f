using System.Text.RegularExpressions;
using Copilot.Ownership.Catalog;
using YamlDotNet.RepresentationModel;

namespace Copilot.Ownership.Readers;

/// <summary>Backstage descriptors: several YAML documents, one JSON entity, a JSON list, or the catalogue API's <c>{"items":
/// […]}</c>.</summary>
internal static partial class BackstageReader
{
    /// <exception cref="CatalogFileException">The file is broken, or none of its entities can be read.</exception>
    public static CatalogContent Read(CatalogFile file)
    {
        var entities = new List<CatalogEntity>();
        var broken = new List<CatalogFileException>();
        foreach (var document in YamlDocuments.Read(file.Content))
        {
            if (document is YamlScalarNode { Value: null or "" })
                continue;
            foreach (var node in Entities(document))
            {
                try
                {
                    entities.Add(Entity(node, file.Path));
                }
                catch (CatalogFileException e)
                {
                    broken.Add(e);
                }
            }
        }

        if (entities.Count == 0 && broken is [var first, ..])
            throw first;
        return new CatalogContent
        {
            Path = file.Path,
            Kind = CatalogFileKind.Backstage,
            Entities = entities,
            Broken = broken,
        };
    }

    private static IEnumerable<YamlNode> Entities(YamlNode document) =>
        document switch
        {
            YamlSequenceNode list => list.Children,
            YamlMappingNode map when map.Child("kind") is null && map.Child("items") is YamlSequenceNode items => items.Children,
            _ => [document],
        };

    private static CatalogEntity Entity(YamlNode node, string path)
    {
        if (node is not YamlMappingNode)
            throw YamlDocuments.Error(node, "an entity must be a mapping with apiVersion, kind and metadata");
        var kind = node.Text("kind") ?? throw YamlDocuments.Error(node, "the entity has no kind");
        if (node.Child("metadata") is not YamlMappingNode metadata)
            throw YamlDocuments.Error(node, $"the {kind} has no metadata");
        var name = metadata.Text("name") ?? throw YamlDocuments.Error(metadata, $"the {kind} has no metadata.name");
        if (name.Length > 63 || !NameRule().IsMatch(name))
        {
            throw YamlDocuments.Error(
                metadata.Child("name")!,
                $"metadata.name '{name}' must be 1 to 63 letters, digits, '-', '_' or '.', and start and end with a letter or digit"
            );
        }

        var space = metadata.Text("namespace") ?? EntityRef.DefaultNamespace;
        var spec = node.Child("spec");
        if (spec is not (null or YamlMappingNode or YamlScalarNode { Value: null or "" }))
            throw YamlDocuments.Error(spec, $"the spec of {kind} '{name}' must be a mapping");
        spec ??= new YamlMappingNode();
        var profile = spec.Child("profile") ?? new YamlMappingNode();

        string? One(string key, string defaultKind) => spec.Text(key) is { } text ? EntityRef.Parse(text, defaultKind, space) : null;
        IReadOnlyList<string> Many(string key, string defaultKind) =>
            [.. spec.Texts(key).Select(text => EntityRef.Parse(text, defaultKind, space))];

        return new CatalogEntity
        {
            Kind = kind,
            Namespace = space,
            Name = name,
            Title = metadata.Text("title"),
            Description = metadata.Text("description"),
            Annotations = Annotations(metadata),
            Type = spec.Text("type"),
            Owner = One("owner", "group"),
            System = One("system", "system"),
            DisplayName = profile.Text("displayName"),
            Email = profile.Text("email"),
            Members = Many("members", "user"),
            MemberOf = Many("memberOf", "group"),
            Children = Many("children", "group"),
            Parent = One("parent", "group"),
            DependsOn = Many("dependsOn", "component"),
            Source = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}:{node.Start.Line}"),
        };
    }

    private static Dictionary<string, string> Annotations(YamlNode metadata)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (metadata.Child("annotations") is YamlMappingNode map)
        {
            foreach (var (key, value) in map.Children)
            {
                if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode { Value: { Length: > 0 } text })
                    annotations[name] = text;
            }
        }

        return annotations;
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$")]
    private static partial Regex NameRule();
}
