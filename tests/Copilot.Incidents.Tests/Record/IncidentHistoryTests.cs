using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Record;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Store.Incidents;
using Copilot.Store.Investigations;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Record;

[Trait("needs", "postgres")]
public sealed class IncidentHistoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly OutsideWorld _outside = new();

    [Fact]
    public async Task Past_incidents_that_look_alike_are_named_with_what_they_share()
    {
        var house = new IncidentHouse(postgres, _time);
        var first = await CreateAsync(house, "mint");
        await house.Desk.ResolveAsync(first.Id, new Resolution("ann"), CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(1));
        await CreateAsync(house, "barn");
        _time.Advance(TimeSpan.FromMinutes(1));
        var again = await CreateAsync(house, "mint");
        var history = new IncidentHistory(postgres.Contexts, new ChangeReads(postgres.Database), house, _time);
        var similar = Assert.Single(await history.SimilarAsync(again, CancellationToken.None));
        Assert.Equal(first.Id, similar.Id);
        Assert.Contains("the same cause, mint", similar.Why, StringComparison.Ordinal);
        Assert.Empty(await history.SimilarAsync(first, CancellationToken.None));
        var measures = await history.MeasureAsync(first.Proposal.From, again.Proposal.To, null, CancellationToken.None);
        Assert.Equal(3, measures.Total.Incidents);
        Assert.Equal(
            0,
            (await history.MeasureAsync(first.Proposal.From, again.Proposal.To, "money", CancellationToken.None)).Total.Incidents
        );
    }

    [Fact]
    public async Task A_confirmed_incident_keeps_its_traces_for_good()
    {
        var house = new IncidentHouse(postgres, _time);
        var incident = await CreateAsync(house, "vault");
        Assert.Equal("0123456789abcdef0123456789abcdef", Assert.Single(incident.Proposal.TraceIds));
        Assert.Equal(
            true,
            await postgres.ScalarAsync("select pinned from cited_traces where trace_id = '01234567-89ab-cdef-0123-456789abcdef'")
        );
    }

    [Fact]
    public async Task New_findings_come_into_the_room_once_and_seldom()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await CreateAsync(house, "ledger");
        await house.DrainAsync();
        var posts = _outside.Posts.Count;
        var board = new InvestigationRepository(new InvestigationStore(postgres.Database));
        var findings = new IncidentInvestigations(board, postgres.Contexts, house.Changes, _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        await board.SaveAsync(Finding("f1", "its <!channel> errors rose"), CancellationToken.None);
        Assert.True(await findings.RunAsync(CancellationToken.None) > 0);
        await findings.RunAsync(CancellationToken.None);
        await house.DrainAsync();
        Assert.Equal(posts + 1, _outside.Posts.Count);
        Assert.DoesNotContain("<!channel>", _outside.Posts[^1].Text, StringComparison.Ordinal);
        await board.SaveAsync(Finding("f2", "more"), CancellationToken.None);
        await findings.RunAsync(CancellationToken.None);
        await house.DrainAsync();
        Assert.Equal(posts + 1, _outside.Posts.Count);
        _time.Advance(NewsThresholds.BetweenPosts);
        await findings.RunAsync(CancellationToken.None);
        await house.DrainAsync();
        Assert.Equal(posts + 2, _outside.Posts.Count);
        Assert.Equal(
            2,
            (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!.Timeline.Count(line =>
                line.Kind == IncidentEventKind.Finding
            )
        );
        await house.Desk.ResolveAsync(incident.Id, new Resolution("ann"), CancellationToken.None);
        Assert.Equal(IncidentState.Resolved, (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task What_was_found_before_it_was_opened_begins_its_timeline_and_tells_when_it_was_detected()
    {
        var house = new IncidentHouse(postgres, _time);
        var from = IncidentHouse.NewTime();
        var proposal = await house.ProposeAsync("strongroom", from);
        await house.Findings.SaveAsync(
            Finding("f3", "strongroom fails") with
            {
                Window = new TimeWindow(from, from.AddMinutes(5)),
                OpenedAt = from.AddMinutes(1),
                LastSeenAt = from.AddMinutes(5),
                Services = ["strongroom"],
            },
            CancellationToken.None
        );
        var incident = await house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);

        Assert.Equal((IncidentEventKind.Finding, "strongroom fails"), (incident.Timeline[0].Kind, incident.Timeline[0].Text));
        Assert.Equal(("detect", TimeSpan.FromMinutes(1)), IncidentSummaryText.Times(incident).First());
    }

    private Investigation Finding(string id, string summary) =>
        new()
        {
            Id = $"{id}-{Guid.NewGuid():N}",
            Source = Investigation.Watch,
            OpenedAt = _time.GetUtcNow(),
            LastSeenAt = _time.GetUtcNow(),
            Window = new TimeWindow(_time.GetUtcNow().AddMinutes(-1), _time.GetUtcNow()),
            Cause = "ledger",
            Kind = CauseKind.Errors,
            Confidence = 0.8,
            Summary = summary,
            Services = ["ledger"],
        };

    private static async Task<Incident> CreateAsync(IncidentHouse house, string service)
    {
        var proposal = await house.ProposeAsync(service);
        return await house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
    }
}
