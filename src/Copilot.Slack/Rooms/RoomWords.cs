using Copilot.Incidents.Guide;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>What a room and whoever asked for it are told about people and troubles on the way, as Markdown.</summary>
internal static class RoomWords
{
    /// <summary>Everybody who was called, with the reason, and whom Slack could not reach, in Slack's own mark-up.</summary>
    /// <param name="idOf">What Slack calls a person; null where it does not know them. They are called by it: an invitation alone does not
    /// say
    /// why.</param>
    public static string Introduction(RoomState state, Func<RoomPerson, string?> idOf) =>
        (
            state.People.Count == 0
                ? "Nobody is known who owns this. Whoever knows who does: invite them."
                : Listed(
                    "Who was called, and why",
                    state.People.Select(person =>
                        (IsHere(person) ? "" : ":warning: ")
                        + (idOf(person) is { } id ? $"<@{id}>" : $"*{Mrkdwn.Escape(Hostile.Line(person.Name, 80))}*")
                        + Mrkdwn.Of(Reason(person))
                    )
                )
        ) + Before(state);

    private static string Before(RoomState state) =>
        state.Earlier.Count == 0
            ? ""
            : "\n"
                + Listed(
                    "Earlier rooms where it likely started in the same service",
                    state.Earlier.Select(room =>
                        $"<#{room.Id}>, {SlackClock.At(room.From, state.At)}"
                        + (room.ResolvedAt > room.From ? $", resolved after {IncidentSummaryText.Lasted(room.ResolvedAt - room.From)}" : "")
                    )
                );

    private static string Listed(string heading, IEnumerable<string> rows) =>
        $"*{heading}*\n" + string.Join('\n', rows.Select(row => $"• {row}"));

    /// <summary>Who does not come by themselves; null where everybody does.</summary>
    public static string? Missing(RoomState state)
    {
        var missing = state.People.Where(person => !IsHere(person)).ToArray();
        return missing.Length == 0
            ? null
            : string.Join('\n', missing.Select(person => $"- **{Hostile.Markdown(person.Name, 80)}**{Reason(person)}"));
    }

    /// <summary>Why somebody is not there, with the address as it is: it is copied.</summary>
    public static string Outcome(InviteOutcome outcome, string? contact, string? detail) =>
        outcome switch
        {
            InviteOutcome.Invited => "invited",
            InviteOutcome.AlreadyThere => "here already",
            InviteOutcome.Waiting => "is being invited",
            InviteOutcome.NotFound when contact is null => "no source gives an e-mail address: call or page them",
            InviteOutcome.NotFound => $"not in Slack under {Hostile.Code(contact)}: call or page them",
            InviteOutcome.Refused => $"could not be invited ({Hostile.Markdown(detail ?? "refused", 300)}): call or page them",
            _ => "is to be called by hand",
        };

    /// <summary>How an incident's services are now, a line for each check.</summary>
    public static string Live(RecoveryState now)
    {
        if (now.Checks.Count == 0 || now.Window.IsEmpty)
            return "There is nothing to measure that would show that it is over.";
        var lines = now.Checks.Select(check =>
            check.Holds switch
            {
                true => $"- :white_check_mark: {check.Told}",
                false => $"- :warning: {check.Told}",
                null => $"- {check.Told}",
            }
        );
        return FormattableString.Invariant($"**In the last {(now.Window.To - now.Window.From).TotalMinutes:0} min**\n")
            + string.Join('\n', lines);
    }

    private static string Reason(RoomPerson person) =>
        $" ({Hostile.Markdown(person.Team, 60)}): {Hostile.Markdown(person.Why, 200)}"
        + (IsHere(person) ? "" : $" · {Outcome(person.Outcome, person.Contact, person.Detail)}");

    private static bool IsHere(RoomPerson person) => person.Outcome is InviteOutcome.Invited or InviteOutcome.AlreadyThere;
}
