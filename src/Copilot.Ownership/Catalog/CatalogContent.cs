namespace Copilot.Ownership.Catalog;

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

/// <summary>One file that tells who owns what, who is on call, or what to do.</summary>
/// <param name="Path">Where it came from; the same path replaces what was there.</param>
public sealed record CatalogFile(string Path, string Content);

/// <summary>What a file is read as; decided by its name and, for JSON, by what it holds.</summary>
public enum CatalogFileKind
{
    Backstage,
    CodeOwners,
    OnCall,
    Runbook,
}

/// <summary>A file cannot be read, with the place where it goes wrong.</summary>
public sealed class CatalogFileException(string message, long? line, long? column) : Exception(message)
{
    /// <summary>1-based.</summary>
    public long? Line { get; } = line;

    /// <summary>1-based.</summary>
    public long? Column { get; } = column;
}

/// <summary>What became of one file. Where it is not accepted, the last good version of the same path stays in use.</summary>
/// <param name="Accepted">True where this content is now in use.</param>
/// <param name="Kind">What it was read as, or null where that could not be told.</param>
/// <param name="Entries">How many entities, rules, shifts or runbooks it holds.</param>
/// <param name="Error">What is wrong with it; of an accepted file, with the first of the entities that are left out.</param>
/// <param name="Line">1-based, where the error has a place.</param>
/// <param name="KeptLastGood">True where an older good version is still in use.</param>
public sealed record CatalogFileOutcome(
    string Path,
    bool Accepted,
    string? Kind,
    int Entries,
    string? Error,
    long? Line,
    long? Column,
    bool KeptLastGood,
    IReadOnlyList<string> Warnings
);
