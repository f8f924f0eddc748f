using System.Text.Json;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Record;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>Ends an incident: shows how its services are first, and asks what fixed it.</summary>
internal sealed class ResolveModal(SlackApi api, SlackReplies replies, IIncidents incidents, RecoveryReader recovery, SlackOptions slack)
{
    public const string CallbackId = "resolve_incident";
    public const string Action = "resolve_incident";

    private const string FixBlock = "fix";
    private const string FixAction = "text";

    /// <param name="trigger">Good for three seconds; without one a button is shown that has one.</param>
    public async Task OpenAsync(Presser by, string? trigger, string incidentId, CancellationToken cancellationToken)
    {
        var incident = await incidents.FindAsync(incidentId, cancellationToken);
        var problem =
            incident is null ? "This incident is not there any more."
            : incident.IsResolved ? $"It is resolved already, by {Mrkdwn.Escape(Hostile.Line(incident.ResolvedBy, 80))}."
            : !slack.MayChange(by.User) ? "You may not resolve incidents. Whoever set the copilot up can add you to Slack:MayCreate."
            : null;
        if (incident is null || problem is not null)
        {
            await replies.TellAsync(by, problem!, cancellationToken);
            return;
        }

        var now = await recovery.ReadAsync(incident, cancellationToken);
        try
        {
            if (trigger is null)
                await AskAgainAsync(by, incident, now, cancellationToken);
            else
                await api.DoAsync("views.open", new { trigger_id = trigger, view = View(incident, now, by) }, cancellationToken);
        }
        catch (SlackErrorException e) when (e.Error is "expired_trigger_id" or "trigger_exchanged" or "invalid_trigger_id")
        {
            await AskAgainAsync(by, incident, now, cancellationToken);
        }
    }

    public async Task HandleSubmissionAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var view = payload.Member("view");
        if (ResolveState.Read(view.Text("private_metadata")) is not { } state || payload.Member("user").Text("id") is not { } user)
            return;
        var by = new Presser(user, state.Channel, null, state.Reply, IsPrivate: true);
        if (!slack.MayChange(user))
        {
            await replies.TellAsync(by, "You may not resolve incidents.", cancellationToken);
            return;
        }

        var name = payload.Member("user").Text("username") ?? payload.Member("user").Text("name") ?? user;
        var fix = view.Member("state").Member("values").Member(FixBlock).Member(FixAction).Text("value");
        var resolved = await incidents.ResolveAsync(state.IncidentId, new Resolution(name, fix), cancellationToken);
        // Where there is a room, it is told itself.
        if (resolved is null)
            await replies.TellAsync(by, "This incident is not there any more.", cancellationToken);
        else if (resolved.Rooms.All(room => room.Id is null))
            await replies.TellAsync(by, $"Resolved: {Mrkdwn.Escape(Hostile.Line(resolved.Title, 150))}", cancellationToken);
    }

    private Task AskAgainAsync(Presser by, Incident incident, RecoveryState now, CancellationToken cancellationToken) =>
        replies.TellAsync(
            by,
            now.IsOver ? "All checks hold. Resolve it?" : "It does not look over yet. Resolve it?",
            cancellationToken,
            [
                Block.Section(Mrkdwn.Of(RoomWords.Live(now))),
                Block.Actions("resolve", Block.Button(Action, "Resolve…", incident.Id, primary: now.IsOver)),
            ]
        );

    private static object View(Incident incident, RecoveryState now, Presser by) =>
        new
        {
            type = "modal",
            callback_id = CallbackId,
            private_metadata = new ResolveState(incident.Id, by.Channel, by.Reply).Write(),
            title = Block.Plain("Resolve the incident", SlackLimits.ModalTitle),
            submit = Block.Plain(now.IsOver ? "Resolve" : "Resolve anyway", SlackLimits.ModalTitle),
            close = Block.Plain("Cancel", SlackLimits.ModalTitle),
            blocks = new object[]
            {
                Block.Section($"*{Mrkdwn.Escape(Hostile.Line(incident.Title, 200))}*"),
                Block.Section(Mrkdwn.Of((now.IsOver ? "" : "**It does not look over yet.**\n") + RoomWords.Live(now))),
                new
                {
                    type = "input",
                    block_id = FixBlock,
                    optional = true,
                    label = Block.Plain("What fixed it?", SlackLimits.Button),
                    element = new
                    {
                        type = "plain_text_input",
                        action_id = FixAction,
                        multiline = true,
                        max_length = Resolution.LongestFix,
                    },
                },
            },
        };
}

/// <summary>What the dialog carries through Slack and back.</summary>
internal sealed record ResolveState(string IncidentId, string? Channel, Uri? Reply)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static ResolveState? Read(string? text) => SlackJson.Carried<ResolveState>(text);
}
