using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Slack.Tests.Double;
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
        var message = Assert.Single(_slack.Workspace.Channel("C0000OPS").Messages);
        var text = message.Blocks[0].GetProperty("text").GetProperty("text").GetString()!;
        Assert.StartsWith("Over since", text, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<https://evil", text, StringComparison.Ordinal);
        Assert.Equal(1, message.Updates);
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
