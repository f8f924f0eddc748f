using Copilot.Incidents.Catalog;

namespace Copilot.Incidents.Ownership;

/// <summary>Who is on call for a team at a time.</summary>
internal sealed class OnCallBook(IReadOnlyList<OnCallShift> shifts, TeamDirectory teams)
{
    private static readonly HashSet<string> Filler = new(StringComparer.OrdinalIgnoreCase)
    {
        "escalation", "policy", "primary", "secondary", "tertiary", "schedule", "on", "call", "oncall", "rotation", "team", "default", "24x7", "group",
    };

    /// <summary>The shifts of the lowest escalation level that cover the time.</summary>
    public IReadOnlyList<OnCallShift> At(CatalogEntity? component, CatalogEntity? group, string team, DateTimeOffset time)
    {
        var current = shifts.Where(shift => shift.Covers(time)).ToArray();
        foreach (var found in Candidates(current, component, group, team))
        {
            if (found.Length > 0)
            {
                var level = found.Min(shift => shift.Level);
                return [.. found.Where(shift => shift.Level == level).DistinctBy(shift => shift.Email ?? shift.PersonName, StringComparer.OrdinalIgnoreCase)];
            }
        }

        return [];
    }

    // From the surest tie to the weakest: an id that the catalogue names, the schedule's name, a member of this one team.
    private IEnumerable<OnCallShift[]> Candidates(OnCallShift[] current, CatalogEntity? component, CatalogEntity? group, string team)
    {
        yield return WithId(current, component);
        yield return WithId(current, group);
        yield return [.. current.Where(shift => Names(shift.PolicyName, team) || Names(shift.ScheduleName, team))];
        if (group is null)
            yield break;
        var members = teams.MembersOf(group.Ref);
        yield return [.. current.Where(shift =>
            (teams.UserByEmail(shift.Email) ?? teams.UserByName(shift.PersonName)) is { } user
            && members.Contains(user.Ref) && teams.GroupsOf(user.Ref).Count == 1)];
    }

    private static OnCallShift[] WithId(OnCallShift[] current, CatalogEntity? entity) => entity is null
        ? []
        : [.. current.Where(shift => entity.Annotations.Values.Any(value => value == shift.PolicyId || value == shift.ScheduleId))];

    // "payments escalation" and "Payments - Primary" are the team payments'; "payments fraud primary" is not.
    private static bool Names(string? schedule, string team)
    {
        if (schedule is null)
            return false;
        var words = schedule.Split([' ', '_', '-', '.', '/', ':'], StringSplitOptions.RemoveEmptyEntries).Where(word => !Filler.Contains(word));
        return EntityDirectory.Plain(string.Concat(words)) is { Length: > 0 } plain && plain == EntityDirectory.Plain(team);
    }
}
