using System.Diagnostics;
using System.Globalization;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Incidents.Tests.Rooms;
using Copilot.Ownership.Sources;
using Copilot.Slack.Tests.Double;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Slack.Tests.Dying;

/// <summary>
/// A real process is killed at each of its calls to Slack and to the pager, before and after the call has its effect, and started again.
/// </summary>
[Trait("needs", "postgres")]
public sealed class DyingTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Killed_at_any_call_it_ends_with_one_channel_one_guide_and_each_invited_once()
    {
        var calls = await CreateAsync(0, false);
        // The channel, its topic and purpose, the guide, the pin, the bookmark, two look-ups, the invitation, two pages, the asking thread.
        Assert.True(calls >= 12, $"only {calls} calls");
        for (var point = 1; point <= calls; point++)
        {
            await CreateAsync(point, false);
            await CreateAsync(point, true);
        }

        output.WriteLine(FormattableString.Invariant($"killed and started again at {2 * calls} points"));
    }

    /// <summary>Makes one incident with a process that dies at a call; how many calls were made in all.</summary>
    private async Task<int> CreateAsync(int point, bool after)
    {
        await using var slack = await SlackDouble.StartAsync();
        slack.Workspace.Users.AddRange(MoneyTeam.Users);
        slack.Workspace.Channels.Add(
            new SlackChannel
            {
                Id = "C0000ASK",
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot },
            }
        );
        await using var pager = await PagerDutyDouble.StartAsync();
        await using var services = await OutboxProcess.ComposeAsync(
            postgres.ConnectionString,
            slack.Url.AbsoluteUri,
            pager.EventsUrl.AbsoluteUri
        );
        await services.GetRequiredService<CatalogIntake>().PutAsync([MoneyTeam.Catalog], CancellationToken.None);
        var incidents = services.GetRequiredService<IIncidents>();
        var incident = await ConfirmAsync(
            services,
            DateTimeOffset.Parse("2026-04-01T10:00:00Z", CultureInfo.InvariantCulture).AddDays((2 * point) + (after ? 1 : 0))
        );

        var made = 0;
        Process? running = null;
        void Die(string call, bool done)
        {
            if (!done)
                made++;
            if (made == point && done == after && running is { HasExited: false })
            {
                running.Kill();
                running.WaitForExit();
                throw new SlackRefusal("the process is dead");
            }
        }

        (slack.OnCall, pager.OnCall) = (Die, Die);
        running = Start(slack, pager);
        await running.WaitForExitAsync();
        if (point > 0)
        {
            Assert.NotEqual(0, running.ExitCode);
            slack.OnCall = pager.OnCall = (_, done) => made += done ? 0 : 1;
            // Whoever comes next takes it up: this process, which starts faster than another would.
            var outbox = services.GetRequiredService<Copilot.Incidents.Outbox.Outbox>();
            await outbox.ReleaseOfTheDeadAsync(CancellationToken.None);
            while (await outbox.RunOneAsync(CancellationToken.None)) { }
        }

        running.Dispose();
        Check(slack, pager, (await incidents.FindAsync(incident.Id, CancellationToken.None))!);
        return made;
    }

    private static async Task<Incident> ConfirmAsync(ServiceProvider services, DateTimeOffset from)
    {
        var proposal = await services
            .GetRequiredService<IProposals>()
            .ProposeAsync(
                new WindowDiagnosis
                {
                    Window = new TimeWindow(from, from.AddMinutes(15)),
                    Causes =
                    [
                        new DiagnosedCause
                        {
                            Service = "bank",
                            Score = 0.9,
                            Kind = CauseKind.Errors,
                            Why = "its error rate rose",
                        },
                    ],
                    Affected =
                    [
                        new ServiceImpact
                        {
                            Service = "bank",
                            Failing = true,
                            Requests = 100,
                            ErrorRate = 0.2,
                        },
                    ],
                },
                CancellationToken.None
            );
        proposal = (await services.GetRequiredService<IProposals>().ChooseAsync(proposal.Id, [0, 1], [0, 1], CancellationToken.None))!;
        return await services
            .GetRequiredService<IIncidents>()
            .ConfirmAsync(
                new Confirmation(proposal.Id, proposal.Digest, "ann", new RoomOrigin("slack", "C0000ASK", null, null)),
                CancellationToken.None
            );
    }

    private Process Start(SlackDouble slack, PagerDutyDouble pager) =>
        Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!)
            {
                ArgumentList =
                {
                    "exec",
                    typeof(DyingTests).Assembly.Location,
                    postgres.ConnectionString,
                    slack.Url.AbsoluteUri,
                    pager.EventsUrl.AbsoluteUri,
                },
            }
        )!;

    private static void Check(SlackDouble slack, PagerDutyDouble pager, Incident incident)
    {
        Assert.Equal([$"copilot/{incident.Id}/0", $"copilot/{incident.Id}/1"], pager.Pages.Select(page => page.DedupKey).Order());
        Assert.All(incident.Invitees, invitee => Assert.Equal(PageState.Paged, invitee.Page));
        var channel = Assert.Single(slack.Workspace.Channels, channel => channel.Id != "C0000ASK");
        Assert.Equal(IncidentState.Open, incident.State);
        Assert.Equal(channel.Name, incident.Channel);
        // The guide, and who was called.
        var posts = channel.Messages.Where(message => message.Blocks.ValueKind != System.Text.Json.JsonValueKind.Undefined).ToArray();
        Assert.Equal(2, posts.Length);
        Assert.Equal(incident.Guide.Posted, posts.Take(1).Select(message => message.Ts));
        Assert.Single(incident.Guide.Posted);
        Assert.Single(channel.Pins);
        Assert.Single(channel.Bookmarks);
        Assert.Equal(["U1", "U2"], channel.Invitations.Order());
        Assert.Single(slack.Workspace.Channel("C0000ASK").Messages);
        Assert.All(
            incident.Invitees,
            invitee => Assert.Contains(invitee.Outcome, new[] { InviteOutcome.Invited, InviteOutcome.AlreadyThere })
        );
        Assert.DoesNotContain(incident.Timeline, line => line.Kind == IncidentEventKind.Problem);
    }
}
