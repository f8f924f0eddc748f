namespace Copilot.Ownership.Catalog;

/// <summary>A Backstage entity, as far as owners need it. References are written <c>kind:namespace/name</c>, lower case.</summary>
public sealed record CatalogEntity
{
    public required string Kind { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>spec.type: service, library, team, …</summary>
    public string? Type { get; init; }

    public string? Owner { get; init; }

    public string? System { get; init; }

    public string? DisplayName { get; init; }

    public string? Email { get; init; }

    /// <summary>Of a group: the users it names itself.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Of a user: the groups it says it belongs to.</summary>
    public IReadOnlyList<string> MemberOf { get; init; } = [];

    public IReadOnlyList<string> Children { get; init; } = [];

    public string? Parent { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The file and line, for "why".</summary>
    public required string Source { get; init; }

    public string Ref => EntityRef.Of(Kind, Namespace, Name);

    public bool Is(string kind) => string.Equals(Kind, kind, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Backstage's entity references, <c>[kind:][namespace/]name</c>, compared in lower case.</summary>
public static class EntityRef
{
    public const string DefaultNamespace = "default";

    public static string Of(string kind, string @namespace, string name) => $"{kind}:{@namespace}/{name}".ToLowerInvariant();

    /// <summary>The full reference; kind and namespace come from the field that holds it.</summary>
    public static string Parse(string text, string defaultKind, string defaultNamespace)
    {
        var rest = text.Trim();
        var kind = defaultKind;
        var space = defaultNamespace;
        if (rest.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            kind = rest[..colon];
            rest = rest[(colon + 1)..];
        }

        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            space = rest[..slash];
            rest = rest[(slash + 1)..];
        }

        return Of(kind, space, rest);
    }

    /// <summary>The last part of a reference.</summary>
    public static string NameOf(string reference) => reference[(reference.LastIndexOf('/') + 1)..];

    /// <summary>An entity's name, with its namespace where others bear the name too and it is not of the default one.</summary>
    public static string Shown(CatalogEntity entity, IEnumerable<CatalogEntity> alike) =>
        alike.Any(other => other.Ref != entity.Ref)
        && !string.Equals(entity.Namespace, DefaultNamespace, StringComparison.OrdinalIgnoreCase)
            ? $"{entity.Namespace}/{entity.Name}"
            : entity.Name;

    public static bool IsKind(string reference, string kind) => reference.StartsWith(kind + ":", StringComparison.OrdinalIgnoreCase);
}
