using System.Collections;

namespace Copilot.Language.Linking;

/// <summary>A list that is added to by making a longer one, which shares what both have; the shorter one stays as it is.</summary>
internal sealed class GrownList<T> : IReadOnlyList<T>
{
    private readonly Room _room;

    private GrownList(Room room, int count) => (_room, Count) = (room, count);

    public int Count { get; }

    public T this[int index] => index < Count ? _room.Items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public static GrownList<T> Of(IReadOnlyList<T> items) =>
        items as GrownList<T> ?? new GrownList<T>(new Room([.. items], items.Count), items.Count);

    public GrownList<T> With(IReadOnlyCollection<T> added)
    {
        if (added.Count == 0)
            return this;
        var longer = Count + added.Count;
        var room = _room;
        // Only one may use the room behind the list; whoever else makes a longer list of it gets room of its own.
        if (longer > room.Items.Length || Interlocked.CompareExchange(ref room.Used, longer, Count) != Count)
        {
            room = new Room(new T[longer + (longer / 4) + 4], longer);
            Array.Copy(_room.Items, room.Items, Count);
        }

        var at = Count;
        foreach (var item in added)
            room.Items[at++] = item;
        return new GrownList<T>(room, longer);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _room.Items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Room(T[] items, int used)
    {
        public readonly T[] Items = items;
        public int Used = used;
    }
}
