using System.Globalization;
using System.Text;
using Copilot.Answers.Contract;
using Copilot.Incidents.Record;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>An answer as one Slack message within all limits.</summary>
/// <param name="Text">What notifications and old clients show.</param>
internal sealed record AnswerMessage(string Text, IReadOnlyList<object> Blocks)
{
    public static AnswerMessage Of(string question, Answer answer, Uri? site)
    {
        var blocks = new List<object> { Block.Context($"*{Block.Cut(Mrkdwn.Escape(question), 500)}*") };
        blocks.AddRange(Block.Sections(answer.Text, site, SlackTelling.AnswerSections / 2));
        var lines = ResultLines.Of(answer.Shown);
        if (lines.Count > 0)
            blocks.AddRange(Block.Sections(string.Join('\n', lines), site, SlackTelling.AnswerSections / 2));
        if (Notes(answer) is { Length: > 0 } notes)
            blocks.Add(Block.Context(notes));
        var buttons = Buttons(answer, site).ToArray();
        if (buttons.Length > 0)
            blocks.Add(Block.Actions("answer", buttons));
        return new AnswerMessage(Block.Cut(Mrkdwn.Escape(answer.Text.Split('\n')[0]), 300), blocks);
    }

    private static string Notes(Answer answer)
    {
        var notes = new List<string>();
        if (answer.Understood.Window is { } window)
            notes.Add(
                FormattableString.Invariant($"{window.From.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {window.To.UtcDateTime:HH:mm:ss} UTC")
            );
        if (answer.Understood.Filter is { } filter)
            notes.Add($"`{Block.Cut(Mrkdwn.Escape(filter.Replace('`', '\'')), 600)}`");
        if (answer.Understood.Ignored.Count > 0)
            notes.Add($"not used: {Block.Cut(Mrkdwn.Escape(string.Join(", ", answer.Understood.Ignored)), 300)}");
        if (!answer.Coverage.Exact)
            notes.Add(Block.Cut(Mrkdwn.Escape(answer.Coverage.Note), 400));
        return string.Join("  ·  ", notes);
    }

    private static IEnumerable<object> Buttons(Answer answer, Uri? site)
    {
        if (answer.Proposal is { Existing: { } existing })
            yield return Block.Button(IncidentDialog.JoinAction, "Join the incident", existing, primary: true);
        else if (answer.Proposal is { } proposal && (proposal.Causes.Count > 0 || proposal.Affected.Count > 0))
            yield return Block.Button(IncidentDialog.ProposeAction, "Create incident room…", proposal.Id, primary: true);
        if (site is not null)
            yield return Block.LinkButton(
                "open_browser",
                "Open in the browser",
                new Uri(site, $"/c/{Uri.EscapeDataString(answer.ConversationId)}")
            );
    }
}

/// <summary>An incident in a few lines.</summary>
internal static class IncidentText
{
    public static string Status(Incident incident)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"**{Hostile.Markdown(incident.Title)}**\n{incident.Severity.Word()}, {incident.State.Word()}, since "
                + $"{incident.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"Guide: {incident.Guide.Ticks.Count} steps done\n");
        foreach (var cause in incident.Proposal.Causes.Take(SlackTelling.Causes))
            text.Append(
                CultureInfo.InvariantCulture,
                $"- likely cause {Hostile.Code(cause.Service)}: {Hostile.Markdown(cause.Why, 200)}\n"
            );
        foreach (var invitee in incident.Invitees)
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {Hostile.Markdown(invitee.Name)}: "
                    + $"{invitee.Outcome.Word()}{(invitee.Detail is null ? "" : $" ({Hostile.Markdown(invitee.Detail)})")}\n"
            );
        foreach (var problem in incident.Rooms.SelectMany(room => room.Problems))
            text.Append(CultureInfo.InvariantCulture, $"- problem: {Hostile.Markdown(problem)}\n");
        return text.ToString();
    }

    public static string Timeline(Incident incident) =>
        string.Join(
            '\n',
            incident
                .Timeline.TakeLast(SlackTelling.TimelineLines)
                .Select(line =>
                    FormattableString.Invariant(
                        $"- {line.At.UtcDateTime:HH:mm:ss} {Hostile.Markdown(line.Actor, 60)}: {Hostile.Markdown(line.Text, 300)}"
                    )
                )
        );
}
