using Copilot.Access.Audit;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;

namespace Copilot.Web.SignIn;

/// <summary>Writes to the audit log who does what to incidents, whatever surface it comes from; what cannot be recorded is not
/// done.</summary>
internal sealed class RecordedIncidents(IIncidents inner, AuditLog audit) : IIncidents
{
    public async Task<Incident> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        await RecordAsync("incident.confirm", confirmation.ProposalId, confirmation.By, cancellationToken);
        return await inner.ConfirmAsync(confirmation, cancellationToken);
    }

    public Task<Incident?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<Incident?> FindByRoomAsync(string room, string roomId, CancellationToken cancellationToken) =>
        inner.FindByRoomAsync(room, roomId, cancellationToken);

    public Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public async Task<bool> NoteAsync(string id, string by, string text, CancellationToken cancellationToken)
    {
        await RecordAsync("incident.note", id, by, cancellationToken);
        return await inner.NoteAsync(id, by, text, cancellationToken);
    }

    public async Task<bool> TickAsync(string id, int step, bool done, string by, CancellationToken cancellationToken)
    {
        await RecordAsync(done ? "incident.tick" : "incident.untick", $"{id} step {step}", by, cancellationToken);
        return await inner.TickAsync(id, step, done, by, cancellationToken);
    }

    public async Task<Incident?> RetryAsync(string id, string room, RoomOrigin? by, CancellationToken cancellationToken)
    {
        await RecordAsync("incident.retry", $"{id} in {room}", by?.User ?? "somebody", cancellationToken);
        return await inner.RetryAsync(id, room, by, cancellationToken);
    }

    public async Task<Incident?> ResolveAsync(string id, Resolution resolution, CancellationToken cancellationToken)
    {
        await RecordAsync("incident.resolve", id, resolution.By, cancellationToken);
        return await inner.ResolveAsync(id, resolution, cancellationToken);
    }

    public async Task<Incident?> ReopenAsync(string id, string by, CancellationToken cancellationToken)
    {
        await RecordAsync("incident.reopen", id, by, cancellationToken);
        return await inner.ReopenAsync(id, by, cancellationToken);
    }

    public async Task<bool> RateAsync(string id, IncidentSeverity severity, string by, CancellationToken cancellationToken)
    {
        await RecordAsync("incident.rate", $"{id} as {severity}", by, cancellationToken);
        return await inner.RateAsync(id, severity, by, cancellationToken);
    }

    private Task RecordAsync(string action, string target, string by, CancellationToken cancellationToken) =>
        audit.RecordAsync(Recording.By(by, action, target), cancellationToken);
}
