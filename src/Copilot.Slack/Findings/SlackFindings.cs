using System.Globalization;
using Copilot.Incidents;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Slack.Creating;
using Copilot.Slack.Rooms;
using Copilot.Slack.Text;

namespace Copilot.Slack.Findings;

/// <summary>Tells what the watch found in one channel: at most one post every few minutes, rewritten when another cause is known and when it is over.</summary>
internal sealed class SlackFindings(SlackApi api, SlackPosts posts, SlackOptions slack, IncidentsOptions options, TimeProvider time) : IFindingPort
{
    private static readonly TimeSpan BetweenPosts = TimeSpan.FromMinutes(3);

    private DateTimeOffset lastPost = DateTimeOffset.MinValue;

    public string Name => SlackRoom.PortName;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(slack.FindingsChannel);

    public Task<string> OpenAsync(Finding finding, bool inDoubt, CancellationToken cancellation) => SlackCall.AsRoomAsync(async () =>
    {
        var key = $"finding/{finding.Id}";
        if (inDoubt && await posts.FindAsync(slack.FindingsChannel!, null, key, finding.OpenedAt, cancellation) is { } posted)
            return posted;
        var pause = lastPost + BetweenPosts - time.GetUtcNow();
        if (pause > TimeSpan.Zero)
            throw new RoomBusyException(pause, "The channel was told of another finding just now.");
        var ts = await posts.SendAsync(slack.FindingsChannel!, null, key, Title(finding), Blocks(finding), cancellation);
        lastPost = time.GetUtcNow();
        return ts;
    });

    public Task UpdateAsync(Finding finding, string reference, CancellationToken cancellation) => SlackCall.AsRoomAsync(() =>
        api.DoAsync("chat.update", new { channel = slack.FindingsChannel, ts = reference, text = Title(finding), blocks = Blocks(finding) }, cancellation));

    private static string Title(Finding finding) => Block.Cut(Mrkdwn.Escape(
        $"{(finding.IsOpen ? "Trouble" : "Over")}: {Hostile.Line(finding.Cause, 80)}, {Hostile.Line(finding.Kind, 40)}"), 300);

    private List<object> Blocks(Finding finding)
    {
        var over = finding.ClosedAt is { } closed ? string.Create(CultureInfo.InvariantCulture, $"Over since {closed.UtcDateTime:HH:mm} UTC. ") : "";
        var affected = finding.Services.Where(service => service != finding.Cause).Take(8).Select(service => Hostile.Code(service, 80)).ToArray();
        var blocks = new List<object>
        {
            Block.Section(Mrkdwn.Of(string.Create(CultureInfo.InvariantCulture,
                $"{over}**{Hostile.Code(finding.Cause, 80)}** since {finding.Window.From.UtcDateTime:HH:mm} UTC: {Hostile.Markdown(finding.Summary, 1200)}"))),
            Block.Context(Mrkdwn.Of(string.Create(CultureInfo.InvariantCulture,
                $"confidence {finding.Confidence * 100:0} %{(affected.Length == 0 ? "" : $", affected: {string.Join(", ", affected)}")}"))),
        };
        var buttons = new List<object>();
        if (finding.IsOpen)
            buttons.Add(Block.Button(IncidentDialog.FindingAction, "Create incident room…", finding.Id, primary: true));
        if (options.PublicUrl is { } site)
            buttons.Add(Block.LinkButton("open_browser", "Open in the browser", new Uri(site, $"/investigations/{Uri.EscapeDataString(finding.Id)}")));
        if (buttons.Count > 0)
            blocks.Add(Block.Actions("finding", [.. buttons]));
        return blocks;
    }
}
