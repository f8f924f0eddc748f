using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Proposals;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>
/// A trouble as somebody reads it who was woken by it: how it stands, why, what to do first and who comes, each in a line.
/// </summary>
/// <param name="Lasts">Null where it cannot be told.</param>
internal sealed record TroubleHead(IncidentProposal Proposal, DateTimeOffset From, DateTimeOffset? To, bool? Lasts)
{
    private ProposedCause? Cause => Proposal.Causes is [var first, ..] ? first : null;

    /// <summary>Whose figure is told: the cause's, else that of whom it harms most.</summary>
    private ServiceImpact? Worst =>
        Proposal.Affected.FirstOrDefault(service => service.Service == Cause?.Service)
        ?? (Proposal.Affected is [var worst, ..] ? worst : null);

    private string Subject => Worst?.Service ?? Cause?.Service ?? Proposal.Title;

    private GuideStep? Step => Proposal.Guide.ToDo.FirstOrDefault();

    /// <summary>State, figure, cause, first step and who, short enough for the screen of a locked phone.</summary>
    public string Notification()
    {
        var parts = new List<string>
        {
            $"{Hostile.Line(Subject, 30)} {Verb()}{(Worst is null ? "" : " " + Figure(Worst, isShort: true))}{Since()}",
        };
        if (Cause is { Change: { } change })
            parts.Add(Hostile.Line($"{change.Kind} {change.Version ?? change.Service}", 24));
        else if (Cause is { } cause)
            parts.Add($"cause: {Hostile.Line(cause.Service == Subject ? cause.Operation ?? cause.Service : cause.Service, 24)}");
        else
            parts.Add("no single cause");
        if (Lasts != false && Step is { } step)
            parts.Add(Block.Cut(ShortStep(step), 44));
        if (Proposal.Invitees is [var first, ..])
            parts.Add(Hostile.Line(first.Name, 24));
        return string.Join("; ", parts);
    }

    /// <summary>As Markdown, a line each.</summary>
    public string Markdown()
    {
        var lines = new List<string> { State() };
        lines.Add($"**Why:** {Why()}");
        if (Lasts != false && Step is { } step)
            lines.Add($"**First:** {step.Text}{(step.Command is null ? "" : $" {Hostile.Code(step.Command, 400)}")}");
        lines.Add($"**Who:** {Who()}");
        var others = Proposal.Affected.Where(service => service != Worst).ToArray();
        if (others.Length > 0)
            lines.Add(
                "**Also hit:** "
                    + string.Join(
                        ", ",
                        others
                            .Take(SlackTelling.Affected)
                            .Select(service => $"{Hostile.Code(service.Service, 60)} {Figure(service, isShort: true)}")
                    )
                    + (others.Length > SlackTelling.Affected ? $" and {others.Length - SlackTelling.Affected} more" : "")
            );
        if (Proposal.TraceIds.Count > 0)
            lines.Add(
                $"**{(IsFailing(Worst) ? "Failing" : "Slow")} traces:** "
                    + string.Join(", ", Proposal.TraceIds.Take(SlackTelling.Traces).Select(id => $"[{id}](/trace/{id})"))
            );
        return string.Join('\n', lines);
    }

    private string State()
    {
        var state = $"**{Hostile.Code(Subject, 80)} {Verb()}**";
        if (Worst is { } worst)
            state += $" · {Figure(worst, isShort: false)}";
        return state
            + (
                Lasts switch
                {
                    true => $" · since {Utc(From)} · **still going on**",
                    false when To is { } end => $" · from {Utc(From)} to {Utc(end)} · **over**",
                    false => $" · since {Utc(From)}",
                    null => $" · since {Utc(From)} · whether it is over cannot be told yet",
                }
            );
    }

    private string Why()
    {
        if (Cause is not { } cause)
            return "no single cause stands out.";
        var where = $"{Hostile.Code(cause.Service, 80)}{(cause.Operation is null ? "" : $" {Hostile.Code(cause.Operation, 80)}")}";
        if (cause.Change is not { } change)
            return $"{where}: {Hostile.Markdown(cause.Why, SlackTelling.Why)}";
        var reason = string.Join(
            ". ",
            cause.Why.Split(". ").Where(sentence => !sentence.Contains(change.Summary, StringComparison.Ordinal))
        );
        return $"{Hostile.Markdown(change.Kind, 40)} {Hostile.Code(change.Summary, 120)} at {Utc(change.Time)}"
            + (change.Author is null ? "" : $" by {Hostile.Code(change.Author, 80)}")
            + $". {where}: {Hostile.Markdown(reason, SlackTelling.Why)}";
    }

    private string Who()
    {
        if (Proposal.Invitees is not [var first, ..])
            return "nobody is known who owns it.";
        var others = Proposal.Invitees.Skip(1).ToArray();
        var also = others
            .Take(SlackTelling.People)
            .Select(person => $"{Hostile.Markdown(person.Name, 80)} ({Hostile.Markdown(person.Team, 60)})");
        return $"**{Hostile.Markdown(first.Name, 80)}** ({Hostile.Markdown(first.Team, 60)}): {Hostile.Markdown(first.Why, 160)}"
            + (others.Length > 0 ? $" · also {string.Join(", ", also)}" : "")
            + (others.Length > SlackTelling.People ? $" and {others.Length - SlackTelling.People} more" : "");
    }

    private string Verb() =>
        (IsFailing(Worst), Lasts) switch
        {
            (true, not false) => "is failing",
            (true, false) => "failed",
            (false, not false) => "is slow",
            (false, false) => "was slow",
        };

    // What was kept of a proposal says by its checks whether errors or durations made a service count as affected.
    private bool IsFailing(ServiceImpact? service) =>
        service is null
            ? Cause?.Kind is null or Telemetry.Records.CauseKind.Errors or Telemetry.Records.CauseKind.Change
            : Proposal.Checks.Any(check => check.Service == service.Service && check.Measure == RecoveryMeasure.ErrorRate)
                || !Proposal.Checks.Any(check => check.Service == service.Service);

    private string Figure(ServiceImpact service, bool isShort) =>
        IsFailing(service)
            ? Quantity.Percent(service.ErrorRate) + (isShort ? "" : $" of its requests, before {Quantity.Percent(service.ErrorRateBefore)}")
            : $"p95 {Quantity.Duration(service.P95Ms)}{(isShort ? "" : $", before {Quantity.Duration(service.P95MsBefore)}")}";

    private string Since() =>
        Lasts == false && To is { } end
            ? FormattableString.Invariant($" until {end.UtcDateTime:HH:mm} UTC, over")
            : FormattableString.Invariant($" since {From.UtcDateTime:HH:mm} UTC");

    // Without what stands in brackets: when it was deployed says nothing that is not said already.
    private static string ShortStep(GuideStep step)
    {
        var text = Mrkdwn.Plain(step.Text);
        var bracket = text.IndexOf(" (", StringComparison.Ordinal);
        return (bracket > 0 ? text[..bracket] : text).TrimEnd('.');
    }

    private static string Utc(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:HH:mm:ss} UTC");
}
