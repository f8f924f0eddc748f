using System.Globalization;
using System.Text;
using Copilot.Incidents.Record;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

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
