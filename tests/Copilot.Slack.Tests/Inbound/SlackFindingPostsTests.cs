using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Record;
using Copilot.Slack.Tests.Double;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>The post of a finding, and the room that is made of it.</summary>
[Trait("needs", "postgres")]
public sealed class SlackFindingPostsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private SlackScene _scene = null!;

    public async Task InitializeAsync() => _scene = await SlackScene.StartAsync(postgres, findings: "C0000ASK");

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task It_leads_to_the_room_as_soon_as_there_is_one_and_to_a_new_one_once_that_is_over()
    {
        var now = DateTimeOffset.UtcNow;
        var window = new TimeWindow(now.AddMinutes(-15), now);
        await _scene.House.Investigations.SaveAsync(
            new Investigation
            {
                Id = "f_1",
                Source = Investigation.Watch,
                OpenedAt = now,
                LastSeenAt = now,
                Window = window,
                Cause = "bank",
                Kind = CauseKind.Errors,
                Confidence = 0.9,
                Summary = "its errors rose",
                Services = ["bank"],
                Answer = await _scene.House.DiagnoseAsync(window),
            },
            CancellationToken.None
        );
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count == 1);
        Assert.Equal("f_1", SlackScene.Button(Post().Blocks, "propose_finding").Value);

        await _scene.OpenAsync("U1", ("propose_finding", "f_1"));
        var incident = await _scene.SettledAsync(() => _scene.SubmitAsync("U1"));
        await _scene.UntilAsync(() => Post().Updates > 0);
        Assert.Equal(incident.Id, SlackScene.Button(Post().Blocks, "join_incident").Value);

        await _scene.House.Incidents.ResolveAsync(incident.Id, new Resolution("ann"), CancellationToken.None);
        await _scene.UntilAsync(() => SlackScene.Read(Post().Blocks).Contains("propose_finding", StringComparison.Ordinal));
    }

    private SlackMessage Post() => _scene.Messages("C0000ASK")[0];
}
