namespace Copilot.Language.Linking;

/// <summary>
/// A map whose copy costs a thousand references and shares the rest: what is written after copying is written to a part of its own.
/// So a snapshot that is in use stays as it is while the next one is made of it, for the price of what is new.
/// </summary>
internal sealed class SharedMap<TKey, TValue>
    where TKey : notnull
{
    /// <summary>A power of two. With a hundred thousand entries a write copies a hundred of them.</summary>
    private const int Parts = 1024;

    private readonly IEqualityComparer<TKey> _comparer;
    private readonly Dictionary<TKey, TValue>?[] _parts;
    private readonly bool[] _own;

    public SharedMap(IEqualityComparer<TKey>? comparer = null)
        : this(comparer ?? EqualityComparer<TKey>.Default, new Dictionary<TKey, TValue>?[Parts], new bool[Parts]) { }

    private SharedMap(IEqualityComparer<TKey> comparer, Dictionary<TKey, TValue>?[] parts, bool[] own) =>
        (_comparer, _parts, _own) = (comparer, parts, own);

    public IEnumerable<TValue> Values => _parts.Where(static part => part is not null).SelectMany(static part => part!.Values);

    /// <summary>The original must not be written to any more.</summary>
    public SharedMap<TKey, TValue> Copy() => new(_comparer, [.. _parts], new bool[Parts]);

    public bool TryGetValue(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        return _parts[PartOf(key)] is { } part && part.TryGetValue(key, out value);
    }

    public TValue? GetValueOrDefault(TKey key) => TryGetValue(key, out var value) ? value : default;

    public void Set(TKey key, TValue value) => Written(PartOf(key))[key] = value;

    public void Remove(TKey key)
    {
        if (TryGetValue(key, out _))
            Written(PartOf(key)).Remove(key);
    }

    private Dictionary<TKey, TValue> Written(int at)
    {
        if (!_own[at])
        {
            _parts[at] = _parts[at] is { } shared
                ? new Dictionary<TKey, TValue>(shared, _comparer)
                : new Dictionary<TKey, TValue>(_comparer);
            _own[at] = true;
        }

        return _parts[at]!;
    }

    // The lower bits of some hashes (small numbers, tuples) are alike: all are mixed in.
    private int PartOf(TKey key) => (int)((uint)_comparer.GetHashCode(key) * 2654435769u >> 22);
}

/// <summary>Writing to lists that are kept by key: an array is never changed, since an earlier snapshot may hold it.</summary>
internal static class SharedMapLists
{
    public static void Add<TKey, TValue>(this SharedMap<TKey, TValue[]> map, TKey key, TValue value)
        where TKey : notnull => map.Set(key, map.TryGetValue(key, out var known) ? [.. known, value] : [value]);
}
