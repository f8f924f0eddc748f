using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Record;

[Trait("needs", "postgres")]
public sealed class IncidentServiceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Confirmed_many_times_at_once_it_is_one_incident()
    {
        var house = new IncidentHouse(postgres, _time);
        var proposal = await house.ProposeAsync();
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(_ => house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None))
        );
        Assert.Single(made.Select(incident => incident.Id).Distinct());
        Assert.Single(made[0].Timeline, line => line.Kind == IncidentEventKind.Created);
        Assert.All(made[0].Invitees, invitee => Assert.Equal(InviteOutcome.Listed, invitee.Outcome));
        Assert.Equal(proposal.Guide.Markdown, made[0].Guide.Markdown);
        Assert.Equal(IncidentState.Open, made[0].State);
    }

    [Fact]
    public async Task Previews_of_one_trouble_confirmed_at_the_same_instant_are_one_incident_with_one_room()
    {
        var outside = new OutsideWorld();
        var house = new IncidentHouse(postgres, _time, outside);
        var from = IncidentHouse.NewTime();
        var previews = await Task.WhenAll(Enumerable.Range(0, 8).Select(minute => house.ProposeAsync("till", from.AddMinutes(minute))));
        Assert.Equal(8, previews.Select(preview => preview.Id).Distinct().Count());
        Assert.All(previews, preview => Assert.Null(preview.Existing));
        var made = await Task.WhenAll(
            previews.Select(preview => house.Desk.ConfirmAsync(new Confirmation(preview.Id, preview.Digest, "ann"), CancellationToken.None))
        );
        var incident = Assert.Single(made.DistinctBy(incident => incident.Id));
        await house.DrainAsync();

        Assert.Equal(incident.Id, Assert.Single(outside.Rooms).Incident);
    }

    [Fact]
    public async Task Two_troubles_at_one_time_that_reach_the_same_service_are_two_incidents()
    {
        var house = new IncidentHouse(postgres, _time);
        var from = IncidentHouse.NewTime();
        var (till, stock) = (await house.ProposeAsync("till", from, "door"), await house.ProposeAsync("stock", from, "door"));
        var first = await house.Desk.ConfirmAsync(new Confirmation(till.Id, till.Digest, "ann"), CancellationToken.None);
        Assert.Equal(first.Id, (await house.Proposals.FindAsync(stock.Id, CancellationToken.None))!.Existing);
        Assert.NotEqual(
            first.Id,
            (await house.Desk.ConfirmAsync(new Confirmation(stock.Id, stock.Digest, "ann"), CancellationToken.None)).Id
        );
    }

    [Fact]
    public async Task Another_digest_and_an_unknown_proposal_are_refused()
    {
        var house = new IncidentHouse(postgres, _time);
        var (one, other) = (await house.ProposeAsync(), await house.ProposeAsync());
        await Assert.ThrowsAsync<ChangedProposalException>(() =>
            house.Desk.ConfirmAsync(new Confirmation(one.Id, other.Digest, "ann"), CancellationToken.None)
        );
        await Assert.ThrowsAsync<UnknownProposalException>(() =>
            house.Desk.ConfirmAsync(new Confirmation("p_none", one.Digest, "ann"), CancellationToken.None)
        );
        Assert.DoesNotContain(await house.Desk.ListAsync(CancellationToken.None), incident => incident.Id == "i_" + one.Id[2..]);
    }

    [Fact]
    public async Task The_same_trouble_is_joined_while_its_incident_is_open()
    {
        var house = new IncidentHouse(postgres, _time);
        var proposal = await house.ProposeAsync("till");
        var incident = await house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        Assert.Equal(incident.Id, (await house.Proposals.FindAsync(proposal.Id, CancellationToken.None))!.Existing);
        Assert.Null((await house.ProposeAsync("till")).Existing);
        await house.Desk.ResolveAsync(incident.Id, new Resolution("ann"), CancellationToken.None);
        Assert.Null((await house.Proposals.FindAsync(proposal.Id, CancellationToken.None))!.Existing);
    }

    [Fact]
    public async Task Fewer_people_are_another_preview()
    {
        var house = new IncidentHouse(postgres, _time);
        var proposal = await house.ProposeAsync();
        var narrow = (await house.Proposals.ChooseAsync(proposal.Id, [1], [], CancellationToken.None))!;
        Assert.NotEqual(proposal.Digest, narrow.Digest);
        Assert.Equal("Bob Birch", Assert.Single(narrow.Invitees).Name);
        var incident = await house.Desk.ConfirmAsync(new Confirmation(narrow.Id, narrow.Digest, "ann"), CancellationToken.None);
        Assert.Equal("Bob Birch", Assert.Single(incident.Invitees).Name);
    }

    [Fact]
    public async Task Ticks_notes_and_the_end_are_in_the_timeline_and_announced()
    {
        var outside = new OutsideWorld();
        var house = new IncidentHouse(postgres, _time, outside);
        var told = new List<string>();
        house.Changes.Changed += told.Add;
        var proposal = await house.ProposeAsync();
        var incident = await house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        Assert.True(await house.Desk.TickAsync(incident.Id, 0, true, "bob", CancellationToken.None));
        Assert.True(await house.Desk.TickAsync(incident.Id, 0, true, "bob", CancellationToken.None));
        Assert.False(await house.Desk.TickAsync(incident.Id, 99, true, "bob", CancellationToken.None));
        Assert.True(await house.Desk.NoteAsync(incident.Id, "bob", "rolled back", CancellationToken.None));
        await house.Desk.ResolveAsync(incident.Id, new Resolution("bob"), CancellationToken.None);
        var resolved = (await house.Desk.ResolveAsync(incident.Id, new Resolution("eve"), CancellationToken.None))!;
        Assert.Equal((IncidentState.Resolved, "bob"), (resolved.State, resolved.ResolvedBy));
        Assert.Equal(["created", "room", "tick", "note", "resolved"], resolved.Timeline.Select(line => line.Kind.Word()));
        Assert.Equal("bob", resolved.Guide.Ticks[0]);
        Assert.True(told.Count >= 4 && told.TrueForAll(id => id == incident.Id));
        await house.DrainAsync();

        Assert.StartsWith("**Resolved**", outside.Posts[^1].Text, StringComparison.Ordinal);
        Assert.Contains("rolled back", IncidentSummaryText.PostMortem(resolved), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_that_nobody_confirmed_in_time_is_gone()
    {
        var house = new IncidentHouse(postgres, _time);
        var (kept, forgotten) = (await house.ProposeAsync(), await house.ProposeAsync());
        var incident = await house.Desk.ConfirmAsync(new Confirmation(kept.Id, kept.Digest, "ann"), CancellationToken.None);
        _time.Advance(IncidentHouse.Options.ProposalsLast + TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<UnknownProposalException>(() =>
            house.Desk.ConfirmAsync(new Confirmation(forgotten.Id, forgotten.Digest, "ann"), CancellationToken.None)
        );
        Assert.Null(await house.Proposals.FindAsync(forgotten.Id, CancellationToken.None));
        // Confirmed again, the same incident is there, however old its preview.
        Assert.Equal(
            incident.Id,
            (await house.Desk.ConfirmAsync(new Confirmation(kept.Id, kept.Digest, "ann"), CancellationToken.None)).Id
        );
        var upkeep = new ProposalCleanup(postgres.Contexts, IncidentHouse.Options, _time, NullLogger<ProposalCleanup>.Instance);
        Assert.True(await upkeep.RunAsync(CancellationToken.None) > 0);
        Assert.Equal(incident.Id, (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!.Id);
    }
}
