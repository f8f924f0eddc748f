using System.Text.Json;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Store.Investigations;

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

    /// <summary>How many there are, and how many of them are open.</summary>
    public Task<(long All, long Open)> CountAsync(CancellationToken cancellationToken) => store.CountAsync(cancellationToken);

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
        new(row) { Answer = row.Answer is null ? null : JsonSerializer.Deserialize<WindowDiagnosis>(row.Answer) };

    private static InvestigationRow RowOf(Investigation investigation) =>
        new(investigation) { Answer = investigation.Answer is null ? null : JsonSerializer.Serialize(investigation.Answer) };
}
