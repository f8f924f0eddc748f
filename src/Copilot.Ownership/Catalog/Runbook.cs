namespace Copilot.Ownership.Catalog;

/// <summary>What to do about one kind of trouble, as its authors wrote it.</summary>
public sealed record Runbook
{
    /// <summary>The path that it was loaded from.</summary>
    public required string Path { get; init; }

    public required string Title { get; init; }

    /// <summary>The services that it is about; empty where it does not say.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<string> Symptoms { get; init; } = [];

    public string? Owner { get; init; }

    public IReadOnlyList<RunbookSection> Sections { get; init; } = [];

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    public RunbookSection? Section(RunbookSectionKind kind) => Sections.FirstOrDefault(section => section.Kind == kind);
}

/// <param name="Text">Markdown, without the heading.</param>
/// <param name="Steps">The items of its lists, as Markdown.</param>
public sealed record RunbookSection(string Heading, RunbookSectionKind Kind, string Text, IReadOnlyList<string> Steps);

/// <summary>What a section is for, told by its heading.</summary>
public enum RunbookSectionKind
{
    Other,
    When,
    Check,
    Act,
    Tell,
}

/// <summary>The runbooks that were handed in.</summary>
public interface IRunbooks
{
    Task<IReadOnlyList<Runbook>> AllAsync(CancellationToken cancellationToken);
}
