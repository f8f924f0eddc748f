using System.Text.Json;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Store.Investigations;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Investigations;

/// <summary>All findings: kept in the store, so that a restart neither forgets an open one nor tells it twice.</summary>
public sealed class InvestigationRepository(InvestigationStore store)
{
    /// <summary>Raised after every change; carries no data, whoever listens reads again.</summary>
    public event Action? Changed;

    public async Task<IReadOnlyList<Investigation>> OpenAsync(CancellationToken cancellationToken) =>
        [.. (await store.OpenAsync(cancellationToken)).Select(Of)];

    /// <summary>The latest first, those that are over included.</summary>
    public async Task<IReadOnlyList<Investigation>> LatestAsync(int most, CancellationToken cancellationToken) =>
        [.. (await store.LatestAsync(most, cancellationToken)).Select(Of)];

    public async Task<Investigation?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } row ? Of(row) : null;

    /// <summary>Adds it, or brings what is kept of it up to date.</summary>
    public async Task<Investigation> SaveAsync(Investigation investigation, CancellationToken cancellationToken)
    {
        await store.SaveAsync(RowOf(investigation), cancellationToken);
        Changed?.Invoke();
        return investigation;
    }

    private static Investigation Of(InvestigationRow row) =>
        new()
        {
            Id = row.Id,
            Source = row.Source,
            OpenedAt = row.OpenedAt,
            LastSeenAt = row.LastSeenAt,
            ClosedAt = row.ClosedAt,
            Window = new TimeWindow(row.From, row.To),
            Cause = row.Cause,
            Operation = row.Operation,
            Kind = row.Kind,
            Confidence = row.Confidence,
            Summary = row.Summary,
            Services = row.Services,
            TraceIds = row.TraceIds,
            Answer = row.Answer is null ? null : JsonSerializer.Deserialize<WindowDiagnosis>(row.Answer),
        };

    private static InvestigationRow RowOf(Investigation investigation) =>
        new()
        {
            Id = investigation.Id,
            Source = investigation.Source,
            OpenedAt = investigation.OpenedAt,
            LastSeenAt = investigation.LastSeenAt,
            ClosedAt = investigation.ClosedAt,
            From = investigation.Window.From,
            To = investigation.Window.To,
            Cause = investigation.Cause,
            Operation = investigation.Operation,
            Kind = investigation.Kind,
            Confidence = investigation.Confidence,
            Summary = investigation.Summary,
            Services = investigation.Services,
            TraceIds = investigation.TraceIds,
            Answer = investigation.Answer is null ? null : JsonSerializer.Serialize(investigation.Answer),
        };
}
