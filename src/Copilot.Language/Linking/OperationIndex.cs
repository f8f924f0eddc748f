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

    /// <summary>Longer paths are compared one by one: a path of so many parts may be an example of 2 to this power of templates.</summary>
    private const int MostParts = 8;

    private readonly LinkTargets _targets;
    private readonly NameIndex _names;
    private readonly SharedMap<string, Group> _groups;
    private readonly SharedMap<string, int[]> _nouns;

    /// <summary>Paths by their whole text, by their text with a star for each part that stands for a value, and by their number of
    /// parts where these are many.</summary>
    private readonly SharedMap<string, Template[]> _paths;

    public OperationIndex(IReadOnlyList<KnownOperation> operations)
    {
        _targets = new LinkTargets();
        _names = new NameIndex(_targets);
        _groups = new SharedMap<string, Group>(StringComparer.Ordinal);
        _nouns = new SharedMap<string, int[]>(StringComparer.Ordinal);
        _paths = new SharedMap<string, Template[]>(StringComparer.OrdinalIgnoreCase);
        Take(operations);
    }

    private OperationIndex(OperationIndex before)
    {
        _targets = before._targets.Copy();
        _names = before._names.Copy(_targets);
        _groups = before._groups.Copy();
        _nouns = before._nouns.Copy();
        _paths = before._paths.Copy();
    }

    public OperationIndex With(IReadOnlyList<KnownOperation> changed)
    {
        var next = new OperationIndex(this);
        next.Take(changed);
        return next;
    }

    public static bool IsMethod(string word) => Methods.Contains(word);

    /// <summary>What is known of the same operation of the same service.</summary>
    public KnownOperation? Find(KnownOperation operation) =>
        _groups.GetValueOrDefault(operation.Name)?.Seen.FirstOrDefault(o => o.Service == operation.Service);

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string joined) => _names.Find(joined);

    /// <summary>Operations whose path the word ends: "quotes" for "POST /quote".</summary>
    public IReadOnlyList<LinkTarget> ByNoun(string stem) => _targets.All(_nouns.GetValueOrDefault(stem));

    /// <summary>What a service is asked for.</summary>
    public IEnumerable<LinkTarget> EntriesOf(string service) =>
        _groups
            .Values.Where(group => Array.Exists(group.Seen, o => o.Entry && o.Service == service))
            .OrderBy(group => group.Number)
            .Select(group => _targets[group.Number])
            .OfType<LinkTarget>();

    /// <summary>Operations with a path, or of which a concrete path is an example.</summary>
    public IReadOnlyList<LinkTarget> ByPath(string? method, string path)
    {
        var parts = Split(path);
        var exact = Of(_paths.GetValueOrDefault(Whole + string.Join('/', parts)) ?? []);
        return exact.Count > 0 ? exact : Of(parts.Length > MostParts ? LongLike(parts) : Like(parts));

        IReadOnlyList<LinkTarget> Of(IEnumerable<Template> templates) =>
            _targets.All(
                templates
                    .Where(p => method is null || p.Method is null || string.Equals(p.Method, method, StringComparison.OrdinalIgnoreCase))
                    .Select(p => p.Target)
                    .Order()
            );
    }

    private const char Whole = '=';
    private const char Shape = '~';

    private IEnumerable<Template> Like(string[] parts)
    {
        for (var slots = 0; slots < 1 << parts.Length; slots++)
        {
            var shape = string.Join('/', parts.Select((part, i) => (slots >> i & 1) == 1 ? "*" : part));
            foreach (var template in _paths.GetValueOrDefault(Shape + shape) ?? [])
            {
                // A part of the question that is a star itself would be found twice.
                if (template.Slots == slots)
                    yield return template;
            }
        }
    }

    private IEnumerable<Template> LongLike(string[] parts) =>
        (_paths.GetValueOrDefault(OfLength(parts.Length)) ?? []).Where(p =>
            p.Path.Zip(parts).All(z => IsSlot(z.First) || string.Equals(z.First, z.Second, StringComparison.OrdinalIgnoreCase))
        );

    private static string OfLength(int parts) => "#" + parts.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Take(IReadOnlyList<KnownOperation> operations)
    {
        foreach (var group in operations.GroupBy(o => o.Name, StringComparer.Ordinal))
        {
            var known = _groups.GetValueOrDefault(group.Key);
            var seen = (known?.Seen ?? []).Concat(group).GroupBy(o => o.Service).Select(same => same.Last()).ToArray();
            var entry = seen.Where(o => o.Entry).Select(o => o.Service).ToHashSet(StringComparer.Ordinal);
            var target = new LinkTarget(group.Key, LinkKind.Operation)
            {
                Services = seen.Select(o => o.Service).ToHashSet(StringComparer.Ordinal),
                EntryServices = entry,
            };
            if (known is not null && known.Entry == entry.Count > 0)
            {
                _targets.Replace(known.Number, target);
                _groups.Set(group.Key, known with { Seen = seen });
                continue;
            }

            // What is a request now is called by more names.
            if (known is not null)
                _targets.Remove(known.Number);
            var number = _targets.Add(target);
            _groups.Set(group.Key, new Group(number, entry.Count > 0, seen));
            Add(group.Key, number, entry.Count > 0);
        }
    }

    private static bool IsSlot(string part) => part.Length > 0 && part[0] is ':' or '{' or '<' or '*' or '$';

    private static string[] Split(string path) => path.Trim('/').Split('/');

    private void Add(string name, int target, bool entry)
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
            AddPath(new Template(method, path, target, SlotsOf(path)));
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

    private void AddPath(Template template)
    {
        var path = template.Path;
        _paths.Add(Whole + string.Join('/', path), template);
        if (path.Length > MostParts)
            _paths.Add(OfLength(path.Length), template);
        else
            _paths.Add(Shape + string.Join('/', path.Select(part => IsSlot(part) ? "*" : part)), template);
    }

    private static int SlotsOf(string[] path) => path.Length > MostParts ? 0 : path.Select((part, i) => IsSlot(part) ? 1 << i : 0).Sum();

    private void Noun(string word, int target)
    {
        foreach (var part in NameParts.Of(word).TakeLast(1))
        {
            var stem = WordStem.Of(part);
            if (_nouns.GetValueOrDefault(stem) is not { } list || !list.Contains(target))
                _nouns.Add(stem, target);
        }
    }

    private sealed record Group(int Number, bool Entry, KnownOperation[] Seen);

    private sealed record Template(string? Method, string[] Path, int Target, int Slots);
}
