using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Incidents.Tests.Outbox;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Sources;
using Copilot.Store.Incidents;
using Copilot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Incidents.Tests.Rooms;

[Trait("needs", "postgres")]
public sealed class PagerDutyPagesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime, IOwnership
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly HttpClient _http = new();
    private PagerDutyDouble _pagerDuty = null!;

    public async Task InitializeAsync() => _pagerDuty = await PagerDutyDouble.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _pagerDuty.DisposeAsync();
    }

    public Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(People.Snapshot);

    [Fact]
    public async Task Nobody_is_woken_who_was_not_ticked()
    {
        var house = House();
        var incident = await CreateAsync(house, []);
        Assert.Equal([false, false], incident.Proposal.Invitees.Select(invitee => invitee.Page));
        Assert.All(incident.Invitees, invitee => Assert.Null(invitee.Page));
        Assert.Equal(0, _pagerDuty.Requests);
    }

    [Fact]
    public async Task Whoever_was_ticked_is_paged_once_and_let_go_at_the_end()
    {
        var house = House();
        var incident = await CreateAsync(house, [1]);
        Assert.Equal([null, PageState.Paged], incident.Invitees.Select(invitee => invitee.Page));
        var (key, sent) = Assert.Single(_pagerDuty.Pages);
        Assert.Equal($"copilot/{incident.Id}/1", key);
        Assert.Contains(sent.GetProperty("payload").GetProperty("severity").GetString(), new[] { "error", "warning" });
        Assert.Equal("Bob Birch", sent.GetProperty("payload").GetProperty("custom_details").GetProperty("person").GetString());
        Assert.Contains(incident.Timeline, line => line.Kind == IncidentEventKind.Page);
        await house.Desk.ResolveAsync(incident.Id, new Resolution("ann"), CancellationToken.None);
        await house.DrainAsync();
        Assert.Equal([key], _pagerDuty.Resolved);
    }

    [Fact]
    public async Task A_page_whose_answer_was_lost_is_sent_again_and_wakes_nobody_twice()
    {
        _pagerDuty.CutAfter = true;
        var house = House();
        var incident = await CreateAsync(house, [0]);
        Assert.Equal(PageState.Waiting, incident.Invitees[0].Page);
        _time.Advance(TimeSpan.FromSeconds(5));
        await house.DrainAsync();
        Assert.Equal(PageState.Paged, (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!.Invitees[0].Page);
        Assert.Equal(2, _pagerDuty.Requests);
        Assert.Single(_pagerDuty.Pages);
    }

    [Fact]
    public async Task Throttled_it_waits_as_asked_and_keeps_nobody_else_waiting()
    {
        _pagerDuty.Throttle = 1;
        var house = House();
        var incident = await CreateAsync(house, [0, 1]);
        Assert.Equal([PageState.Waiting, PageState.Paged], incident.Invitees.Select(invitee => invitee.Page));
        _time.Advance(TimeSpan.FromSeconds(61));
        await house.DrainAsync();
        Assert.Equal(2, _pagerDuty.Pages.Count);
    }

    [Fact]
    public async Task A_refusal_says_what_to_do()
    {
        var house = House(new string('f', 32));
        var incident = await CreateAsync(house, [0]);
        Assert.Equal(PageState.Refused, incident.Invitees[0].Page);
        Assert.Contains("Check the integration key of team money", incident.Invitees[0].PageDetail, StringComparison.Ordinal);
        Assert.Contains("routing_key", incident.Invitees[0].PageDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_over_before_its_page_was_sent_wakes_nobody()
    {
        _pagerDuty.Throttle = 1;
        var house = House();
        var incident = await CreateAsync(house, [0]);
        await house.Desk.ResolveAsync(incident.Id, new Resolution("ann"), CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(5));
        await house.DrainAsync();
        Assert.Empty(_pagerDuty.Pages);
        Assert.Equal(PageState.Refused, (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!.Invitees[0].Page);
    }

    [Fact]
    public async Task Without_a_key_no_page_is_offered()
    {
        var house = House("");
        var proposal = await house.ProposeAsync();
        Assert.All(proposal.Invitees, invitee => Assert.Null(invitee.Page));
        Assert.Equal(proposal.Digest, (await house.Proposals.ChooseAsync(proposal.Id, [0, 1], [0, 1], CancellationToken.None))!.Digest);
    }

    private IncidentHouse House(string key = PagerDutyDouble.Key) =>
        new(
            postgres,
            _time,
            new PagerDutyPages(_http, new PagerDutyOptions { RoutingKey = key, EventsUrl = _pagerDuty.EventsUrl }, this, _time)
        );

    private static async Task<Incident> CreateAsync(IncidentHouse house, IReadOnlyCollection<int> page)
    {
        var proposal = await house.ProposeAsync();
        var chosen = (await house.Proposals.ChooseAsync(proposal.Id, [0, 1], page, CancellationToken.None))!;
        var incident = await house.Desk.ConfirmAsync(new Confirmation(chosen.Id, chosen.Digest, "ann"), CancellationToken.None);
        await house.DrainAsync();
        return (await house.Desk.FindAsync(incident.Id, CancellationToken.None))!;
    }
}
