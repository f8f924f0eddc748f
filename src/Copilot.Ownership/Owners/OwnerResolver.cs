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
        var found = entities.Find(service);
        var entity = found?.Entity;
        var reasons = new List<string>();
        if (found is { } match)
            reasons.Add($"{service} is {match.Entity.Kind} {match.Entity.Name} ({match.Entity.Source}, by {match.How})");
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
        var group = teams.GroupNamed(best.Team);
        return new ServiceOwner
        {
            Service = service,
            Entity = entity?.Name,
            Team = best.Team,
            People = PeopleOf(best.Team, best.FromCatalog ? entity : null, at, best.Person),
            Channel = (best.FromCatalog ? ChannelOf(entity) : null) ?? ChannelOf(group),
            Source = best.Source,
            SourceAt = best.Place is { } place && ages.TryGetValue(place[..place.LastIndexOf(':')], out var age) ? age : null,
            Disputes = disputes,
            Why = string.Join("; ", reasons),
            Confidence = disputes.Length > 0 ? best.Confidence - 0.15 : best.Confidence,
        };
    }

    public IReadOnlyList<Responder> PeopleOf(string team, CatalogEntity? component, DateTimeOffset at, string? first = null)
    {
        var group = teams.GroupNamed(team);
        var people = new List<Responder>();
        foreach (var shift in book.At(component, group, team, at))
        {
            var user = teams.UserByEmail(shift.Email) ?? teams.UserByName(shift.PersonName);
            people.Add(
                new Responder(
                    user?.DisplayName ?? shift.PersonName,
                    shift.Email ?? user?.Email,
                    true,
                    $"{shift.ScheduleName ?? shift.PolicyName ?? "on-call data"} ({shift.Source})"
                )
                {
                    Handles = Handles(user),
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
                    Same(person.Name, name) || (user?.Email is { } email && person.Contact is { } contact && Same(contact, email))
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

        if (CodeOwnersMatch.For(rules, NamesOf(service, entity), SourcePath(entity)) is { Owners: [_, ..] } rule)
        {
            var team = TeamOf(rule.Owners);
            reasons.Add($"CODEOWNERS {rule.Pattern} names {team.Team}");
            yield return new Claim(team.Team, $"CODEOWNERS ({rule.Source})", 0.8, false, team.Person, rule.Source);
        }

        foreach (var attribute in declared.Where(attribute => Same(attribute.Service, service)))
        {
            var team = teams.GroupNamed(attribute.Value)?.Name ?? attribute.Value[(attribute.Value.LastIndexOf('/') + 1)..].TrimStart('@');
            reasons.Add($"its spans name {team} in {attribute.Key}");
            yield return new Claim(team, $"span attribute {attribute.Key}", 0.6, false, null, null);
        }
    }

    private Claim? FromCatalog(string owner, CatalogEntity entity)
    {
        if (EntityRef.IsKind(owner, "user"))
        {
            return teams.User(owner) is { } user && teams.GroupsOf(user.Ref) is [var home, ..]
                ? new Claim(EntityRef.NameOf(home), $"catalogue ({entity.Source})", 0.85, true, user.Ref, entity.Source)
                : null;
        }

        return teams.Group(owner) is { } group && teams.MembersOf(group.Ref).Count > 0
            ? new Claim(group.Name, $"catalogue ({entity.Source})", 0.95, true, null, entity.Source)
            : null;
    }

    // A line may name several owners: the first one that is a known team, else the first team, else the first person's team.
    private (string Team, string? Person) TeamOf(IReadOnlyList<string> owners)
    {
        var known = owners
            .Where(owner => owner[0] == '@')
            .Select(owner => teams.GroupNamed(owner[1..]))
            .FirstOrDefault(group => group is not null);
        if (known is not null)
            return (known.Name, null);
        if (owners.FirstOrDefault(owner => owner.Contains('/', StringComparison.Ordinal)) is { } team)
            return (team[(team.LastIndexOf('/') + 1)..], null);
        var user = teams.UserByEmail(owners[0]) ?? teams.UserByName(owners[0].TrimStart('@'));
        return user is not null && teams.GroupsOf(user.Ref) is [var home, ..]
            ? (EntityRef.NameOf(home), user.Ref)
            : (owners[0].TrimStart('@'), null);
    }

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
        return tree >= 0 && parts.Length > tree + 2 ? string.Join('/', parts[(tree + 2)..]) : null;
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
    private sealed record Claim(string Team, string Source, double Confidence, bool FromCatalog, string? Person, string? Place);
}

/// <summary>An owner that a service's own telemetry names in a resource attribute.</summary>
public sealed record DeclaredOwner(string Service, string Key, string Value);
