using System.Globalization;
using System.Text.Json;
using Copilot.Incidents.Proposals;
using Copilot.Slack.Api;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>The preview as a modal: name, severity, people to tick, and the guide.</summary>
internal static class ProposalModal
{
    private const string PeopleBlock = "people_";
    private const string PagesBlock = "pages_";
    private const string PeopleAction = "ticked";

    /// <param name="missing">The places of those whom Slack does not know.</param>
    public static object Of(IncidentProposal proposal, DialogState state, Uri? site, IReadOnlySet<int> missing)
    {
        var blocks = new List<object>
        {
            Block.Section(
                $"*{Mrkdwn.Escape(proposal.Title)}*\n{proposal.Severity.Word()}, channel *#{Mrkdwn.Escape(proposal.ChannelName)}*"
                    + (proposal.Runbook is null ? "" : $"\nRunbook: {Mrkdwn.Escape(proposal.Runbook)}")
            ),
        };
        foreach (
            var (group, number) in proposal
                .Invitees.Select((invitee, place) => (invitee, place))
                .Chunk(SlackLimits.CheckBoxes)
                .Select((group, number) => (group, number))
        )
            blocks.Add(People(PeopleBlock, number == 0 ? "Invite" : "Invite, continued", group, number, missing, true));
        var pageable = proposal.Invitees.Select((invitee, place) => (invitee, place)).Where(item => item.invitee.Page is not null);
        foreach (var (group, number) in pageable.Chunk(SlackLimits.CheckBoxes).Select((group, number) => (group, number)))
            blocks.Add(
                People(PagesBlock, number == 0 ? "Wake by a page too" : "Wake by a page too, continued", group, number, missing, false)
            );
        var away = missing.Order().Select(place => proposal.Invitees[place]).ToArray();
        if (away.Length > 0)
            blocks.Add(
                Block.Section(
                    Mrkdwn.Of(
                        string.Join(
                            '\n',
                            away.Select(invitee =>
                                $":warning: **{Hostile.Markdown(invitee.Name, 80)}** ({Hostile.Markdown(invitee.Why, 200)}): "
                                + RoomWords.Outcome(InviteOutcome.NotFound, invitee.Contact, null)
                            )
                        )
                    )
                )
            );
        if (proposal.Invitees.Count == 0)
            blocks.Add(Block.Section("Nobody is known who could be invited."));
        blocks.Add(Block.Divider());
        blocks.AddRange(Block.Sections(GuidePages.Ordered(proposal.Guide).Markdown, site, SlackTelling.GuideSections, proposal.To));
        return new
        {
            type = "modal",
            callback_id = IncidentDialog.CallbackId,
            private_metadata = state.Write(),
            title = Block.Plain("Create incident room", SlackLimits.ModalTitle),
            submit = Block.Plain("Create", SlackLimits.ModalTitle),
            close = Block.Plain("Cancel", SlackLimits.ModalTitle),
            blocks,
        };
    }

    /// <summary>The places of the people who stay ticked.</summary>
    public static IReadOnlyCollection<int> Kept(JsonElement state, int invitees) => Ticked(state, PeopleBlock, invitees);

    /// <summary>The places of the people who are to be paged.</summary>
    public static IReadOnlyCollection<int> Paged(JsonElement state, int invitees) => Ticked(state, PagesBlock, invitees);

    private static HashSet<int> Ticked(JsonElement state, string block, int invitees)
    {
        var ticked = new HashSet<int>();
        var values = state.Member("values");
        for (var number = 0; number * SlackLimits.CheckBoxes < invitees; number++)
        {
            var boxes = values.Member(block + number.ToString(CultureInfo.InvariantCulture)).Member(PeopleAction);
            foreach (var option in boxes.List("selected_options"))
            {
                if (int.TryParse(option.Text("value"), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                    ticked.Add(place);
            }
        }

        return ticked;
    }

    // Whole reasons, as many as fit: half a one tells nothing.
    private static string Reason(Invitee invitee)
    {
        var reasons = invitee.Why.Split("; ");
        var more = reasons.Length > 1 ? FormattableString.Invariant($" (+{reasons.Length - 1})") : "";
        var whole = $"{invitee.Team}: {reasons[0]}{more}";
        return whole.Length <= SlackLimits.Button ? whole : $"{reasons[0]}{more}";
    }

    private static object People(
        string block,
        string label,
        (Invitee Invitee, int Place)[] group,
        int number,
        IReadOnlySet<int> missing,
        bool ticked
    )
    {
        var options = group
            .Select(item => new
            {
                text = Block.Plain(
                    missing.Contains(item.Place) ? $"{item.Invitee.Name} (not in Slack: page them)"
                        : item.Invitee.Contact is null ? $"{item.Invitee.Name} (no address)"
                        : item.Invitee.Name,
                    SlackLimits.Button
                ),
                description = Block.Plain(
                    ticked ? Reason(item.Invitee) : $"whoever is on call for {item.Invitee.Team}",
                    SlackLimits.Button
                ),
                value = item.Place.ToString(CultureInfo.InvariantCulture),
            })
            .ToArray();
        return new
        {
            type = "input",
            block_id = block + number.ToString(CultureInfo.InvariantCulture),
            optional = true,
            label = Block.Plain(label, SlackLimits.Button),
            element = new
            {
                type = "checkboxes",
                action_id = PeopleAction,
                options,
                initial_options = ticked ? options : null,
            },
        };
    }
}
