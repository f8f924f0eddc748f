using Copilot.Incidents.Guide;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>The guide as the room keeps it in sight: what to do first comes first, each step with a button that all see pressed.</summary>
/// <param name="Text">What a locked phone shows.</param>
internal sealed record RoomCard(string Text, IReadOnlyList<object> Blocks)
{
    public const string TickAction = "tick_step";

    /// <summary>Whether one message holds it; a longer one is posted as text, in parts.</summary>
    public static bool Fits(GuideDocument guide) =>
        MessageText.Parts(guide.Markdown).Count == 1
        && guide.Sections.Count + guide.Sections.Count(section => section.Heading is not null) + guide.Steps.Count()
            <= SlackLimits.Sections;

    public static RoomCard Of(RoomState state, Uri? site)
    {
        var title = $"{state.Severity.Word()} · {Hostile.Line(state.Title, 120)}";
        var blocks = new List<object> { Block.Header(state.IsResolved ? $"Resolved · {title}" : title) };
        if (state.IsResolved)
            blocks.Add(Block.Context($"resolved by {Mrkdwn.Escape(Hostile.Line(state.ResolvedBy, 80))}"));
        var guide = state.Guide;
        foreach (var section in Ordered(guide).Sections)
            blocks.AddRange(Section(state, section, site));
        var step = guide.ToDo.FirstOrDefault();
        var text = $"{title.Replace(" · ", " ", StringComparison.Ordinal)}.";
        if (step is not null && !state.IsResolved)
            text += $" First: {Mrkdwn.Plain(step.Text)}";
        return new RoomCard(
            Block.Cut(Mrkdwn.Escape(state.IsResolved ? $"Resolved by {state.ResolvedBy}: {text}" : text), SlackTelling.Fallback),
            blocks
        );
    }

    /// <summary>What to do before anything else comes before anything else.</summary>
    public static GuideDocument Ordered(GuideDocument guide) =>
        new([.. guide.Sections.OrderBy(section => section is { Heading: GuideSection.First, Steps.Count: > 0 } ? 0 : 1)]);

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

    private static IEnumerable<object> Section(RoomState state, GuideSection section, Uri? site)
    {
        if (section is { Heading: GuideSection.First, Steps.Count: 0 })
            yield break;
        var near = state.At;
        var heading = section.Heading is null ? "" : $"{new string('#', section.Level)} {section.Heading}\n";
        foreach (var text in Block.Sections(heading + section.Text, site, SlackTelling.StatusSections, near))
            yield return text;
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
