using Copilot.Incidents.Guide;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>The guide as the room keeps it in sight: what to do first comes first, each step with a button that all see pressed. A long one
/// goes on in further messages.</summary>
/// <param name="Text">What a locked phone shows.</param>
internal sealed record RoomCard(string Text, IReadOnlyList<object> Blocks)
{
    public const string TickAction = "tick_step";

    /// <summary>Its messages; how many there are does not hang on what was ticked since.</summary>
    /// <param name="channels">The ids of channels by their names.</param>
    public static IReadOnlyList<RoomCard> Of(RoomState state, Uri? site, IReadOnlyDictionary<string, string> channels)
    {
        var pages = GuidePages.Of(state.Guide, site);
        return [.. pages.Select((page, place) => Of(state, page, place == 0, site, channels))];
    }

    private static RoomCard Of(RoomState state, GuideDocument page, bool isFirst, Uri? site, IReadOnlyDictionary<string, string> channels)
    {
        var title = $"{state.Severity.Word()} · {Hostile.Line(state.Title, 120)}";
        var blocks = new List<object>();
        if (isFirst)
            blocks.Add(Block.Header(state.IsResolved ? $"Resolved · {title}" : title));
        if (isFirst && state.IsResolved)
            blocks.Add(Block.Context($"resolved by {Mrkdwn.Escape(Hostile.Line(state.ResolvedBy, 80))}"));
        foreach (var section in page.Sections)
            blocks.AddRange(Section(state, section, site, channels));
        var text = $"{title.Replace(" · ", " ", StringComparison.Ordinal)}.";
        if (!isFirst)
            text += " The guide goes on.";
        else if (state.Guide.ToDo.FirstOrDefault() is { } step && !state.IsResolved)
            text += $" First: {Mrkdwn.Plain(step.Text)}";
        return new RoomCard(
            Block.Cut(Mrkdwn.Escape(state.IsResolved ? $"Resolved by {state.ResolvedBy}: {text}" : text), SlackTelling.Fallback),
            blocks
        );
    }

    /// <summary>The same, of an incident as its page shows it.</summary>
    public static RoomState StateOf(Incident incident) =>
        new()
        {
            IncidentId = incident.Id,
            Title = incident.Title,
            Severity = incident.Severity,
            At = incident.Proposal.To,
            Guide = incident.Guide.Document,
            Ticks = incident.Guide.Ticks,
            ResolvedBy = incident.IsResolved ? incident.ResolvedBy ?? "" : null,
        };

    private static IEnumerable<object> Section(
        RoomState state,
        GuideSection section,
        Uri? site,
        IReadOnlyDictionary<string, string> channels
    )
    {
        var near = state.At;
        foreach (var text in MessageText.Sections(GuidePages.TextOf(section), site, SlackTelling.StatusSections, near))
            yield return Block.Section(section.Heading == GuideSection.Tell ? ChannelNames.Linked(text, channels) : text);
        foreach (var step in section.Steps)
        {
            var by = state.Ticks.TryGetValue(step.Number, out var who) ? who : null;
            var text = Mrkdwn.Of(
                (by is null ? "☐ " : "☑ ") + GuideMarkdown.Of(step) + (by is null ? "" : $"\n*done by {Hostile.Markdown(by, 60)}*"),
                site,
                near
            );
            yield return Block.Section(
                text,
                state.IsResolved
                    ? null
                    : Block.Button(
                        FormattableString.Invariant($"{TickAction}/{step.Number}"),
                        by is null ? "Done" : "Undo",
                        FormattableString.Invariant($"{state.IncidentId}/{step.Number}/{(by is null ? 1 : 0)}")
                    )
            );
        }
    }
}
