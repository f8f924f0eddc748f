using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>
/// The contract's order of owners: the catalogue's team if it exists and has members, else a CODEOWNERS rule narrower than
/// everything, else span attributes; else none, with a guess beside it.
/// </summary>
internal sealed class OwnerResolver(
    EntityDirectory entities,
    TeamDirectory teams,
    IReadOnlyList<CodeOwnersRule> rules,
    IReadOnlyList<DeclaredOwner> declared,
    OnCallRota book,
    IReadOnlyDictionary<string, DateTimeOffset> ages
)
{
    public ServiceOwner OwnerOf(string service, DateTimeOffset at)
    {
        var space = declared.FirstOrDefault(attribute => attribute.IsNamespace && Same(attribute.Service, service))?.Value;
        var found = entities.Find(service, space);
        var entity = found?.Entity;
        var reasons = new List<string>();
        if (found is { } match)
            reasons.Add($"{service} is {match.Entity.Kind} {entities.NameOf(match.Entity)} ({match.Entity.Source}, by {match.How})");
        else if (entities.Confused(service, space) is [var one, ..] several)
            reasons.Add(
                $"several entries of the catalogue are called {service} "
                    + $"({string.Join(", ", several.Select(entities.NameOf))}), and its telemetry "
                    + $"names no service.namespace that tells which {one.Kind} it is"
            );
        else
            reasons.Add($"the catalogue has no entry for {service}");

        var claims = Claims(service, entity, reasons).ToArray();
        if (claims.Length == 0)
        {
            var guess = Guess(service, entity);
            reasons.Add(guess is null ? "no source names an owner" : $"no source names an owner; {guess.Value.Why}");
            return new ServiceOwner
            {
                Service = service,
                Entity = entity?.Name,
                Suggested = guess?.Team,
                Why = string.Join("; ", reasons),
            };
        }

        var best = claims[0];
        var disputes = claims
            .Skip(1)
            .Where(other => !Same(other.Team, best.Team))
            .Select(other => $"{other.Source} says {other.Team}")
            .ToArray();
        reasons.AddRange(disputes.Select(dispute => $"but {dispute}"));
        return new ServiceOwner
        {
            Service = service,
            Entity = entity?.Name,
            Team = best.Team,
            People = PeopleOf(best.Team, best.Group, best.FromCatalog ? entity : null, at, best.Person),
            Channel = (best.FromCatalog ? ChannelOf(entity) : null) ?? ChannelOf(best.Group),
            Source = best.Source,
            SourceAt = best.Place is { } place && ages.TryGetValue(place[..place.LastIndexOf(':')], out var age) ? age : null,
            Disputes = disputes,
            Why = string.Join("; ", reasons),
            Confidence = disputes.Length > 0 ? best.Confidence - 0.15 : best.Confidence,
        };
    }

    public IReadOnlyList<Responder> PeopleOf(string team, DateTimeOffset at) => PeopleOf(team, teams.GroupNamed(team), null, at, null);

    private List<Responder> PeopleOf(string team, CatalogEntity? group, CatalogEntity? component, DateTimeOffset at, string? first)
    {
        var people = new List<Responder>();
        foreach (var (level, shift) in book.At(component, group, team, at))
        {
            var user = teams.UserByEmail(shift.Email) ?? teams.UserByName(shift.PersonName, group);
            people.Add(
                new Responder(
                    user?.DisplayName ?? shift.PersonName,
                    shift.Email ?? user?.Email,
                    level == 1,
                    $"{shift.ScheduleName ?? shift.PolicyName ?? "on-call data"} ({shift.Source})"
                )
                {
                    Handles = Handles(user),
                    Level = level,
                }
            );
        }

        var members = (first is null ? [] : new[] { first })
            .Concat(group is null ? [] : teams.MembersOf(group.Ref))
            .Distinct(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var user = teams.User(member);
            var name = user?.DisplayName ?? user?.Name ?? EntityRef.NameOf(member);
            if (
                !people.Any(person =>
                    user?.Email is { } email && person.Contact is { } contact ? Same(contact, email) : Same(person.Name, name)
                )
            )
                people.Add(
                    new Responder(name, user?.Email, false, user?.Source ?? group?.Source ?? "the catalogue")
                    {
                        Handles = Handles(user),
                        Left = user is null && teams.Users.Count > 0,
                    }
                );
        }

        return people;
    }

    private IEnumerable<Claim> Claims(string service, CatalogEntity? entity, List<string> reasons)
    {
        if (entity?.Owner is { } owner)
        {
            if (FromCatalog(owner, entity) is { } claim)
            {
                reasons.Add($"owned by {claim.Team}, says the catalogue");
                yield return claim;
            }
            else
            {
                reasons.Add($"the catalogue names {EntityRef.NameOf(owner)}, but no such team with members exists");
            }
        }

        foreach (var rule in CodeOwnersMatch.For(rules, NamesOf(service, entity), SourcePath(entity), entity?.Source))
        {
            var team = TeamOf(rule.Owners);
            reasons.Add($"CODEOWNERS {rule.Pattern} names {team.Team}");
            yield return new Claim(team.Team, team.Group, $"CODEOWNERS ({rule.Source})", 0.8, false, team.Person, rule.Source);
        }

        foreach (var attribute in declared.Where(attribute => !attribute.IsNamespace && Same(attribute.Service, service)))
        {
            var group = teams.GroupNamed(attribute.Value.TrimStart('@'));
            var team = group is null ? attribute.Value[(attribute.Value.LastIndexOf('/') + 1)..].TrimStart('@') : teams.NameOf(group);
            reasons.Add($"its spans name {team} in {attribute.Key}");
            yield return new Claim(team, group, $"span attribute {attribute.Key}", 0.6, false, null, null);
        }
    }

    private Claim? FromCatalog(string owner, CatalogEntity entity)
    {
        if (EntityRef.IsKind(owner, "user"))
        {
            return teams.User(owner) is { } user && teams.GroupsOf(user.Ref) is [var home, ..]
                ? new Claim(NameOf(home), teams.Group(home), $"catalogue ({entity.Source})", 0.85, true, user.Ref, entity.Source)
                : null;
        }

        return teams.Group(owner) is { } group && teams.MembersOf(group.Ref).Count > 0
            ? new Claim(teams.NameOf(group), group, $"catalogue ({entity.Source})", 0.95, true, null, entity.Source)
            : null;
    }

    // A line may name several owners: the first one that is a known team, else the first team, else the first person's team.
    private (string Team, CatalogEntity? Group, string? Person) TeamOf(IReadOnlyList<string> owners)
    {
        var known = owners
            .Where(owner => owner[0] == '@')
            .Select(owner => teams.GroupNamed(owner[1..]))
            .FirstOrDefault(group => group is not null);
        if (known is not null)
            return (teams.NameOf(known), known, null);
        if (owners.FirstOrDefault(owner => owner.Contains('/', StringComparison.Ordinal)) is { } team)
            return (team[(team.LastIndexOf('/') + 1)..], null, null);
        var user = teams.UserByEmail(owners[0]) ?? teams.UserByName(owners[0].TrimStart('@'));
        return user is not null && teams.GroupsOf(user.Ref) is [var home, ..]
            ? (NameOf(home), teams.Group(home), user.Ref)
            : (owners[0].TrimStart('@'), null, null);
    }

    private string NameOf(string group) => teams.Group(group) is { } known ? teams.NameOf(known) : EntityRef.NameOf(group);

    private (string Team, string Why)? Guess(string service, CatalogEntity? entity)
    {
        if (entities.ByRef(entity?.System) is { Owner: { } owner } system && FromCatalog(owner, system) is { } ofSystem)
            return (ofSystem.Team, $"{ofSystem.Team} owns its system {system.Name}");
        var callers = entities
            .Entities.Where(other => entity is not null && other.DependsOn.Contains(entity.Ref) && other.Owner is not null)
            .Select(other => (other.Name, Claim: FromCatalog(other.Owner!, other)))
            .Where(other => other.Claim is not null)
            .ToArray();
        if (
            callers
                .GroupBy(caller => caller.Claim!.Team)
                .OrderByDescending(team => team.Count())
                .ThenBy(team => team.Key, StringComparer.Ordinal)
                .FirstOrDefault() is
            { } most
        )
            return (most.Key, $"{most.Key} owns {string.Join(", ", most.Select(caller => caller.Name))}, which depends on {service}");
        return rules.LastOrDefault(rule => rule.MatchesEverything) is { Owners: [_, ..] } everything
            ? (TeamOf(everything.Owners).Team, $"CODEOWNERS names {TeamOf(everything.Owners).Team} for everything ({everything.Source})")
            : null;
    }

    private static string[] NamesOf(string service, CatalogEntity? entity) => entity is null ? [service] : [service, entity.Name];

    private static string? SourcePath(CatalogEntity? entity)
    {
        // "url:https://host/org/repo/tree/main/services/payment/": what follows the branch.
        if (entity?.Annotations.GetValueOrDefault("backstage.io/source-location") is not { } location)
            return null;
        var parts = location.Split('/');
        var tree = Array.FindIndex(parts, part => part is "tree" or "blob");
        if (tree < 0 || parts.Length <= tree + 2)
            return null;
        var path = string.Join('/', parts[(tree + 2)..]);
        // A tree is a folder, however it is written.
        return parts[tree] == "tree" && path.Length > 0 && !path.EndsWith('/') ? path + "/" : path;
    }

    private static string? ChannelOf(CatalogEntity? entity) =>
        entity
            ?.Annotations.Where(pair => pair.Key.EndsWith("channel", StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair.Value)
            .FirstOrDefault();

    private static IReadOnlyDictionary<string, string> Handles(CatalogEntity? user) =>
        user?.Annotations ?? new Dictionary<string, string>();

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <param name="Person">A user who owns it in person.</param>
    /// <param name="Place">File and line, where it is from a file.</param>
    private sealed record Claim(
        string Team,
        CatalogEntity? Group,
        string Source,
        double Confidence,
        bool FromCatalog,
        string? Person,
        string? Place
    );
}

/// <summary>An owner that a service's own telemetry names in a resource attribute, or the namespace that it says it is of.</summary>
public sealed record DeclaredOwner(string Service, string Key, string Value)
{
    public bool IsNamespace => Key == "service.namespace";
}
