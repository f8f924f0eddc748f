namespace Copilot.Analysis.Places.Traits;

/// <summary>A value of an attribute that some requests have and others do not.</summary>
/// <param name="Level"><c>resource</c> or <c>span</c>.</param>
/// <param name="Key">The attribute.</param>
/// <param name="Value">Its value.</param>
internal sealed record Trait(string Level, string Key, string Value)
{
    // Traits are counted by the ten thousand; their texts are gone through once.
    private readonly int _hash = HashCode.Combine(Level, Key, Value);

    public const string OfResource = "resource";

    public const string OfSpan = "span";

    public string Condition => $"{Key} = {Value}";

    public bool Equals(Trait? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Level == other.Level && Key == other.Key && Value == other.Value);

    public override int GetHashCode() => _hash;
}
