using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Proposals;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Record;

/// <summary>What the watch or an alert had found of an incident's trouble before somebody opened it: the timeline begins with that, and the
/// time to detect is told by it.</summary>
internal static class Detection
{
    public static IEnumerable<IncidentEventRow> Of(string incidentId, IncidentProposal proposal, IEnumerable<Investigation> open)
    {
        var services = proposal.Services().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return open.Where(found =>
                found.Window.From < proposal.To && found.LastSeenAt > proposal.From && found.Services.Any(services.Contains)
            )
            .OrderBy(found => found.OpenedAt)
            .Take(NewsThresholds.MostAtOnce)
            .Select(found => new IncidentEventRow
            {
                IncidentId = incidentId,
                At = found.OpenedAt,
                Kind = IncidentEventKind.Finding,
                Actor = ActorOf(found),
                Text = Hostile.Line(found.Summary, 500),
            });
    }

    /// <summary>Names the finding too, so that it is told once.</summary>
    public static string ActorOf(Investigation found) => $"{found.Source} {found.Id}";

    /// <summary>When somebody or something first knew.</summary>
    public static DateTimeOffset At(Incident incident) =>
        incident.Timeline.Where(line => line.Kind == IncidentEventKind.Finding).Select(line => line.At).Append(incident.CreatedAt).Min();
}
