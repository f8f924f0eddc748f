using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Incidents.Proposals;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Slack.Tests.Double;
using Copilot.Slack.Tests.Text;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Rooms;

public sealed class SlackInvestigationsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly HttpClient _http = new();
    private SlackDouble _slack = null!;

    public async Task InitializeAsync()
    {
        _slack = await SlackDouble.StartAsync();
        _slack.Workspace.Channels.Add(
            new SlackChannel
            {
                Id = "C0000OPS",
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot },
            }
        );
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_finding_is_told_once_without_mentions_and_rewritten_when_it_is_over()
    {
        var findings = Findings();
        var investigation = Finding("s_1");
        var ts = await findings.OpenAsync(investigation, false, default);
        Assert.Equal(ts, await findings.OpenAsync(investigation, true, default));
        await findings.UpdateAsync(investigation with { ClosedAt = _time.GetUtcNow() }, ts, default);
        await findings.UpdateAsync(investigation with { ClosedAt = _time.GetUtcNow() }, ts, default);
        var message = _slack.Workspace.Channel("C0000OPS").Messages[0];
        var over = Assert.Single(_slack.Workspace.Channel("C0000OPS").Messages.Skip(1));
        Assert.Equal((ts, "bank, errors: over"), (over.ThreadTs, over.Text));
        var text = message.Blocks[0].GetProperty("text").GetProperty("text").GetString()!;
        Assert.StartsWith("Over since", text, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<https://evil", text, StringComparison.Ordinal);
        Assert.Equal(2, message.Updates);
    }

    [Fact]
    public async Task Another_one_waits_a_few_minutes()
    {
        var findings = Findings();
        await findings.OpenAsync(Finding("s_2"), false, default);
        var busy = await Assert.ThrowsAsync<DeliveryBusyException>(() => findings.OpenAsync(Finding("s_3"), false, default));
        Assert.InRange(busy.RetryAfter, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        _time.Advance(busy.RetryAfter);
        await findings.OpenAsync(Finding("s_3"), false, default);
        Assert.Equal(2, _slack.Workspace.Channel("C0000OPS").Messages.Count);
    }

    [Fact]
    public async Task Its_button_carries_the_finding()
    {
        await Findings().OpenAsync(Finding("s_4"), false, default);
        var button = Assert.Single(_slack.Workspace.Channel("C0000OPS").Messages).Blocks.EnumerateArray().Last().GetProperty("elements")[0];
        Assert.Equal(("propose_finding", "s_4"), (button.GetProperty("action_id").GetString(), button.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_locked_phone_shows_how_bad_it_is_why_and_what_to_do()
    {
        var finding = Finding("s_5") with { Answer = WindowDiagnosis.None(new TimeWindow(PaymentsTrouble.Onset, PaymentsTrouble.Now)) };
        await Findings().OpenAsync(finding with { Window = finding.Answer!.Window }, false, default);

        var message = Assert.Single(_slack.Workspace.Channel("C0000OPS").Messages);
        Assert.Equal(
            "sev2 payments is failing 12 % since 00:23 UTC; deploy 2.5.0; Roll payments back from 2.5.0 to 2.4.0; Ines Moreau",
            message.Text
        );
    }

    /// <summary>Proposes the same whatever it is shown.</summary>
    private sealed class Previews : IProposals
    {
        public Task<IncidentProposal> ProposeAsync(WindowDiagnosis diagnosis, CancellationToken cancellationToken) =>
            Task.FromResult(PaymentsTrouble.Proposal);

        public Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IncidentProposal?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IncidentProposal?> ChooseAsync(
            string id,
            IReadOnlyCollection<int> keep,
            IReadOnlyCollection<int> page,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }

    private SlackInvestigations Findings()
    {
        var options = new SlackOptions
        {
            BotToken = SlackDouble.BotToken,
            ApiUrl = _slack.Url,
            FindingsChannel = "C0000OPS",
        };
        var api = new SlackApi(_http, options);
        return new SlackInvestigations(
            api,
            new SlackPosts(api),
            new Previews(),
            options,
            new IncidentsOptions { PublicUrl = new Uri("https://copilot.example") },
            _time
        );
    }

    private Investigation Finding(string id) =>
        new()
        {
            Id = id,
            Source = Investigation.Watch,
            OpenedAt = _time.GetUtcNow(),
            LastSeenAt = _time.GetUtcNow(),
            Window = new TimeWindow(_time.GetUtcNow().AddMinutes(-2), _time.GetUtcNow()),
            Cause = "bank",
            Kind = CauseKind.Errors,
            Confidence = 0.9,
            Summary = "<!channel> [see](https://evil.example) its errors rose",
            Services = ["bank", "till"],
        };
}
