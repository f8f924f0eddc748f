using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>Span names by what people write: the whole name, method and path, the path alone, a concrete path, the last word.</summary>
internal sealed class OperationIndex
{
    private static readonly HashSet<string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "HEAD",
        "OPTIONS",
    };

    private readonly NameIndex _names = new();
    private readonly Dictionary<string, List<LinkTarget>> _nouns = new(StringComparer.Ordinal);
    private readonly List<(string? Method, string[] Path, LinkTarget Target)> _paths = [];

    public OperationIndex(KnownNames catalogue)
    {
        foreach (var group in catalogue.Operations.GroupBy(o => o.Name, StringComparer.Ordinal))
        {
            var entry = group.Where(o => o.Entry).Select(o => o.Service).ToHashSet(StringComparer.Ordinal);
            var target = new LinkTarget(group.Key, LinkKind.Operation)
            {
                Services = group.Select(o => o.Service).ToHashSet(StringComparer.Ordinal),
                EntryServices = entry,
            };
            Add(group.Key, target, entry.Count > 0);
        }
    }

    public static bool IsMethod(string word) => Methods.Contains(word);

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string joined) => _names.Find(joined);

    /// <summary>Operations whose path the word ends: "quotes" for "POST /quote".</summary>
    public IReadOnlyList<LinkTarget> ByNoun(string stem) => _nouns.TryGetValue(stem, out var found) ? found : [];

    /// <summary>Operations with a path, or of which a concrete path is an example.</summary>
    public IReadOnlyList<LinkTarget> ByPath(string? method, string path)
    {
        var parts = Split(path);
        var same = _paths
            .Where(p => (method is null || p.Method is null || string.Equals(p.Method, method, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var exact = same.Where(p => p.Path.SequenceEqual(parts, StringComparer.OrdinalIgnoreCase)).Select(p => p.Target).ToList();
        if (exact.Count > 0)
            return exact;
        return
        [
            .. same.Where(p =>
                    p.Path.Length == parts.Length
                    && p.Path.Zip(parts).All(z => IsSlot(z.First) || string.Equals(z.First, z.Second, StringComparison.OrdinalIgnoreCase))
                )
                .Select(p => p.Target),
        ];
    }

    private static bool IsSlot(string part) => part.Length > 0 && part[0] is ':' or '{' or '<' or '*' or '$';

    private static string[] Split(string path) => path.Trim('/').Split('/');

    private void Add(string name, LinkTarget target, bool entry)
    {
        var parts = NameParts.Of(name);
        if (parts.Count == 0)
            return;
        var telling = parts.Count > 1 || parts[0].Length > 5 && !IsMethod(parts[0]);
        if (telling)
            _names.Add(NameParts.Joined(parts), target, entry ? 1 : 0.9);
        if (!entry)
            return;
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        var method = space > 0 && IsMethod(name[..space]) ? name[..space] : null;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash == 0 || method is not null && slash == space + 1)
        {
            var path = Split(name[slash..]);
            _paths.Add((method, path, target));
            if (path.LastOrDefault(p => !IsSlot(p) && p.Length > 2) is { } last)
                Noun(last, target);
            return;
        }

        // "shop.CartService/GetCart", "process orders", "CheckoutController.place"
        var tail = name[(name.LastIndexOfAny(['/', '.']) + 1)..];
        var tailParts = NameParts.Of(tail);
        if (tail.Length < name.Length && tailParts.Count > 0 && NameParts.Joined(tailParts).Length > 3)
            _names.Add(NameParts.Joined(tailParts), target, 0.95);
        // "Rates/Lookup" of "freight.rates.v1.Rates/Lookup"
        if (slash > 0 && name.LastIndexOf('.', slash) is > 0 and var dot)
            _names.Add(NameParts.Joined(NameParts.Of(name[(dot + 1)..])), target, 0.98);
        // "process orders" is called "orders", too.
        if (space > 0 && method is null && parts.Count > 1)
            _names.Add(NameParts.Joined(parts.Skip(1)), target, 0.72);
        foreach (var part in tailParts.Where(p => p.Length > 3))
            Noun(part, target);
    }

    private void Noun(string word, LinkTarget target)
    {
        foreach (var part in NameParts.Of(word).TakeLast(1))
        {
            var stem = WordStem.Of(part);
            if (!_nouns.TryGetValue(stem, out var list))
                _nouns[stem] = list = [];
            if (!list.Contains(target))
                list.Add(target);
        }
    }
}
