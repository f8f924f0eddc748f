using Bunit;
using Copilot.Access;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Records;
using Copilot.Web.Display;
using Copilot.Web.Incidents;
using Copilot.Web.Shell;
using Copilot.Web.Tests.Access;
using Copilot.Web.Tests.Display;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace Copilot.Web.Tests.Incidents;

public sealed class ProposalPreviewTests : ComponentTest
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);
    private readonly Desk _desk = new();

    public ProposalPreviewTests()
    {
        Services.AddSingleton<IIncidents>(_desk);
        Services.AddSingleton<IProposals>(_desk);
        Services.AddScoped<BrowserBridge>();
        Services.AddSingleton(SignedInVisitor.Of(Caller.Local));
    }

    [Fact]
    public async Task What_is_confirmed_is_the_preview_that_is_seen()
    {
        var dialog = await OpenedAsync(Proposal());
        Assert.Contains("Ada Byron", dialog.Markup, StringComparison.Ordinal);
        Name(dialog, "Eve");
        Button(dialog, "Create the room").Click();
        var confirmed = Assert.Single(_desk.Confirmed);
        Assert.Equal(("p_1", "digest-1", "Eve"), (confirmed.ProposalId, confirmed.Digest, confirmed.By));
        Assert.EndsWith("/incidents/i_1", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_unticked_is_not_in_what_is_confirmed()
    {
        var dialog = await OpenedAsync(Proposal());
        dialog.FindAll("input[type=checkbox]")[1].Change(false);
        Name(dialog, "Eve");
        Button(dialog, "Create the room").Click();
        Assert.Equal("p_1:0", Assert.Single(_desk.Confirmed).ProposalId);
    }

    [Fact]
    public async Task Where_somebody_was_quicker_nothing_is_made_and_theirs_is_opened()
    {
        var dialog = await OpenedAsync(Proposal());
        _desk.Existing = "i_7";
        Name(dialog, "Eve");
        Button(dialog, "Create the room").Click();
        Assert.Empty(_desk.Confirmed);
        Assert.EndsWith("/incidents/i_7", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_and_the_dialog_stays()
    {
        var dialog = await OpenedAsync(Proposal());
        _desk.Refusal = new ChangedProposalException("p_1");
        Name(dialog, "Eve");
        Button(dialog, "Create the room").Click();
        Assert.Contains(_desk.Refusal.Message, dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Button(dialog, "Create the room"));
    }

    [Fact]
    public async Task Cancelling_makes_nothing()
    {
        var dialog = await OpenedAsync(Proposal());
        Button(dialog, "Cancel").Click();
        Assert.Empty(dialog.FindAll(".mud-dialog"));
        Assert.Empty(_desk.Confirmed);
    }

    [Fact]
    public async Task Who_is_not_notified_is_said_before_the_click()
    {
        var dialog = await OpenedAsync(Proposal());
        Assert.Contains("Nobody is notified: no chat is connected", dialog.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("invite 2", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_chat_is_connected_the_button_says_whom_it_invites()
    {
        Services.AddSingleton<IRoomPort>(new ConnectedChat());
        var dialog = await OpenedAsync(Proposal());
        Assert.DoesNotContain("Nobody is notified", dialog.Markup, StringComparison.Ordinal);
        Name(dialog, "Eve");
        Button(dialog, "Create it and invite 2").Click();
        Assert.Single(_desk.Confirmed);
    }

    [Fact]
    public async Task Nothing_is_made_by_nobody()
    {
        var dialog = await OpenedAsync(Proposal());
        Button(dialog, "Create the room").Click();
        Assert.Empty(_desk.Confirmed);
        Assert.Contains("Say your name first", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private static void Name(IRenderedComponent<MudDialogProvider> dialog, string name) =>
        dialog.Find("input[autocomplete=name]").Input(name);

    private async Task<IRenderedComponent<MudDialogProvider>> OpenedAsync(IncidentProposal proposal)
    {
        var provider = Render<MudDialogProvider>();
        var card = Render<ProposalCard>(c => c.Add(x => x.Proposal, proposal).Add(x => x.Clock, LocalTime.Utc(Now)));
        await card.Find("button").ClickAsync(new());
        return provider;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MudDialogProvider> dialog, string text) =>
        dialog.FindAll("button").First(button => button.TextContent.StartsWith(text, StringComparison.Ordinal));

    private static IncidentProposal Proposal() =>
        new()
        {
            Id = "p_1",
            Digest = "digest-1",
            Title = "front: errors",
            Severity = IncidentSeverity.Sev2,
            ChannelName = "inc-front-errors",
            From = Now.AddMinutes(-5),
            To = Now,
            Invitees =
            [
                new("Ada Byron", "ada@example.org", "front", "on call for front", "on-call"),
                new("Bob Ray", null, "edge", "owns edge", "catalogue"),
            ],
            Teams = ["front", "edge"],
            Guide = GuideMarkdown.Read("- [ ] look"),
        };

    /// <summary>It is there; what happens in it is another test's.</summary>
    private sealed class ConnectedChat : IRoomPort
    {
        public string Name => "slack";

        public int Parts(GuideDocument guide) => throw new NotSupportedException();

        public Task<string> PostGuideAsync(RoomCall call, RoomState state, int part, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<OpenedRoom> OpenAsync(RoomCall call, string name, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task SetSubjectAsync(RoomCall call, string text, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SetPurposeAsync(RoomCall call, string text, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<GuestOutcome>> InviteAsync(
            RoomCall call,
            IReadOnlyList<RoomGuest> guests,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<string> PostAsync(RoomCall call, string markdown, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task PinAsync(RoomCall call, string post, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task LinkAsync(RoomCall call, string title, Uri address, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<string?> TellAsync(RoomCall call, RoomOrigin origin, string title, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    /// <summary>Keeps what was confirmed; chooses as the real one does, by a preview with an id and digest of its own.</summary>
    private sealed class Desk : IIncidents, IProposals
    {
        public List<Confirmation> Confirmed { get; } = [];

        public string? Existing { get; set; }

        public Exception? Refusal { get; set; }

        public Task<Incident> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
        {
            if (Refusal is not null)
                throw Refusal;
            Confirmed.Add(confirmation);
            return Task.FromResult(
                new Incident
                {
                    Id = "i_1",
                    Number = 1,
                    State = IncidentState.Creating,
                    Title = "front: errors",
                    Severity = IncidentSeverity.Sev2,
                    Channel = "inc-front-errors",
                    Guide = new(GuideMarkdown.Read("- [ ] look"), [], new Dictionary<int, string>()),
                    Proposal = Proposal(),
                    CreatedBy = confirmation.By,
                    CreatedAt = Now,
                }
            );
        }

        public Task<IncidentProposal?> ChooseAsync(
            string id,
            IReadOnlyCollection<int> keep,
            IReadOnlyCollection<int> page,
            CancellationToken cancellationToken
        )
        {
            var all = Proposal();
            return Task.FromResult<IncidentProposal?>(
                all with
                {
                    Id = $"{id}:{string.Join(',', keep)}",
                    Digest = "digest-2",
                    Invitees = [.. keep.Select(at => all.Invitees[at])],
                }
            );
        }

        Task<IncidentProposal?> IProposals.FindAsync(string id, CancellationToken cancellationToken) =>
            Task.FromResult<IncidentProposal?>(Proposal() with { Id = id, Existing = Existing });

        public Task<IncidentProposal> ProposeAsync(WindowDiagnosis diagnosis, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Incident?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Incident?> FindByRoomAsync(string room, string roomId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Incident?> RetryAsync(string id, string room, RoomOrigin? by, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> NoteAsync(string id, string by, string text, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> TickAsync(string id, int step, bool done, string by, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Incident?> ResolveAsync(string id, Resolution resolution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Incident?> ReopenAsync(string id, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RateAsync(string id, IncidentSeverity severity, string by, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
