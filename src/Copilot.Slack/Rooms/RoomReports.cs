using Copilot.Incidents;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>Tells whoever pressed "Create" what came of it: where the room is, who is missing, what went wrong and what to do.</summary>
internal sealed class RoomReports(SlackReplies replies, IncidentsOptions options)
{
    public const string RetryAction = "retry_incident";

    public Task TellAsync(string? room, RoomOrigin origin, RoomState state, CancellationToken cancellationToken)
    {
        var to = new Presser(origin.User!, origin.Place, origin.Thread, origin.Reply, IsPrivate: true);
        var (text, blocks) = Of(room, state, options);
        return replies.TellAsync(to, text, cancellationToken, blocks);
    }

    /// <summary>How it stands with a room, and the buttons to go on.</summary>
    /// <param name="room">Null where there is none.</param>
    public static (string Text, IReadOnlyList<object> Blocks) Of(string? room, RoomState state, IncidentsOptions options)
    {
        var title = Mrkdwn.Escape(Hostile.Line(state.Title, 150));
        var page = options.PageOf(state.IncidentId) is { } address ? $" Its page: <{address.AbsoluteUri}>." : "";
        var text = room is null
            ? $"The room for *{title}* could not be opened. The incident is kept.{page}"
            : $"<#{room}> is open: {title}.{(state.Problems.Count > 0 ? " Not all of it went well." : "")}";
        var blocks = new List<object> { Block.Section(text) };
        if (state.Problems.Count > 0)
            blocks.Add(
                Block.Section(Mrkdwn.Of(string.Join('\n', state.Problems.Select(problem => $"- {Hostile.Markdown(problem, 600)}"))))
            );
        if (room is not null && RoomWords.Missing(state) is { } missing)
            blocks.Add(Block.Section(Mrkdwn.Of("**Not reached**\n" + missing)));
        var buttons = new List<object>();
        if (state.Problems.Count > 0)
            buttons.Add(Block.Button(RetryAction, "Try again", state.IncidentId, primary: true));
        if (room is null)
            buttons.Add(Block.Button(ResolveModal.Action, "Resolve…", state.IncidentId));
        if (buttons.Count > 0)
            blocks.Add(Block.Actions("report", [.. buttons]));
        var first = state.Problems is [var problem, ..] ? " " + Mrkdwn.Escape(Hostile.Line(problem, 200)) : "";
        return (text.Replace("*", "", StringComparison.Ordinal) + first, blocks);
    }
}
