using Copilot.Incidents.Guide;
using Copilot.Incidents.Record;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Store.Incidents;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Record;

/// <summary>"Is it over?": measured from the onset, since the last act, and as it was once it is resolved.</summary>
[Trait("needs", "postgres")]
public sealed class RecoveryReaderTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Onset = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_from_before_the_onset_is_measured()
    {
        var (house, time, incident) = await BrokenAsync("till", TimeSpan.FromMinutes(2));
        var state = await Reader(time).ReadAsync(incident, CancellationToken.None);
        Assert.Equal(new TimeWindow(Onset, Onset.AddMinutes(2)), state.Window);
        var check = Assert.Single(state.Checks);
        Assert.Equal(0.5, check.Value!.Value, 3);
        Assert.False(check.Holds);
        // The minutes before are drawn all the same, to compare with.
        Assert.Contains(check.Course, point => point.Minute < Onset && point.Value == 0);
        Assert.NotNull(house);
    }

    [Fact]
    public async Task Only_whole_minutes_since_the_last_change_count()
    {
        var (_, time, incident) = await BrokenAsync("purse", TimeSpan.FromMinutes(5));
        var rows = new TelemetryRows(postgres.Database, Onset);
        await rows.ChangeAsync("purse", 130, "deploy", summary: "Roll back to 1.0");
        var state = await Reader(time).ReadAsync(incident, CancellationToken.None);
        // The change came at 12:02:10; 12:03 to 12:05 are whole minutes after it, and healthy.
        Assert.Equal(new TimeWindow(Onset.AddMinutes(3), Onset.AddMinutes(5)), state.Window);
        Assert.True(state.IsOver);
        Assert.Equal("purse: Roll back to 1.0", Assert.Single(state.Acts).What);
    }

    [Fact]
    public async Task Where_no_minute_has_passed_since_the_onset_nothing_is_told()
    {
        var (_, time, incident) = await BrokenAsync("wallet", TimeSpan.FromSeconds(20));
        var state = await Reader(time).ReadAsync(incident, CancellationToken.None);
        Assert.True(state.Window.IsEmpty);
        Assert.Null(Assert.Single(state.Checks).Holds);
        Assert.False(state.IsOver);
        Assert.True(new CheckResult(incident.Proposal.Checks[0], 0.001).Holds);
        Assert.False(new CheckResult(incident.Proposal.Checks[0], 0.2).Holds);
    }

    [Fact]
    public async Task What_comes_after_the_resolution_changes_nothing_any_more()
    {
        var (house, time, incident) = await BrokenAsync("safe", TimeSpan.FromMinutes(5));
        var resolved = (await house.Desk.ResolveAsync(incident.Id, new Resolution("ann", "rolled back to 1.0"), CancellationToken.None))!;
        Assert.Contains(resolved.Timeline, line => line.Text == "resolved. What fixed it: rolled back to 1.0");
        var before = await Reader(time).ReadAsync(resolved, CancellationToken.None);
        Assert.True(before.IsFrozen);
        // Another trouble, an hour later.
        var rows = new TelemetryRows(postgres.Database, Onset);
        await rows.SpanAsync("safe", "POST /pay", 3_600, 900, failed: true);
        time.Advance(TimeSpan.FromMinutes(70));
        var after = await Reader(time).ReadAsync(resolved, CancellationToken.None);
        Assert.Equal(before.Window, after.Window);
        Assert.Equal(before.Checks.Select(check => check.Value), after.Checks.Select(check => check.Value));

        var again = (await house.Desk.ReopenAsync(incident.Id, "bob", CancellationToken.None))!;
        Assert.Equal((IncidentState.Open, null, null), (again.State, again.ResolvedAt, again.ResolvedBy));
        Assert.Contains(again.Timeline, line => line is { Kind: IncidentEventKind.Reopened, Actor: "bob" });
        Assert.Equal(Onset.AddMinutes(75), (await Reader(time).ReadAsync(again, CancellationToken.None)).Window.To);
    }

    [Fact]
    public async Task A_person_rates_it_anew_and_the_timeline_tells()
    {
        var (house, _, incident) = await BrokenAsync("locker", TimeSpan.FromMinutes(5));
        Assert.True(await house.Desk.RateAsync(incident.Id, IncidentSeverity.Sev4, "ann", CancellationToken.None));
        var rated = (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!;
        Assert.Equal(IncidentSeverity.Sev4, rated.Severity);
        Assert.Contains(rated.Timeline, line => line.Kind == IncidentEventKind.Severity);
        Assert.False(await house.Desk.RateAsync("i_none", IncidentSeverity.Sev4, "ann", CancellationToken.None));
    }

    private RecoveryReader Reader(TimeProvider time) =>
        new(new ServiceMinuteReads(postgres.Database), new ChangeReads(postgres.Database), time);

    /// <summary>A service that is well before the onset, fails every other request for two minutes from it, and is well again.</summary>
    private async Task<(IncidentHouse House, FakeTimeProvider Time, Incident Incident)> BrokenAsync(string service, TimeSpan later)
    {
        var rows = new TelemetryRows(postgres.Database, Onset);
        for (var at = -300; at < 300; at += 10)
            await rows.SpanAsync(service, "POST /pay", at + 1, 10, failed: at is >= 0 and < 120 && at % 20 == 0);
        var time = new FakeTimeProvider(Onset.Add(later));
        var house = new IncidentHouse(postgres, time);
        var proposal = await house.ProposeAsync(service, Onset);
        return (house, time, await house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None));
    }
}
