namespace Copilot.Models.Facts;

/// <summary>One row, item or object of a result: figures and times that stand together, and the names that say whose they are.</summary>
internal sealed class FactEntry
{
    private readonly Dictionary<string, HashSet<string>> _names;

    public FactEntry(FactEntry? around = null)
    {
        _names =
            around?._names.ToDictionary(
                names => names.Key,
                names => new HashSet<string>(names.Value, StringComparer.OrdinalIgnoreCase),
                StringComparer.Ordinal
            ) ?? new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        Around = around;
        (Now, Before) = (around?.Now, around?.Before);
        IsOfMany = around?.IsOfMany ?? false;
    }

    /// <summary>What it stands in.</summary>
    public FactEntry? Around { get; }

    public List<Fact> Facts { get; } = [];

    public List<FactTime> Times { get; } = [];

    /// <summary>The list that it is an item of, and which one, from 0; null for what stands alone.</summary>
    public FactList? List { get; set; }

    public int Rank { get; set; }

    /// <summary>The window that its figures are of, and the one they are compared with.</summary>
    public Stretch? Now { get; set; }

    public Stretch? Before { get; set; }

    /// <summary>"ongoing" of a period; null where nothing is said.</summary>
    public bool? Ongoing { get; set; }

    /// <summary>Of a person, whether he is on call; null where nothing is said.</summary>
    public bool? OnCall { get; set; }

    /// <summary>"clearlyWorse" of a service; null where nothing is said.</summary>
    public bool? IsWorse { get; set; }

    /// <summary>Its figures are of several services together: of one alone they say nothing.</summary>
    public bool IsOfMany { get; set; }

    /// <summary>Kinds of names that it has.</summary>
    public IEnumerable<string> Kinds => _names.Keys;

    public IReadOnlyCollection<string> Names(string kind) => _names.TryGetValue(kind, out var names) ? names : [];

    public bool HasKind(string kind) => _names.ContainsKey(kind);

    public bool Has(string kind, string name) => _names.TryGetValue(kind, out var names) && names.Contains(name);

    public void Name(string kind, string name)
    {
        if (!_names.TryGetValue(kind, out var names))
            _names[kind] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        names.Add(name);
    }

    /// <summary>Names of its own take the place of those around it.</summary>
    public void NameAnew(string kind, IEnumerable<string> names)
    {
        _names[kind] = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        if (kind == NameKinds.Service)
            IsOfMany = false;
    }
}

/// <summary>From when to when.</summary>
internal sealed record Stretch(DateTimeOffset From, DateTimeOffset To);

/// <summary>A list of a result: its items in their order.</summary>
/// <param name="Name">As the result calls it.</param>
internal sealed record FactList(string Name)
{
    public List<FactEntry> Entries { get; } = [];

    /// <summary>All items are there.</summary>
    public bool IsWhole { get; set; } = true;
}

/// <summary>Kinds of names: those of <see cref="Audit.KnownAs"/>, and the values of each attribute.</summary>
internal static class NameKinds
{
    public const string Service = "service";
    public const string Operation = "operation";
    public const string Id = "id";
    public const string Team = "team";
    public const string Person = "person";
    public const string Version = "version";
    public const string Document = "document";
    public const string Role = "role";
    private const string Values = "=";

    public static string ValueOf(string attribute) => Values + attribute;

    public static bool IsValue(string kind) => kind.StartsWith(Values, StringComparison.Ordinal);

    public static string AttributeOf(string kind) => kind[Values.Length..];
}
