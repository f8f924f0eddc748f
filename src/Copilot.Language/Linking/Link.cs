using Copilot.Language.Lexicon;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Linking;

/// <summary>Words that name something of the catalogue.</summary>
/// <param name="Start">First token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Targets">What they may name, best first, all of one kind and of nearly the same quality.</param>
/// <param name="Quality">1 for the exact name, less for a plural, a part, an abbreviation, a typing slip.</param>
internal sealed record Link(int Start, int End, LinkKind Kind, IReadOnlyList<LinkTarget> Targets, double Quality)
{
    public int Length => End - Start;
}

internal enum LinkKind
{
    Service,
    Operation,
    Key,
    Value,
    Team,
    Person,
    Metric,
}

/// <summary>Something of the catalogue that words can name.</summary>
/// <param name="Name">The service, operation, value, team or person; for a key, the key.</param>
internal sealed record LinkTarget(string Name, LinkKind Kind)
{
    public string Key { get; init; } = "";

    public AttributeScope Scope { get; init; } = AttributeScope.Span;

    public string Type { get; init; } = "string";

    public bool Instrumented { get; init; } = true;

    public long Seen { get; init; }

    public IReadOnlySet<string> Services { get; init; } = EmptySet;

    public IReadOnlySet<string> EntryServices { get; init; } = EmptySet;

    private static readonly HashSet<string> EmptySet = [];
}

/// <summary>Words that mean a concept.</summary>
/// <param name="Concept">What they mean most often.</param>
internal sealed record ConceptMark(int Start, int End, Concept Concept)
{
    /// <summary>All that they may mean.</summary>
    public IReadOnlyList<Concept> Senses { get; init; } = [Concept];
}
