namespace Copilot.Agent.Interpretation.Linking;

/// <summary>Words that name something of the catalogue.</summary>
/// <param name="Start">First token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Targets">What they may name, best first, all of one kind and of nearly the same quality.</param>
/// <param name="Quality">1 for the exact name, less for a plural, a part, an abbreviation, a typing slip.</param>
internal sealed record Link(int Start, int End, LinkKind Kind, IReadOnlyList<LinkTarget> Targets, double Quality)
{
    public int Length => End - Start;
}
