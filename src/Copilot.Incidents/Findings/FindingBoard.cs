using System.Text.Json;
using Copilot.Incidents.Troubles;
using Copilot.Store.Suggestions;
using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Findings;

/// <summary>All findings: kept in the store, so that a restart neither forgets an open one nor tells it twice.</summary>
public sealed class FindingBoard(SuggestionStore store)
{
    /// <summary>Raised after every change; carries no data, whoever listens reads again.</summary>
    public event Action? Changed;

    public async Task<IReadOnlyList<Finding>> OpenAsync(CancellationToken cancellation) =>
        [.. (await store.OpenAsync(cancellation)).Select(Of)];

    /// <summary>The latest first, those that are over included.</summary>
    public async Task<IReadOnlyList<Finding>> LatestAsync(int most, CancellationToken cancellation) =>
        [.. (await store.LatestAsync(most, cancellation)).Select(Of)];

    public async Task<Finding?> FindAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } row ? Of(row) : null;

    /// <summary>Adds it, or brings what is kept of it up to date.</summary>
    public async Task<Finding> SaveAsync(Finding finding, CancellationToken cancellation)
    {
        await store.SaveAsync(RowOf(finding), cancellation);
        Changed?.Invoke();
        return finding;
    }

    private static Finding Of(SuggestionRow row) => new()
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
        Answer = row.Answer is null ? null : JsonSerializer.Deserialize<Trouble>(row.Answer),
    };

    private static SuggestionRow RowOf(Finding finding) => new()
    {
        Id = finding.Id,
        Source = finding.Source,
        OpenedAt = finding.OpenedAt,
        LastSeenAt = finding.LastSeenAt,
        ClosedAt = finding.ClosedAt,
        From = finding.Window.From,
        To = finding.Window.To,
        Cause = finding.Cause,
        Operation = finding.Operation,
        Kind = finding.Kind,
        Confidence = finding.Confidence,
        Summary = finding.Summary,
        Services = finding.Services,
        TraceIds = finding.TraceIds,
        Answer = finding.Answer is null ? null : JsonSerializer.Serialize(finding.Answer),
    };
}
