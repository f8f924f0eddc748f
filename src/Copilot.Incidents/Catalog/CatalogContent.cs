using Copilot.Incidents.Runbooks;

namespace Copilot.Incidents.Catalog;

/// <summary>What one file says, read.</summary>
public sealed record CatalogContent
{
    public required string Path { get; init; }

    public required CatalogFileKind Kind { get; init; }

    public IReadOnlyList<CatalogEntity> Entities { get; init; } = [];

    public IReadOnlyList<CodeOwnersRule> Rules { get; init; } = [];

    public IReadOnlyList<OnCallShift> Shifts { get; init; } = [];

    public Runbook? Runbook { get; init; }

    /// <summary>When it was last known to be so; null where it was not stored.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Entities that cannot be read; the others can.</summary>
    public IReadOnlyList<CatalogFileException> Broken { get; init; } = [];

    /// <summary>What was passed over, and why.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public int Entries => Entities.Count + Rules.Count + Shifts.Count + (Runbook is null ? 0 : 1);
}
