using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;
using Copilot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Outbox;

[Trait("needs", "postgres")]
public sealed class OutboxTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly OutsideWorld _outside = new();

    [Fact]
    public async Task Dying_at_any_step_leaves_one_room_one_guide_and_one_invitation_each()
    {
        var points = await StepsOfOneCreationAsync();
        Assert.True(points >= 8, $"only {points} calls");
        foreach (var after in new[] { false, true })
        {
            for (var point = 1; point <= points; point++)
                await DieOnceAsync(point, after);
        }
    }

    [Fact]
    public async Task Two_workers_share_the_steps_without_doing_one_twice()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await ConfirmAsync(house);
        var (one, two) = (house.NewOutbox(), house.NewOutbox());
        while ((await Task.WhenAll(one.RunOneAsync(CancellationToken.None), two.RunOneAsync(CancellationToken.None))).Any(worked => worked))
        { }

        Check(await house.Desk.FindAsync(incident.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_service_that_asks_to_wait_is_asked_again_when_it_said()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await ConfirmAsync(house);
        _outside.Refusals["open"] = new DeliveryBusyException(TimeSpan.FromSeconds(30), "too many requests; asked to wait 30 s");
        await house.DrainAsync();
        var waiting = (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!;
        Assert.Equal(IncidentState.Creating, waiting.State);
        Assert.Empty(_outside.Rooms);
        _time.Advance(TimeSpan.FromSeconds(31));
        await house.DrainAsync();
        Check(await house.Desk.FindAsync(incident.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason_and_the_room_in_the_app_stands()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await ConfirmAsync(house);
        _outside.Refusals["open"] = new DeliveryRefusedException("The app lacks the scope channels:manage.");
        await house.DrainAsync();
        var refused = (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!;
        Assert.Equal(IncidentState.Open, refused.State);
        Assert.Contains("open: The app lacks the scope channels:manage.", Assert.Single(refused.Rooms).Problems);
        Assert.All(refused.Invitees, invitee => Assert.Equal(InviteOutcome.Refused, invitee.Outcome));
        Assert.Equal(incident.Guide.Markdown, refused.Guide.Markdown);
    }

    [Fact]
    public async Task A_step_of_another_build_is_told_of_and_keeps_no_other_from_being_done()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await ConfirmAsync(house);
        await using (var context = await postgres.Contexts.CreateDbContextAsync())
        {
            // As the other build's migration has done.
            await context.Database.ExecuteSqlAsync($"alter table incident_steps drop constraint incident_steps_kind_check");
            await context.Database.ExecuteSqlAsync(
                $$"""
                insert into incident_steps (incident_id, room, place, kind, payload, state, in_doubt, attempts, not_before)
                values ({{incident.Id}}, 'outside', -1, 'hologram', '{}', 'waiting', false, 0, {{_time.GetUtcNow()}})
                """
            );
        }

        await house.DrainAsync();
        var told = (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!;
        Assert.Contains("Another build", Assert.Single(Assert.Single(told.Rooms).Problems), StringComparison.Ordinal);
        Check(told);
    }

    [Fact]
    public async Task No_answer_is_asked_again_in_doubt()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await ConfirmAsync(house);
        _outside.Refusals["post"] = new HttpRequestException("connection reset");
        await house.DrainAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        await house.DrainAsync();
        Check(await house.Desk.FindAsync(incident.Id, CancellationToken.None));
    }

    private async Task<int> StepsOfOneCreationAsync()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await ConfirmAsync(house);
        await house.DrainAsync();
        Check(await house.Desk.FindAsync(incident.Id, CancellationToken.None));
        return _outside.Calls;
    }

    private async Task DieOnceAsync(int point, bool after)
    {
        var world = new OutsideWorld { DieAt = point, DieAfter = after };
        var house = new IncidentHouse(postgres, _time, world);
        var incident = await ConfirmAsync(house);
        var dying = house.NewOutbox();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await dying.RunOneAsync(world.Process.Token)) { }
        });
        await house.Desk.ConfirmAsync(new Confirmation(incident.Proposal.Id, incident.Proposal.Digest, "ann"), CancellationToken.None);
        _time.Advance(OutboxThresholds.Lease + TimeSpan.FromSeconds(1));
        await house.DrainAsync();
        Check(world, await house.Desk.FindAsync(incident.Id, CancellationToken.None));
    }

    private static async Task<Incident> ConfirmAsync(IncidentHouse house)
    {
        var proposal = await house.ProposeAsync();
        return await house.Desk.ConfirmAsync(
            new Confirmation(proposal.Id, proposal.Digest, "ann", new RoomOrigin("outside", "C1", null, null)),
            CancellationToken.None
        );
    }

    private void Check(Incident? incident) => Check(_outside, incident);

    private static void Check(OutsideWorld world, Incident? incident)
    {
        Assert.NotNull(incident);
        Assert.Equal(IncidentState.Open, incident.State);
        Assert.Equal(incident.Channel, Assert.Single(world.Rooms).Name);
        Assert.Equal(incident.Guide.Markdown, string.Concat(world.Posts.Select(post => post.Text)));
        Assert.Equal(world.Posts.Count, incident.Guide.Posted.Count);
        Assert.Single(world.Pins);
        Assert.Single(world.Links);
        Assert.Single(world.Told);
        Assert.Equal("R1/ann@x.example", Assert.Single(world.Invitations));
        Assert.Equal(["Ann Ash", "Bob Birch"], incident.Invitees.Select(invitee => invitee.Name));
        Assert.Contains(incident.Invitees[0].Outcome, new[] { InviteOutcome.Invited, InviteOutcome.AlreadyThere });
        Assert.Equal(InviteOutcome.NotFound, incident.Invitees[1].Outcome);
    }
}
