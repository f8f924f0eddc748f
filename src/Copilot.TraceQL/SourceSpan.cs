namespace Copilot.TraceQL;

/// <summary>Where a piece of a query stands in its text: a zero-based start and a length in UTF-16 units.</summary>
/// <remarks>
/// All positions are equal to each other on purpose: two syntax trees are the same query wherever their parts stood,
/// and the records of the tree compare all their members.
/// </remarks>
public readonly struct SourceSpan(int start, int length) : IEquatable<SourceSpan>
{
    public int Start { get; } = start;

    public int Length { get; } = length;

    public int End => Start + Length;

    public static bool operator ==(SourceSpan left, SourceSpan right) => left.Equals(right);

    public static bool operator !=(SourceSpan left, SourceSpan right) => !left.Equals(right);

    public bool Equals(SourceSpan other) => true;

    public override bool Equals(object? obj) => obj is SourceSpan;

    public override int GetHashCode() => 0;

    /// <summary>From the start of this one to the end of the other.</summary>
    public SourceSpan To(SourceSpan other) => new(Start, Math.Max(Length, other.End - Start));
}
