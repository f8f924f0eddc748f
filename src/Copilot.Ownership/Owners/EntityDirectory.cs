using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Finds the catalogue entity that a service name or a peer's address means.</summary>
internal sealed class EntityDirectory
{
    private static readonly string[] Owned = ["Component", "API", "Resource", "System", "Domain"];

    private readonly CatalogEntity[] _entities;
    private readonly ILookup<string, CatalogEntity> _byName;
    private readonly ILookup<string, CatalogEntity> _byPlainName;
    private readonly Dictionary<string, CatalogEntity> _byRef;
    private readonly ILookup<string, (string Key, CatalogEntity Entity)> _byAnnotation;

    public EntityDirectory(IEnumerable<CatalogEntity> all)
    {
        _entities = [.. all.Where(entity => Owned.Any(entity.Is)).OrderBy(entity => Array.FindIndex(Owned, entity.Is))];
        _byName = _entities.ToLookup(entity => entity.Name, StringComparer.OrdinalIgnoreCase);
        _byPlainName = _entities.ToLookup(entity => Plain(entity.Name), StringComparer.Ordinal);
        _byRef = [];
        foreach (var entity in _entities)
            _byRef.TryAdd(entity.Ref, entity);
        _byAnnotation = _entities
            .SelectMany(entity => entity.Annotations.Select(pair => (pair.Key, pair.Value, Entity: entity)))
            .ToLookup(item => item.Value, item => (item.Key, item.Entity), StringComparer.OrdinalIgnoreCase);
        PeerNames = _byAnnotation
            .Where(values => values.Select(item => item.Entity.Ref).Distinct().Count() == 1)
            .ToDictionary(values => values.Key, values => values.First().Entity.Name, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<CatalogEntity> Entities => _entities;

    /// <summary>Annotation values that belong to one entity alone, with that entity's name.</summary>
    public IReadOnlyDictionary<string, string> PeerNames { get; }

    public CatalogEntity? ByRef(string? reference) => reference is null ? null : _byRef.GetValueOrDefault(reference);

    /// <summary>Of several entities of one name, how each is called among them.</summary>
    public string NameOf(CatalogEntity entity) => EntityRef.Shown(entity, _byName[entity.Name].Where(other => other.Is(entity.Kind)));

    /// <summary>The entities that a bare name could mean, where it could mean several; empty where it is told apart.</summary>
    public IReadOnlyList<CatalogEntity> Confused(string service, string? space) =>
        Find(service, space) is null && OfFirstKind(_byName[service]) is { Length: > 1 } several ? several : [];

    /// <summary>The entity and how it was found.</summary>
    /// <param name="service">A service's name, or an entity's reference.</param>
    /// <param name="space">The namespace that its telemetry names; null where it names none.</param>
    public (CatalogEntity Entity, string How)? Find(string service, string? space = null)
    {
        // An annotation made for the purpose beats the name; any other annotation counts only where no other entity shares its value.
        var annotated = _byAnnotation[service].ToArray();
        if (annotated.FirstOrDefault(item => IsAlias(item.Key)) is { Entity: { } alias } named)
            return (alias, $"annotation {named.Key}");
        if (_byName[service].Any())
            return Named(OfFirstKind(_byName[service]), space) is { } same ? (same, "its name") : null;
        if (service.Contains('/', StringComparison.Ordinal) && ByReference(service) is { } whole)
            return (whole, "its reference");
        if (annotated.Select(item => item.Entity.Ref).Distinct().Count() == 1)
            return (annotated[0].Entity, $"annotation {annotated[0].Key}");
        var alike = OfFirstKind(_byPlainName[Plain(service)]);
        return Named(alike, space) is { } spelt ? (spelt, "its name, spelt differently") : null;
    }

    private CatalogEntity? ByReference(string service) =>
        Owned
            .Select(kind => ByRef(EntityRef.Parse(service, kind, EntityRef.DefaultNamespace)))
            .FirstOrDefault(entity => entity is not null);

    /// <summary>The only one; of several, that of the telemetry's own namespace, else that of the default one.</summary>
    private static CatalogEntity? Named(CatalogEntity[] alike, string? space) =>
        alike.Length == 1
            ? alike[0]
            : alike.FirstOrDefault(entity => string.Equals(entity.Namespace, space, StringComparison.OrdinalIgnoreCase))
                ?? alike.FirstOrDefault(entity =>
                    string.Equals(entity.Namespace, EntityRef.DefaultNamespace, StringComparison.OrdinalIgnoreCase)
                );

    private static CatalogEntity[] OfFirstKind(IEnumerable<CatalogEntity> alike)
    {
        var all = alike.ToArray();
        return [.. all.Where(entity => entity.Is(all[0].Kind)).DistinctBy(entity => entity.Ref)];
    }

    /// <summary>Letters and digits only: "ad-service", "AdService" and "adservice" are one name.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool IsAlias(string key) =>
        Plain(key) is var plain
        && (plain.Contains("servicename", StringComparison.Ordinal) || plain.EndsWith("address", StringComparison.Ordinal));
}
