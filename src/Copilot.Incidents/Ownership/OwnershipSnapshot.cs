using Copilot.Incidents.Catalog;

namespace Copilot.Incidents.Ownership;

/// <summary>Everything known about owners at one moment. Pure: the same question gives the same answer.</summary>
public sealed class OwnershipSnapshot
{
    private readonly EntityDirectory entities;
    private readonly TeamDirectory teams;
    private readonly OwnerResolver resolver;

    public OwnershipSnapshot(IReadOnlyList<CatalogContent> files, IReadOnlyList<DeclaredOwner> declared)
    {
        var all = files.SelectMany(file => file.Entities).ToArray();
        entities = new EntityDirectory(all);
        teams = new TeamDirectory(all);
        var rules = files.SelectMany(file => file.Rules).ToArray();
        resolver = new OwnerResolver(entities, teams, rules, declared, new OnCallBook([.. files.SelectMany(file => file.Shifts)], teams),
            files.Where(file => file.At is not null).ToDictionary(file => file.Path, file => file.At!.Value, StringComparer.Ordinal));
    }

    /// <summary>Nothing is known.</summary>
    public static OwnershipSnapshot Empty { get; } = new([], []);

    /// <summary>From a peer's address, or any other annotation value that is one entity's alone, to that entity's name.</summary>
    public IReadOnlyDictionary<string, string> PeerNames => entities.PeerNames;

    /// <summary>Components, APIs, resources, systems and domains.</summary>
    public IReadOnlyList<CatalogEntity> Entities => entities.Entities;

    public IReadOnlyList<string> Teams => [.. teams.Groups.Select(group => group.Name).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>Teams that own something or have somebody in them, with how many people they have.</summary>
    public IReadOnlyList<(string Team, int Members, string Source)> TeamSizes =>
        [.. teams.Groups.Select(group => (group.Name, teams.MembersOf(group.Ref).Count, group.Source))];

    /// <summary>Members whom their team lists and the catalogue, which names other people, does not know.</summary>
    public IReadOnlyList<(string Person, string Team)> Left => teams.Users.Count == 0 ? [] :
        [.. teams.Groups.SelectMany(group => group.Members.Where(member => teams.User(member) is null).Select(member => (EntityRef.NameOf(member), group.Name))).Distinct()];

    /// <summary>The catalogue entity that a service is; null where it has none.</summary>
    public CatalogEntity? EntityOf(string service) => entities.Find(service)?.Entity;

    /// <summary>Everyone whom the catalogue lists.</summary>
    public IReadOnlyList<Responder> People =>
        [.. teams.Users.Select(user => new Responder(user.DisplayName ?? user.Name, user.Email, false, user.Source) { Handles = user.Annotations })];

    /// <summary>Who owns the service (or peer, by name or address) at a time.</summary>
    public ServiceOwner OwnerOf(string service, DateTimeOffset at) => resolver.OwnerOf(service, at);

    /// <summary>A team's people at a time, who is on call first.</summary>
    public IReadOnlyList<Responder> PeopleOf(string team, DateTimeOffset at) => resolver.PeopleOf(team, null, at);

    /// <summary>The services that a team owns, among those given.</summary>
    public IReadOnlyList<string> ServicesOf(string team, IEnumerable<string> services, DateTimeOffset at) =>
        [.. services.Where(service => string.Equals(OwnerOf(service, at).Team, team, StringComparison.OrdinalIgnoreCase))];

    /// <summary>What a service's catalogue entry says under an annotation; null where there is none.</summary>
    public string? AnnotationOf(string service, string key) =>
        entities.Find(service)?.Entity.Annotations.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    /// <summary>The names that a service goes by: as sent, and in the catalogue.</summary>
    public IReadOnlyList<string> NamesOf(string service) =>
        entities.Find(service) is { Entity: var entity } && !entity.Name.Equals(service, StringComparison.OrdinalIgnoreCase)
            ? [service, entity.Name] : [service];
}
