using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Linking;

/// <summary>Attribute keys and values by what people write.</summary>
internal sealed class AttributeLinks
{
    /// <summary>Last parts of keys that people leave out: "tenant" for "tenant.id", "weight" for "weight_kg".</summary>
    private static readonly HashSet<string> Tails = new(StringComparer.Ordinal)
    {
        "id",
        "name",
        "code",
        "type",
        "key",
        "value",
        "original",
        "kind",
        "no",
        "nr",
        "number",
        "uid",
        "label",
        "title",
        "ms",
        "cents",
        "count",
        "kg",
        "km",
        "kbps",
        "mbps",
        "bytes",
        "kb",
        "mb",
        "gb",
        "eur",
        "usd",
        "percent",
        "pct",
        "sec",
        "secs",
        "seconds",
        "minutes",
        "hours",
        "days",
    };

    /// <summary>Attributes whose values are everyday words to people; they count only beside their key.</summary>
    private static readonly string[] Technical =
    [
        "messaging.operation",
        "db.",
        "url.",
        "network.",
        "telemetry.",
        "process.",
        "os.",
        "http.route",
        "http.target",
        "http.flavor",
        "http.scheme",
        "net.",
        "thread.",
        "code.",
        "rpc.",
        "otel.",
        "user_agent.",
        "client.",
        "server.",
        "faas.",
        "host.arch",
        "express.",
        "middleware.",
    ];

    /// <summary>Attributes that tell which service was called: "order" among their values is that service, not a condition.</summary>
    private static readonly HashSet<string> Callees = new(StringComparer.Ordinal)
    {
        "peer.service",
        "service.peer.name",
        "server.address",
        "net.peer.name",
        "rpc.service",
    };

    /// <summary>How sure a word is that only begins a key: "payment" for "payment.method".</summary>
    public const double OfNamespace = 0.62;

    private readonly NameIndex _keys = new();
    private readonly NameIndex _keyStems = new();
    private readonly NameIndex _values = new();
    private readonly Dictionary<string, List<LinkTarget>> _raw = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<LinkTarget>> _byKey = new(StringComparer.Ordinal);

    public AttributeLinks(KnownNames catalogue)
    {
        foreach (var group in catalogue.Attributes.GroupBy(a => (a.Scope, a.Key)))
            AddKey(group.Key.Scope, group.Key.Key, [.. group]);
        foreach (var word in FieldWords.Words)
            AddFieldWord(word);
        var services = catalogue.Services.Where(s => s.Instrumented).Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var group in catalogue.Values.GroupBy(v => (v.Scope, v.Key)))
            AddCodes([.. group]);
        foreach (
            var group in catalogue
                .Values.Where(v => !(Callees.Contains(v.Key) && services.Contains(v.Value)))
                .GroupBy(v => (v.Scope, v.Key, v.Value))
        )
            AddValue(group.Key.Scope, group.Key.Key, group.Key.Value, [.. group]);
    }

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? FindKey(string joined, string stemmed) =>
        _keys.Find(joined) ?? _keyStems.Find(stemmed);

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? FindValue(string joined) => _values.Find(joined);

    public (IReadOnlyList<LinkTarget> Targets, double Quality, int Distance)? FindNearValue(string word) => _values.FindNear(word);

    /// <summary>Attributes with exactly this value, but for its case.</summary>
    public IReadOnlyList<LinkTarget> ByRawValue(string value) => _raw.TryGetValue(value, out var found) ? found : [];

    /// <summary>The attribute of a key, in every scope it is seen in.</summary>
    public IReadOnlyList<LinkTarget> Keyed(string key) => _byKey.TryGetValue(key, out var found) ? found : [];

    /// <summary>The one value of a key that begins with a word: "basic" of "basic_ads".</summary>
    public IReadOnlyList<LinkTarget> BeginningWith(IReadOnlyList<LinkTarget> keys, string word)
    {
        var found = _raw
            .Values.SelectMany(v => v)
            .Where(v => keys.Any(k => k.Key == v.Key) && NameParts.Of(v.Name) is { Count: > 1 } parts && parts[0] == word)
            .ToList();
        return found.Select(v => v.Name).Distinct(StringComparer.Ordinal).Count() == 1 ? found : [];
    }

    private void AddKey(AttributeScope scope, string key, IReadOnlyList<KnownAttribute> seen)
    {
        var target = new LinkTarget(key, LinkKind.Key)
        {
            Key = key,
            Scope = scope,
            Type = seen[0].Type,
            Services = seen.Select(a => a.Service).ToHashSet(StringComparer.Ordinal),
            EntryServices = seen.Where(a => a.Entry || scope == AttributeScope.Resource)
                .Select(a => a.Service)
                .ToHashSet(StringComparer.Ordinal),
            Seen = seen.Count,
        };
        if (!_byKey.TryGetValue(key, out var list))
            _byKey[key] = list = [];
        list.Add(target);
        var parts = NameParts.Of(key);
        if (parts.Count == 0)
            return;
        AddParts(parts, target, 1);
        if (key == "service.name")
            return;
        var head = parts.Count > 1 && Tails.Contains(parts[^1]) ? parts.SkipLast(1).ToList() : parts;
        if (head.Count < parts.Count)
            AddParts(head, target, 0.92);
        for (var i = 1; i < head.Count; i++)
            AddParts([.. head.Skip(i)], target, i + 1 == head.Count && head[^1].Length < 3 ? 0.6 : 0.84);
        if (head.Count < parts.Count && parts.Count > 2)
            AddParts([.. parts.Skip(1)], target, 0.9);
        if (head.Count > 1 && head[0] is not ("service" or "http" or "span" or "trace"))
            AddParts([head[0]], target, OfNamespace);
    }

    // "Swiss", "Germany", "Swedish kronor": an attribute whose values are codes of countries or currencies is told by their names.
    private void AddCodes(IReadOnlyList<KnownValue> values)
    {
        var distinct = values.Select(v => v.Value).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count == 0 || Codes.NamesOf(distinct) is not { } names)
            return;
        foreach (var same in values.GroupBy(v => v.Value, StringComparer.Ordinal))
        {
            var target = Target(same.First().Scope, same.First().Key, same.Key, [.. same]);
            foreach (var name in names(same.Key))
                _values.Add(NameParts.Joined(NameParts.Of(name)), target, 0.97);
        }
    }

    private static LinkTarget Target(AttributeScope scope, string key, string value, IReadOnlyList<KnownValue> seen) =>
        new(value, LinkKind.Value)
        {
            Key = key,
            Scope = scope,
            Type = seen[0].Type,
            Services = seen.Select(v => v.Service).ToHashSet(StringComparer.Ordinal),
            EntryServices = seen.Where(v => v.Entry || scope == AttributeScope.Resource)
                .Select(v => v.Service)
                .ToHashSet(StringComparer.Ordinal),
            Seen = seen.Sum(v => v.Seen),
        };

    private void AddParts(IReadOnlyList<string> parts, LinkTarget target, double quality)
    {
        _keys.Add(NameParts.Joined(parts), target, quality);
        _keyStems.Add(NameParts.Stemmed(parts), target, quality - 0.03);
    }

    private void AddFieldWord(string word)
    {
        var rank = 0;
        foreach (var key in FieldWords.KeysOf(word))
        {
            foreach (var target in Keyed(key))
                _keys.Add(word, target, 0.9 - 0.01 * rank);
            rank++;
        }
    }

    private void AddValue(AttributeScope scope, string key, string value, IReadOnlyList<KnownValue> seen)
    {
        if (value.Length is 0 or > 120)
            return;
        var target = Target(scope, key, value, seen);
        if (!_raw.TryGetValue(value, out var same))
            _raw[value] = same = [];
        same.Add(target);
        var parts = NameParts.Of(value);
        var joined = NameParts.Joined(parts);
        // Paths are operations to people; texts are looked for, not named.
        if (value[0] == '/' || parts.Count > 6 || key == "service.name" || value.Contains("://", StringComparison.Ordinal))
            return;
        if (joined.Length < 2 || joined.All(char.IsDigit) || bool.TryParse(value, out _))
            return;
        var quality = Technical.Any(t => key.StartsWith(t, StringComparison.Ordinal)) ? 0.5 : 1;
        _values.Add(joined, target, quality, tolerant: joined.Length >= 5 && parts.Count <= 4 && joined.Any(char.IsLetter));
        if (parts.Count == 1)
            _values.Add(WordStem.Of(parts[0]), target, quality - 0.1);
    }
}
