namespace Copilot.Incidents.Record;

/// <summary>How often things break and how fast they are mended: week by week and team by team.</summary>
/// <param name="Weeks">Oldest first; weeks begin on Monday, UTC.</param>
/// <param name="Teams">Most incidents first.</param>
public sealed record IncidentMeasures(MeasuredSpan Total, IReadOnlyList<MeasuredSpan> Weeks, IReadOnlyList<MeasuredSpan> Teams)
{
    /// <summary>Pure: the same input gives the same figures.</summary>
    /// <param name="teamOf">Who owns a service.</param>
    public static IncidentMeasures Of(
        IReadOnlyList<MeasuredIncident> incidents, IReadOnlyList<(DateTimeOffset Time, string Service)> changes, DateTimeOffset from, DateTimeOffset to, Func<string, string?> teamOf)
    {
        var first = WeekOf(from);
        var weeks = new List<MeasuredSpan>();
        for (var week = first; week < to; week = week.AddDays(7))
        {
            var end = week.AddDays(7);
            weeks.Add(MeasuredSpan.Of(
                $"{week.UtcDateTime:yyyy-MM-dd}", incidents.Where(incident => incident.At >= week && incident.At < end), changes.Count(change => change.Time >= week && change.Time < end)));
        }

        var changesByTeam = changes.GroupBy(change => teamOf(change.Service) ?? "").ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        var teams = incidents.SelectMany(incident => incident.Teams.DefaultIfEmpty("").Select(team => (Team: team, Incident: incident)))
            .GroupBy(pair => pair.Team, StringComparer.OrdinalIgnoreCase)
            .Select(group => MeasuredSpan.Of(group.Key, group.Select(pair => pair.Incident), changesByTeam.GetValueOrDefault(group.Key)))
            .Concat(changesByTeam.Keys.Where(team => !incidents.Any(incident => incident.Teams.DefaultIfEmpty("").Contains(team, StringComparer.OrdinalIgnoreCase)))
                .Select(team => MeasuredSpan.Of(team, [], changesByTeam[team])))
            .OrderByDescending(team => team.Incidents).ThenBy(team => team.Name, StringComparer.Ordinal).ToArray();
        return new IncidentMeasures(MeasuredSpan.Of("", incidents, changes.Count), weeks, teams);
    }

    private static DateTimeOffset WeekOf(DateTimeOffset time)
    {
        var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
