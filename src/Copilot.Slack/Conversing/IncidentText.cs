using System.Globalization;
using System.Text;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Record;
using Copilot.Slack.Rooms;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>An incident in a few lines.</summary>
internal static class IncidentText
{
    /// <param name="now">How its services are; null where it is over.</param>
    /// <param name="page">Null where people cannot reach it.</param>
    public static string Status(Incident incident, RecoveryState? now, Uri? page)
    {
        var text = new StringBuilder();
        var state = incident.State.Word() + (now is null ? "" : State(now));
        text.Append(CultureInfo.InvariantCulture, $"**{incident.Severity.Word()}, {state}**: {Hostile.Markdown(incident.Title)}\n");
        text.Append(CultureInfo.InvariantCulture, $"Trouble since {Utc(incident.Proposal.From)}, room since {Utc(incident.CreatedAt)}");
        text.Append(
            incident.ResolvedAt is { } end
                ? $", resolved {Utc(end)} by {Hostile.Markdown(incident.ResolvedBy, 80)}.\n"
                : $", opened by {Hostile.Markdown(incident.CreatedBy, 80)}.\n"
        );
        if (now is not null)
            text.Append(RoomWords.Live(now)).Append('\n');
        foreach (var cause in incident.Proposal.Causes.Take(SlackTelling.Causes))
            text.Append(
                CultureInfo.InvariantCulture,
                $"**Likely cause:** {Hostile.Code(cause.Service)}: {Hostile.Markdown(cause.Why, 200)}\n"
            );
        if (now is not null && incident.Guide.Next is { } step)
            text.Append(CultureInfo.InvariantCulture, $"**Next:** {GuideMarkdown.Of(step)}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"**Guide:** {incident.Guide.Ticks.Count} of {incident.Guide.Document.Steps.Count()} steps done\n"
        );
        foreach (var invitee in incident.Invitees)
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {Hostile.Markdown(invitee.Name)}: {RoomWords.Outcome(invitee.Outcome, invitee.Contact, invitee.Detail)}\n"
            );
        foreach (var problem in incident.Rooms.SelectMany(room => room.Problems))
            text.Append(CultureInfo.InvariantCulture, $"- :warning: {Hostile.Markdown(problem)}\n");
        if (page is not null)
            text.Append(CultureInfo.InvariantCulture, $"[The incident's page]({page.AbsoluteUri})\n");
        return text.ToString();
    }

    public static string Timeline(Incident incident) =>
        string.Join(
            '\n',
            incident
                .Timeline.TakeLast(SlackTelling.TimelineLines)
                .Select(line => $"- {Utc(line.At)} {Hostile.Markdown(line.Actor, 60)}: {Hostile.Markdown(line.Text, 300)}")
        );

    // What a locked phone shows comes first.
    private static string State(RecoveryState now) =>
        now.IsOver ? ", looks over"
        : now.Failing > 0 ? ", still going on"
        : "";

    private static string Utc(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
