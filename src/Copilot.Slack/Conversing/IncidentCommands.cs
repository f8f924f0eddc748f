using System.Text.RegularExpressions;
using Copilot.Incidents;
using Copilot.Incidents.Record;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>Words about an incident, typed in its channel: how it stands, what happened, its end. Elsewhere they are about what is
/// open.</summary>
internal sealed partial class IncidentCommands(
    IIncidents incidents,
    RecoveryReader recovery,
    ResolveModal resolving,
    IncidentsOptions options
)
{
    private const string Resolve = "resolve";

    /// <summary>The word that a text comes to, whatever its case and its politeness; null for a question of another kind.</summary>
    public static string? Read(string text) =>
        Word().Match(text.Trim()) is { Success: true } match
            ? match.Groups["word"].Value.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)
            : null;

    /// <returns>What is said; null where a dialog or a private word is the answer.</returns>
    public async Task<AnswerMessage?> AnswerAsync(string word, Presser by, string? trigger, CancellationToken cancellationToken)
    {
        var incident = by.Channel is { } channel ? await incidents.FindByRoomAsync(SlackRoom.PortName, channel, cancellationToken) : null;
        if (incident is null)
            return await OpenOnesAsync(word, cancellationToken);
        if (word == Resolve)
        {
            await resolving.OpenAsync(by, trigger, incident.Id, cancellationToken);
            return null;
        }

        var text = word switch
        {
            "timeline" => IncidentText.Timeline(incident),
            "postmortem" => IncidentSummaryText.PostMortem(incident),
            _ => IncidentText.Status(
                incident,
                incident.IsResolved ? null : await recovery.ReadAsync(incident, cancellationToken),
                options.PageOf(incident.Id)
            ),
        };
        return new AnswerMessage(
            Block.Cut(Mrkdwn.Escape(Mrkdwn.Plain(text)), SlackTelling.Fallback),
            [.. Block.Sections(text, options.PublicUrl, SlackTelling.StatusSections, incident.CreatedAt)]
        );
    }

    // An incident without a channel has no other place in Slack where it could be ended.
    private async Task<AnswerMessage> OpenOnesAsync(string word, CancellationToken cancellationToken)
    {
        var open = (await incidents.ListAsync(cancellationToken)).Where(incident => incident.State != IncidentState.Resolved).ToArray();
        var text =
            open.Length == 0 ? "This channel is no incident's, and no incident is open."
            : word is Resolve or "status" ? "This channel is no incident's. Open are:"
            : $"This channel is no incident's. `/copilot {word}` works in the channel of one. Open are:";
        var blocks = new List<object> { Block.Section(text) };
        foreach (var summary in open.Take(SlackTelling.Rows))
        {
            var incident = await incidents.FindAsync(summary.Id, cancellationToken);
            var room = incident?.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName)?.Id;
            blocks.Add(
                Block.Section(
                    $"{(room is null ? "no channel" : $"<#{room}>")} · {summary.Severity.Word()} · "
                        + $"{Mrkdwn.Escape(Hostile.Line(summary.Title, 150))} · "
                        + $"since {SlackClock.At(incident?.Proposal.From ?? summary.CreatedAt)}",
                    word == Resolve
                        ? Block.Button(ResolveModal.Action, "Resolve…", summary.Id)
                        : Block.Button(IncidentDialog.JoinAction, "Join", summary.Id)
                )
            );
        }

        var listed = string.Join(
            "; ",
            open.Take(SlackTelling.Rows).Select(i => $"{i.Severity.Word()} {Mrkdwn.Escape(Hostile.Line(i.Title, SlackTelling.ShortTitle))}")
        );
        return new AnswerMessage(open.Length == 0 ? text : $"Open: {listed}.", blocks);
    }

    [GeneratedRegex(
        @"^(?:please\s+)?(?:what(?:'s|’s| is)\s+|show(?:\s+me)?\s+)?(?:the\s+)?"
            + @"(?<word>status|timeline|resolve|post-?mortem)(?:\s+please)?\W*$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Word();
}
