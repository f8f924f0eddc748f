using System.Globalization;
using Copilot.Incidents.Record;
using Xunit;

namespace Copilot.Incidents.Tests.Record;

public sealed class IncidentMeasuresTests
{
    // A Wednesday.
    private static readonly DateTimeOffset To = DateTimeOffset.Parse("2026-05-06T12:00:00Z", CultureInfo.InvariantCulture);

    [Fact]
    public void Weeks_teams_medians_and_failed_changes_are_counted()
    {
        var deploy = ("bank", To.AddDays(-2));
        MeasuredIncident[] incidents =
        [
            new(To.AddDays(-2), To.AddDays(-2).AddMinutes(10), ["money"], deploy),
            // The same deploy broke two things: one failed change.
            new(To.AddDays(-1), To.AddDays(-1).AddMinutes(30), ["money"], deploy),
            new(To.AddDays(-8), null, [], null),
        ];
        (DateTimeOffset, string)[] changes =
        [
            (deploy.Item2, "bank"),
            (To.AddDays(-3), "bank"),
            (To.AddDays(-3), "till"),
            (To.AddDays(-9), "till"),
        ];
        var measures = IncidentMeasures.Of(incidents, changes, To.AddDays(-14), To, service => service == "bank" ? "money" : "shop");
        Assert.Equal((3, 4, 1), (measures.Total.Incidents, measures.Total.Changes, measures.Total.FailedChanges));
        Assert.Equal(TimeSpan.FromMinutes(20), measures.Total.Restore);
        Assert.Equal(0.25, measures.Total.FailureRate);
        Assert.Equal(["2026-04-20", "2026-04-27", "2026-05-04"], measures.Weeks.Select(week => week.Name));
        Assert.Equal([0, 1, 2], measures.Weeks.Select(week => week.Incidents));
        Assert.Null(measures.Weeks[1].Restore);
        Assert.Equal(["money", "", "shop"], measures.Teams.Select(team => team.Name));
        Assert.Equal((2, 1, 0.5), (measures.Teams[0].Changes, measures.Teams[0].FailedChanges, measures.Teams[0].FailureRate));
    }

    [Fact]
    public void Where_nothing_was_changed_there_is_no_rate() =>
        Assert.Null(IncidentMeasures.Of([], [], To.AddDays(-7), To, _ => null).Total.FailureRate);
}
