namespace Copilot.Incidents.Catalog;

/// <summary>Backstage's entity references, <c>[kind:][namespace/]name</c>, compared in lower case.</summary>
public static class EntityRef
{
    public const string DefaultNamespace = "default";

    public static string Of(string kind, string @namespace, string name) =>
        $"{kind}:{@namespace}/{name}".ToLowerInvariant();

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

    public static bool IsKind(string reference, string kind) =>
        reference.StartsWith(kind + ":", StringComparison.OrdinalIgnoreCase);
}
