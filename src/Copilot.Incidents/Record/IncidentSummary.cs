using System.Globalization;
using System.Text;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Record;

public sealed record IncidentSummary(
    string Id,
    int Number,
    IncidentState State,
    string Title,
    IncidentSeverity Severity,
    string Channel,
    IReadOnlyList<string> Causes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ResolvedAt
);

/// <summary>What is said of an incident at its end: the times that count, and a draft to learn from.</summary>
public static class IncidentSummaryText
{
    /// <summary>Times to detect, engage and restore, for the room.</summary>
    public static string OnResolve(Incident incident)
    {
        var text = new StringBuilder("**Resolved** by ").Append(Hostile.Code(incident.ResolvedBy)).Append(".\n\n");
        foreach (var (name, duration) in Times(incident))
            text.Append(CultureInfo.InvariantCulture, $"- time to {name}: {Lasted(duration)}\n");
        return text.ToString();
    }

    public static string OnReopen(string by) => $"**Reopened** by {Hostile.Code(by)}: it was not over.";

    /// <summary>A post-mortem's first draft, from the record alone.</summary>
    /// <param name="recovery">What was done and how the services were at the end; null where nobody measured.</param>
    public static string PostMortem(Incident incident, RecoveryState? recovery = null)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Post-mortem: {Hostile.Markdown(incident.Title)}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Incident {incident.Number}, {incident.Severity.Word()}, state {incident.State.Word()}.\n\n"
        );
        foreach (var (name, duration) in Times(incident))
            text.Append(CultureInfo.InvariantCulture, $"- time to {name}: {Lasted(duration)}\n");
        text.Append("\n## Impact\n\n")
            .Append(
                incident.Proposal.Affected.Count == 0
                    ? "None recorded.\n"
                    : string.Concat(incident.Proposal.Affected.Select(service => $"- {Impact(service, recovery)}\n"))
            );
        text.Append("\n## Cause\n\n")
            .Append(
                incident.Proposal.Causes.Count == 0
                    ? "Not known.\n"
                    : string.Concat(
                        incident.Proposal.Causes.Select(cause => $"- {Hostile.Code(cause.Service)}: {Hostile.Markdown(cause.Why)}\n")
                    )
            );
        text.Append("\n## Timeline\n\n");
        var lines = incident
            .Timeline.Select(line =>
                (line.At, Text: $"{Hostile.Markdown(line.Actor, 80)}: {Hostile.Markdown(line.Text, Resolution.LongestFix)}")
            )
            .Concat(Changes(incident, recovery).Select(change => (change.At, Text: $"change: {Hostile.Markdown(change.What)}")))
            .Append((At: incident.Proposal.From, Text: "trouble begins"))
            .OrderBy(line => line.At);
        foreach (var (at, told) in lines)
            text.Append(CultureInfo.InvariantCulture, $"- {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {told}\n");
        text.Append("\n## People\n\n");
        foreach (var invitee in incident.Invitees)
        {
            var outcome = invitee.Outcome == InviteOutcome.Listed ? "not notified" : invitee.Outcome.Word().Replace('_', ' ');
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {Hostile.Markdown(invitee.Name)} ({Hostile.Markdown(invitee.Team)}): {outcome}\n"
            );
        }

        text.Append("\n## What went well, what did not, what we change\n\n(to be written by the people)\n");
        return text.ToString();
    }

    /// <summary>What was changed meanwhile, the cause's own change included: the timeline holds only what people did here.</summary>
    public static IEnumerable<RecoveryAct> Changes(Incident incident, RecoveryState? recovery) =>
        incident
            .Proposal.Causes.Select(cause => cause.Change)
            .OfType<Change>()
            .Select(change => new RecoveryAct(change.Time, $"{change.Service}: {change.Summary}"))
            .Concat(recovery?.Acts.Where(act => act.IsChange) ?? [])
            .Distinct();

    private static string Impact(ServiceImpact service, RecoveryState? recovery)
    {
        var text = new StringBuilder(Hostile.Code(service.Service));
        text.Append(CultureInfo.InvariantCulture, $": {Quantity.Count(service.Requests)} requests, ")
            .Append(
                CultureInfo.InvariantCulture,
                $"{Quantity.Percent(service.ErrorRate)} failed (baseline {Quantity.Percent(service.ErrorRateBefore)}), "
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"p95 {Quantity.Duration(service.P95Ms)} (baseline {Quantity.Duration(service.P95MsBefore)})"
            );
        if (recovery?.Services.FirstOrDefault(now => now.Service.Equals(service.Service, StringComparison.OrdinalIgnoreCase)) is { } end)
            text.Append(
                CultureInfo.InvariantCulture,
                $"; at the end {Quantity.Percent(end.ErrorRate)} failed, p95 {Quantity.Duration(end.P95Ms)}"
            );
        return text.ToString();
    }

    /// <summary>From the start of the trouble, as far as the record tells. Negative times, as historic data gives, are left out.</summary>
    public static IEnumerable<(string Name, TimeSpan Duration)> Times(Incident incident)
    {
        var engaged = incident
            .Timeline.Where(line => line.Kind is IncidentEventKind.Note or IncidentEventKind.Tick)
            .Select(line => (DateTimeOffset?)line.At)
            .FirstOrDefault();
        var times = new (string Name, TimeSpan? Duration)[]
        {
            ("detect", Detection.At(incident) - incident.Proposal.From),
            ("engage", engaged - incident.CreatedAt),
            ("restore", incident.ResolvedAt - incident.Proposal.From),
        };
        return times.Where(time => time.Duration >= TimeSpan.Zero).Select(time => (time.Name, time.Duration!.Value));
    }

    public static string Lasted(TimeSpan duration) =>
        duration < TimeSpan.FromMinutes(1) ? FormattableString.Invariant($"{duration.TotalSeconds:0} s")
        : duration < TimeSpan.FromHours(2) ? FormattableString.Invariant($"{duration.TotalMinutes:0} min")
        : FormattableString.Invariant($"{duration.TotalHours:0.#} h");
}

/// <summary>A past incident that looks like another.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Why">What they have in common, in words.</param>
/// <param name="Restored">How long it took to restore; null where it is still open.</param>
public sealed record SimilarIncident(string Id, int Number, string Title, DateTimeOffset At, double Score, string Why, TimeSpan? Restored);
