using Copilot.Incidents.Record;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Store.Incidents;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Samples;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Record;

[Trait("needs", "postgres")]
public sealed class IncidentRemindersTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly OutsideWorld _outside = new();

    [Fact]
    public async Task The_room_is_asked_for_the_next_word_every_half_hour_a_few_times_and_not_after_the_end()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await CreateAsync(house);
        var posts = _outside.Posts.Count;
        var reminders = Reminders(house);

        _time.Advance(ReminderThresholds.Between - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await reminders.RunAsync(CancellationToken.None));
        for (var word = 1; word <= ReminderThresholds.Most + 1; word++)
        {
            _time.Advance(word == 1 ? TimeSpan.FromSeconds(1) : ReminderThresholds.Between);
            await reminders.RunAsync(CancellationToken.None);
            Assert.Equal(0, await Reminders(house).RunAsync(CancellationToken.None));
            await house.DrainAsync();
            Assert.Equal(posts + Math.Min(word, ReminderThresholds.Most), _outside.Posts.Count);
        }

        var told = _outside.Posts[^1].Text;
        Assert.StartsWith("**The next word is due**: 30 min have passed.", told, StringComparison.Ordinal);
        Assert.Contains("`bank` got no requests in these minutes: it cannot be told", told, StringComparison.Ordinal);
        Assert.Contains("next in the guide:", told, StringComparison.Ordinal);
        var found = (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!;
        Assert.Equal(ReminderThresholds.Most, found.Timeline.Count(line => line.Kind == IncidentEventKind.Reminder));
    }

    [Fact]
    public async Task What_is_over_is_not_asked_about()
    {
        var house = new IncidentHouse(postgres, _time, _outside);
        var incident = await CreateAsync(house);
        await house.Desk.ResolveAsync(incident.Id, new Resolution("ann"), CancellationToken.None);
        await house.DrainAsync();
        var posts = _outside.Posts.Count;
        _time.Advance(ReminderThresholds.Between);
        await Reminders(house).RunAsync(CancellationToken.None);
        await house.DrainAsync();
        Assert.Equal(posts, _outside.Posts.Count);
    }

    private IncidentReminders Reminders(IncidentHouse house) =>
        new(
            postgres.Contexts,
            new RecoveryReader(new ServiceMinuteReads(postgres.Database), new ChangeReads(postgres.Database), _time),
            house.Changes,
            _time,
            NullLogger<IncidentReminders>.Instance
        );

    private static async Task<Incident> CreateAsync(IncidentHouse house)
    {
        var proposal = await house.ProposeAsync();
        var incident = await house.Desk.ConfirmAsync(new Confirmation(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        await house.DrainAsync();
        return incident;
    }
}
