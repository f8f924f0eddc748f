using System.Globalization;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>Tells what the watch found in one channel: at most one post every few minutes, rewritten when another cause is known and when
/// it is over.</summary>
internal sealed class SlackInvestigations(SlackApi api, SlackPosts posts, SlackOptions slack, IncidentsOptions options, TimeProvider time)
    : IInvestigationChannel
{
    private DateTimeOffset _lastPost = DateTimeOffset.MinValue;

    public string Name => SlackRoom.PortName;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(slack.FindingsChannel);

    public Task<string> OpenAsync(Investigation investigation, bool inDoubt, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var key = $"finding/{investigation.Id}";
            if (
                inDoubt && await posts.FindAsync(slack.FindingsChannel!, null, key, investigation.OpenedAt, cancellationToken) is { } posted
            )
                return posted;
            var pause = _lastPost + SlackTelling.BetweenPosts - time.GetUtcNow();
            if (pause > TimeSpan.Zero)
                throw new DeliveryBusyException(pause, "The channel was told of another finding just now.");
            var ts = await posts.SendAsync(
                slack.FindingsChannel!,
                null,
                key,
                Title(investigation),
                Blocks(investigation),
                cancellationToken
            );
            _lastPost = time.GetUtcNow();
            return ts;
        });

    public Task UpdateAsync(Investigation investigation, string reference, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(() =>
            api.DoAsync(
                "chat.update",
                new
                {
                    channel = slack.FindingsChannel,
                    ts = reference,
                    text = Title(investigation),
                    blocks = Blocks(investigation),
                },
                cancellationToken
            )
        );

    private static string Title(Investigation investigation) =>
        Block.Cut(
            Mrkdwn.Escape(
                $"{(investigation.IsOpen ? "Trouble" : "Over")}: {Hostile.Line(investigation.Cause, 80)}, {investigation.KindWord}"
            ),
            300
        );

    private List<object> Blocks(Investigation investigation)
    {
        var over = investigation.ClosedAt is { } closed
            ? string.Create(CultureInfo.InvariantCulture, $"Over since {closed.UtcDateTime:HH:mm} UTC. ")
            : "";
        var affected = investigation
            .Services.Where(service => service != investigation.Cause)
            .Take(SlackTelling.Affected)
            .Select(service => Hostile.Code(service, 80))
            .ToArray();
        var blocks = new List<object>
        {
            Block.Section(
                Mrkdwn.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{over}**{Hostile.Code(investigation.Cause, 80)}** since "
                            + $"{investigation.Window.From.UtcDateTime:HH:mm} UTC: "
                            + $"{Hostile.Markdown(investigation.Summary, 1200)}"
                    )
                )
            ),
            Block.Context(
                Mrkdwn.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"confidence {investigation.Confidence * 100:0} "
                            + $"%{(affected.Length == 0 ? "" : $", affected: {string.Join(", ", affected)}")}"
                    )
                )
            ),
        };
        var buttons = new List<object>();
        if (investigation.IsOpen)
            buttons.Add(Block.Button(IncidentDialog.FindingAction, "Create incident room…", investigation.Id, primary: true));
        if (options.PublicUrl is { } site)
            buttons.Add(
                Block.LinkButton(
                    "open_browser",
                    "Open in the browser",
                    new Uri(site, $"/investigations/{Uri.EscapeDataString(investigation.Id)}")
                )
            );
        if (buttons.Count > 0)
            blocks.Add(Block.Actions("finding", [.. buttons]));
        return blocks;
    }
}
