using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>Something of the catalogue that words can name.</summary>
/// <param name="Name">The service, operation, value, team or person; for a key, the key.</param>
internal sealed record LinkTarget(string Name, LinkKind Kind)
{
    public string Key { get; init; } = "";

    public AttributeScope Scope { get; init; }

    public string Type { get; init; } = "string";

    public bool Instrumented { get; init; } = true;

    public long Seen { get; init; }

    public IReadOnlySet<string> Services { get; init; } = EmptySet;

    public IReadOnlySet<string> EntryServices { get; init; } = EmptySet;

    private static readonly HashSet<string> EmptySet = [];
}
