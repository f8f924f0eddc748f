using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Who is on call for a team at a time.</summary>
internal sealed class OnCallRota(IReadOnlyList<OnCallShift> shifts, TeamDirectory teams)
{
    private static readonly HashSet<string> Filler = new(StringComparer.OrdinalIgnoreCase)
    {
        "escalation",
        "policy",
        "primary",
        "secondary",
        "tertiary",
        "schedule",
        "on",
        "call",
        "oncall",
        "rotation",
        "team",
        "default",
        "24x7",
        "group",
    };

    // Names are compared with every team's, so they are taken apart once.
    private readonly Dictionary<string, string> _plainNames = shifts
        .SelectMany(shift => new[] { shift.PolicyName, shift.ScheduleName })
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .ToDictionary(name => name, Plain, StringComparer.Ordinal);

    /// <summary>The shifts that cover the time, by escalation level: 1 is asked first, whatever number the schedule gives it.</summary>
    public IReadOnlyList<(int Level, OnCallShift Shift)> At(
        CatalogEntity? component,
        CatalogEntity? group,
        string team,
        DateTimeOffset time
    )
    {
        var current = shifts.Where(shift => shift.Covers(time)).ToArray();
        foreach (var found in Candidates(current, component, group, team))
        {
            if (found.Length > 0)
            {
                return
                [
                    .. found
                        .GroupBy(shift => shift.Level)
                        .OrderBy(level => level.Key)
                        .SelectMany((level, place) => level.Select(shift => (Level: place + 1, Shift: shift)))
                        .DistinctBy(item => item.Shift.Email ?? item.Shift.PersonName, StringComparer.OrdinalIgnoreCase),
                ];
            }
        }

        return [];
    }

    // From the surest tie to the weakest: an id that the catalogue names, the schedule's name, a member of this one team.
    private IEnumerable<OnCallShift[]> Candidates(OnCallShift[] current, CatalogEntity? component, CatalogEntity? group, string team)
    {
        yield return WithId(current, component);
        yield return WithId(current, group);
        var plain = EntityDirectory.Plain(team);
        yield return [.. current.Where(shift => Names(shift.PolicyName, plain) || Names(shift.ScheduleName, plain))];
        if (group is null)
            yield break;
        var members = teams.MembersOf(group.Ref);
        yield return
        [
            .. current.Where(shift =>
                (teams.UserByEmail(shift.Email) ?? teams.UserByName(shift.PersonName)) is { } user
                && members.Contains(user.Ref)
                && teams.GroupsOf(user.Ref).Count == 1
            ),
        ];
    }

    private static OnCallShift[] WithId(OnCallShift[] current, CatalogEntity? entity) =>
        entity is null
            ? []
            : [.. current.Where(shift => entity.Annotations.Values.Any(value => value == shift.PolicyId || value == shift.ScheduleId))];

    // "payments escalation" and "Payments - Primary" are the team payments'; "payments fraud primary" is not.
    private bool Names(string? schedule, string plainTeam) =>
        schedule is not null && _plainNames[schedule] is { Length: > 0 } plain && plain == plainTeam;

    private static string Plain(string schedule) =>
        EntityDirectory.Plain(
            string.Concat(
                schedule.Split([' ', '_', '-', '.', '/', ':'], StringSplitOptions.RemoveEmptyEntries).Where(word => !Filler.Contains(word))
            )
        );
}
