using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Everything known about owners at one moment. Pure: the same question gives the same answer.</summary>
public sealed class OwnershipSnapshot
{
    private readonly EntityDirectory _entities;
    private readonly TeamDirectory _teams;
    private readonly OwnerResolver _resolver;

    public OwnershipSnapshot(IReadOnlyList<CatalogContent> files, IReadOnlyList<DeclaredOwner> declared)
    {
        var all = files.SelectMany(file => file.Entities).ToArray();
        _entities = new EntityDirectory(all);
        _teams = new TeamDirectory(all);
        var rules = files.SelectMany(file => file.Rules).ToArray();
        _resolver = new OwnerResolver(
            _entities,
            _teams,
            rules,
            declared,
            new OnCallRota([.. files.SelectMany(file => file.Shifts)], _teams),
            files.Where(file => file.At is not null).ToDictionary(file => file.Path, file => file.At!.Value, StringComparer.Ordinal)
        );
    }

    /// <summary>Nothing is known.</summary>
    public static OwnershipSnapshot Empty { get; } = new([], []);

    /// <summary>From a peer's address, or any other annotation value that is one entity's alone, to that entity's name.</summary>
    public IReadOnlyDictionary<string, string> PeerNames => _entities.PeerNames;

    /// <summary>Components, APIs, resources, systems and domains.</summary>
    public IReadOnlyList<CatalogEntity> Entities => _entities.Entities;

    public IReadOnlyList<string> Teams =>
        [.. _teams.Groups.Select(_teams.NameOf).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>Teams that own something or have somebody in them, with how many people they have.</summary>
    public IReadOnlyList<(string Ref, int Members, string Source)> TeamSizes =>
        [.. _teams.Groups.Select(group => (group.Ref, _teams.MembersOf(group.Ref).Count, group.Source))];

    /// <summary>Members whom their team lists and the catalogue, which names other people, does not know.</summary>
    public IReadOnlyList<(string Person, string Team)> Left =>
        _teams.Users.Count == 0
            ? []
            :
            [
                .. _teams
                    .Groups.SelectMany(group =>
                        group
                            .Members.Where(member => _teams.User(member) is null)
                            .Select(member => (EntityRef.NameOf(member), _teams.NameOf(group)))
                    )
                    .Distinct(),
            ];

    /// <summary>The catalogue entity that a service is; null where it has none.</summary>
    public CatalogEntity? EntityOf(string service) => _entities.Find(service)?.Entity;

    /// <summary>Everyone whom the catalogue lists.</summary>
    public IReadOnlyList<Responder> People =>
        [
            .. _teams.Users.Select(user => new Responder(user.DisplayName ?? user.Name, user.Email, false, user.Source)
            {
                Handles = user.Annotations,
            }),
        ];

    /// <summary>Who owns the service (or peer, by name or address) at a time.</summary>
    public ServiceOwner OwnerOf(string service, DateTimeOffset at) => _resolver.OwnerOf(service, at);

    /// <summary>A team's people at a time, who is on call first.</summary>
    public IReadOnlyList<Responder> PeopleOf(string team, DateTimeOffset at) => _resolver.PeopleOf(team, at);

    /// <summary>The services that a team owns, among those given.</summary>
    public IReadOnlyList<string> ServicesOf(string team, IEnumerable<string> services, DateTimeOffset at) =>
        [.. services.Where(service => string.Equals(OwnerOf(service, at).Team, team, StringComparison.OrdinalIgnoreCase))];

    /// <summary>What a service's catalogue entry says under an annotation; null where there is none.</summary>
    public string? AnnotationOf(string service, string key) =>
        _entities.Find(service)?.Entity.Annotations.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    /// <summary>What the catalogue says of a service in a sentence; null where it says nothing.</summary>
    public string? DescriptionOf(string service) =>
        _entities.Find(service)?.Entity.Description is { Length: > 0 } description ? description : null;

    /// <summary>What the catalogue calls a service for people; null where it has no title.</summary>
    public string? TitleOf(string service) => _entities.Find(service)?.Entity.Title is { Length: > 0 } title ? title : null;

    /// <summary>The names that a service goes by: as sent, and in the catalogue.</summary>
    public IReadOnlyList<string> NamesOf(string service) =>
        _entities.Find(service) is { Entity: var entity } && !entity.Name.Equals(service, StringComparison.OrdinalIgnoreCase)
            ? [service, entity.Name]
            : [service];
}
