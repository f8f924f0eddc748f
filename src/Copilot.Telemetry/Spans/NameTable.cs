namespace Copilot.Telemetry.Spans;

/// <summary>Names (services, operations, pods, peers, messages) as small numbers: a sample repeats few names many times.</summary>
public sealed class NameTable
{
    /// <summary>The number that stands for "no name".</summary>
    public const int None = -1;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public string this[int id] => id < 0 ? "" : _names[id];

    /// <summary>The number of a name; <see cref="None"/> for null and the empty text.</summary>
    public int Add(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return None;
        if (!_ids.TryGetValue(name, out var id))
        {
            id = _names.Count;
            _names.Add(name);
            _ids.Add(name, id);
        }

        return id;
    }

    public int Find(string name) => _ids.GetValueOrDefault(name, None);
}
