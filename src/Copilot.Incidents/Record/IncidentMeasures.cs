namespace Copilot.Incidents.Record;

/// <summary>How often things break and how fast they are mended: week by week and team by team.</summary>
/// <param name="Weeks">Oldest first; weeks begin on Monday, UTC.</param>
/// <param name="Teams">Most incidents first.</param>
public sealed record IncidentMeasures(MeasuredSpan Total, IReadOnlyList<MeasuredSpan> Weeks, IReadOnlyList<MeasuredSpan> Teams)
{
    /// <summary>Pure: the same input gives the same figures.</summary>
    /// <param name="teamOf">Who owns a service.</param>
    public static IncidentMeasures Of(
        IReadOnlyList<MeasuredIncident> incidents,
        IReadOnlyList<(DateTimeOffset Time, string Service)> changes,
        DateTimeOffset from,
        DateTimeOffset to,
        Func<string, string?> teamOf
    )
    {
        var first = WeekOf(from);
        var weeks = new List<MeasuredSpan>();
        for (var week = first; week < to; week = week.AddDays(7))
        {
            var end = week.AddDays(7);
            weeks.Add(
                MeasuredSpan.Of(
                    $"{week.UtcDateTime:yyyy-MM-dd}",
                    incidents.Where(incident => incident.At >= week && incident.At < end),
                    changes.Count(change => change.Time >= week && change.Time < end)
                )
            );
        }

        var changesByTeam = changes
            .GroupBy(change => teamOf(change.Service) ?? "")
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        var teams = incidents
            .SelectMany(incident => incident.Teams.DefaultIfEmpty("").Select(team => (Team: team, Incident: incident)))
            .GroupBy(pair => pair.Team, StringComparer.OrdinalIgnoreCase)
            .Select(group => MeasuredSpan.Of(group.Key, group.Select(pair => pair.Incident), changesByTeam.GetValueOrDefault(group.Key)))
            .Concat(
                changesByTeam
                    .Keys.Where(team =>
                        !incidents.Any(incident => incident.Teams.DefaultIfEmpty("").Contains(team, StringComparer.OrdinalIgnoreCase))
                    )
                    .Select(team => MeasuredSpan.Of(team, [], changesByTeam[team]))
            )
            .OrderByDescending(team => team.Incidents)
            .ThenBy(team => team.Name, StringComparer.Ordinal)
            .ToArray();
        return new IncidentMeasures(MeasuredSpan.Of("", incidents, changes.Count), weeks, teams);
    }

    private static DateTimeOffset WeekOf(DateTimeOffset time)
    {
        var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}

/// <summary>What the measures need of an incident.</summary>
/// <param name="At">When the trouble began.</param>
/// <param name="Change">The change that it is laid to: its service and time; null where it is laid to none.</param>
public sealed record MeasuredIncident(
    DateTimeOffset At,
    DateTimeOffset? ResolvedAt,
    IReadOnlyList<string> Teams,
    (string Service, DateTimeOffset Time)? Change
);

/// <summary>The measures of a week or a team.</summary>
/// <param name="Name">The week's Monday or the team; empty where nobody owns the cause.</param>
/// <param name="Restore">The median time from the trouble's begin to its end, of what has ended; null where nothing has.</param>
/// <param name="FailedChanges">Changes that incidents are laid to, each once.</param>
public sealed record MeasuredSpan(string Name, int Incidents, TimeSpan? Restore, int Changes, int FailedChanges)
{
    /// <summary>0 to 1; null where nothing was changed.</summary>
    public double? FailureRate => Changes == 0 ? null : Math.Min(1, (double)FailedChanges / Changes);

    internal static MeasuredSpan Of(string name, IEnumerable<MeasuredIncident> incidents, int changes)
    {
        var all = incidents.ToArray();
        // Historic data that was looked at later ends long after it began; what was resolved before it began was never timed.
        var restored = all.Where(incident => incident.ResolvedAt >= incident.At)
            .Select(incident => incident.ResolvedAt!.Value - incident.At)
            .Order()
            .ToArray();
        var failed = all.Select(incident => incident.Change).OfType<(string, DateTimeOffset)>().Distinct().Count();
        return new MeasuredSpan(name, all.Length, restored.Length == 0 ? null : Median(restored), changes, failed);
    }

    private static TimeSpan Median(TimeSpan[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
