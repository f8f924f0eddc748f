using System.Globalization;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>What is known of owners as a whole: who has none, what is stale, where sources disagree.</summary>
public sealed record OwnersReport
{
    /// <summary>A file that nobody confirmed for so long is called old.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromDays(90);

    /// <summary>Every service that ever sent telemetry; those without an owner first.</summary>
    public required IReadOnlyList<ServiceOwner> Services { get; init; }

    public required IReadOnlyList<StaleEntry> Stale { get; init; }

    public int Owned => Services.Count(service => service.Team is not null);

    public int OnCall => Services.Count(service => service.People.Any(person => person.OnCall));

    public int Disputed => Services.Count(service => service.Disputes.Count > 0);

    /// <summary>Pure: the same input gives the same report.</summary>
    public static OwnersReport Of(OwnershipSnapshot owners, IReadOnlyList<string> services, DateTimeOffset at)
    {
        var resolved = services.Select(service => owners.OwnerOf(service, at)).ToArray();
        return new OwnersReport
        {
            Services =
            [
                .. resolved
                    .OrderBy(owner => owner.Team is not null)
                    .ThenBy(owner => owner.Disputes.Count == 0)
                    .ThenBy(owner => owner.Service, StringComparer.Ordinal),
            ],
            Stale = [.. StaleEntries(owners, services, resolved, at)],
        };
    }

    private static IEnumerable<StaleEntry> StaleEntries(
        OwnershipSnapshot owners,
        IReadOnlyList<string> services,
        ServiceOwner[] resolved,
        DateTimeOffset at
    )
    {
        // Where nothing was received yet, every entry would look stale.
        var seen = services.Select(service => owners.EntityOf(service)?.Ref).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var entity in services.Count == 0 ? [] : owners.Entities.Where(IsService).Where(entity => !seen.Contains(entity.Ref)))
            yield return new StaleEntry(entity.Name, "no telemetry was ever received under its name or an alias of it", entity.Source);
        var sizes = owners.TeamSizes.ToLookup(team => team.Ref, StringComparer.Ordinal);
        foreach (
            var (owner, entity) in owners
                .Entities.Where(entity => entity.Owner is not null)
                .GroupBy(entity => entity.Owner!, StringComparer.Ordinal)
                .Where(group => EntityRef.IsKind(group.First().Owner!, "group"))
                .Select(group => (group.Key, group.First()))
        )
        {
            var teams = sizes[owner].ToArray();
            var name = EntityRef.NameOf(owner);
            if (teams.Length == 0)
                yield return new StaleEntry(name, $"owns {entity.Name}, but no such team is in the catalogue", entity.Source);
            else if (teams.All(team => team.Members == 0))
                yield return new StaleEntry(name, $"owns {entity.Name}, but has nobody in it", teams[0].Source);
        }

        foreach (var (person, team) in owners.Left)
            yield return new StaleEntry(person, $"is listed in {team}, but the catalogue does not know them: perhaps they have left", team);
        foreach (
            var old in resolved.Where(owner => owner.SourceAt < at - Old).GroupBy(owner => owner.Source).Select(group => group.First())
        )
            yield return new StaleEntry(
                old.Service,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"its owner was last confirmed on {old.SourceAt!.Value.UtcDateTime:yyyy-MM-dd}"
                ),
                old.Source!
            );
    }

    private static bool IsService(CatalogEntity entity) =>
        entity.Is("Component")
        && !string.Equals(entity.Type, "library", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(entity.Type, "website", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Name">A component, a team or a person.</param>
/// <param name="Why">What is not right any more.</param>
/// <param name="Source">Where it is written.</param>
public sealed record StaleEntry(string Name, string Why, string Source);
