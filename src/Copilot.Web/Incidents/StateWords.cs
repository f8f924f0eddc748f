using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Web.Incidents;

/// <summary>How an incident's states are told and coloured.</summary>
internal static class StateWords
{
    public static string Tone(this IncidentSeverity severity) => severity <= IncidentSeverity.Sev2 ? "bad" : "warn";

    public static string Tone(this IncidentState state) =>
        state switch
        {
            IncidentState.Creating => "warn",
            IncidentState.Open => "bad",
            IncidentState.Resolved => "good",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state of an incident."),
        };

    public static string Tone(this InviteOutcome outcome) =>
        outcome switch
        {
            InviteOutcome.Invited or InviteOutcome.AlreadyThere => "good",
            InviteOutcome.NotFound or InviteOutcome.Refused => "warn",
            InviteOutcome.Waiting or InviteOutcome.Listed => "",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome of an invitation."),
        };

    public static string Told(this InviteOutcome outcome) =>
        outcome == InviteOutcome.Listed ? "not notified" : outcome.Word().Replace('_', ' ');

    public static string Tone(this PageState page) => Of(page).Tone;

    public static string Told(this PageState page) => Of(page).Told;

    private static (string Told, string Tone) Of(PageState page) =>
        page switch
        {
            PageState.Waiting => ("page is being sent", ""),
            PageState.Paged => ("paged", "good"),
            PageState.Refused => ("not paged", "warn"),
            _ => throw new ArgumentOutOfRangeException(nameof(page), page, "No such state of a page."),
        };
}
