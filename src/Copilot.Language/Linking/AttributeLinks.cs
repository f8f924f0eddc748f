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

    /// <summary>How sure a word is that only begins a key: "payment" for "payment.method".</summary>
    public const double OfNamespace = 0.62;

    private readonly LinkTargets _targets;
    private readonly NameIndex _keys;
    private readonly NameIndex _stems;
    private readonly SharedMap<string, int[]> _byKey;
    private readonly SharedMap<(AttributeScope, string), Group> _groups;
    private readonly ValueLinks _values;

    public AttributeLinks(KnownNames catalogue)
    {
        _targets = new LinkTargets();
        (_keys, _stems) = (new NameIndex(_targets), new NameIndex(_targets));
        _byKey = new SharedMap<string, int[]>(StringComparer.Ordinal);
        _groups = new SharedMap<(AttributeScope, string), Group>();
        _values = new ValueLinks(catalogue.Values, catalogue.Services);
        Take(catalogue.Attributes);
    }

    private AttributeLinks(AttributeLinks before, ValueLinks values)
    {
        _targets = before._targets.Copy();
        (_keys, _stems) = (before._keys.Copy(_targets), before._stems.Copy(_targets));
        _byKey = before._byKey.Copy();
        _groups = before._groups.Copy();
        _values = values;
    }

    /// <param name="change">What is new.</param>
    /// <param name="services">The services known so far.</param>
    public AttributeLinks With(KnownNamesChange change, IReadOnlyList<KnownService> services)
    {
        var values = _values.With(change, services);
        if (change.Attributes.Count == 0 && ReferenceEquals(values, _values))
            return this;
        var next = new AttributeLinks(this, values);
        next.Take(change.Attributes);
        return next;
    }

    /// <summary>What is known of the same attribute of the same service.</summary>
    public KnownAttribute? Find(KnownAttribute attribute) =>
        _groups
            .GetValueOrDefault((attribute.Scope, attribute.Key))
            ?.Seen.FirstOrDefault(a => a.Service == attribute.Service && a.Type == attribute.Type);

    /// <summary>What is known of the same value of the same service.</summary>
    public KnownValue? Find(KnownValue value) => _values.Find(value);

    /// <summary>Whether values of the attribute are known of its service.</summary>
    public bool KnowsValuesOf(KnownAttribute attribute) => _values.KnowsAny(attribute);

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? FindKey(string joined, string stemmed) =>
        _keys.Find(joined) ?? _stems.Find(stemmed);

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? FindValue(string joined) => _values.Find(joined);

    public (IReadOnlyList<LinkTarget> Targets, double Quality, int Distance)? FindNearValue(string word) => _values.FindNear(word);

    /// <summary>Attributes with exactly this value, but for its case.</summary>
    public IReadOnlyList<LinkTarget> ByRawValue(string value) => _values.ByRawValue(value);

    /// <summary>The attribute of a key, in every scope it is seen in.</summary>
    public IReadOnlyList<LinkTarget> Keyed(string key) => _targets.All(_byKey.GetValueOrDefault(key));

    /// <summary>All keys, each with where it was seen.</summary>
    public IEnumerable<KeySeen> Keys =>
        _groups.Values.OrderBy(g => g.Number).Select(g => new KeySeen(g.Seen[0].Scope, g.Seen[0].Key, g.Seen));

    /// <summary>The values of a key, in whatever scope.</summary>
    public IEnumerable<ValueSeen> ValuesOf(string key) => ScopesOf([key]).SelectMany(k => _values.Of(k.Scope, k.Key));

    /// <summary>The one value of a key that begins with a word: "basic" of "basic_ads".</summary>
    public IReadOnlyList<LinkTarget> BeginningWith(IReadOnlyList<LinkTarget> keys, string word)
    {
        var found = ScopesOf(keys.Select(k => k.Key)).SelectMany(k => _values.BeginningWith(k.Scope, k.Key, word)).ToList();
        return found.Select(v => v.Name).Distinct(StringComparer.Ordinal).Count() == 1 ? found : [];
    }

    // A value may be known whose key is not: of another level than it.
    private static IEnumerable<(AttributeScope Scope, string Key)> ScopesOf(IEnumerable<string> keys) =>
        keys.Distinct(StringComparer.Ordinal).SelectMany(key => Enum.GetValues<AttributeScope>().Select(scope => (scope, key)));

    private void Take(IReadOnlyList<KnownAttribute> attributes)
    {
        var added = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in attributes.GroupBy(a => (a.Scope, a.Key)))
        {
            var known = _groups.GetValueOrDefault(group.Key);
            KnownAttribute[] seen = [.. (known?.Seen ?? []).Concat(group).GroupBy(a => (a.Service, a.Type)).Select(same => same.Last())];
            var target = Target(group.Key.Scope, group.Key.Key, seen);
            if (known is not null)
            {
                _targets.Replace(known.Number, target);
                _groups.Set(group.Key, known with { Seen = seen });
                continue;
            }

            var number = _targets.Add(target);
            _groups.Set(group.Key, new Group(number, seen));
            Add(group.Key.Key, number);
            added.Add(group.Key.Key);
        }

        foreach (var word in FieldWords.Words.Where(word => FieldWords.KeysOf(word).Any(added.Contains)))
            AddFieldWord(word);
    }

    private static LinkTarget Target(AttributeScope scope, string key, IReadOnlyList<KnownAttribute> seen) =>
        new(key, LinkKind.Key)
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

    private void Add(string key, int target)
    {
        _byKey.Add(key, target);
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

    private void AddParts(IReadOnlyList<string> parts, int target, double quality)
    {
        _keys.Add(NameParts.Joined(parts), target, quality);
        _stems.Add(NameParts.Stemmed(parts), target, quality - 0.03);
    }

    private void AddFieldWord(string word)
    {
        var rank = 0;
        foreach (var key in FieldWords.KeysOf(word))
        {
            foreach (var target in _byKey.GetValueOrDefault(key) ?? [])
                _keys.Add(word, target, 0.9 - 0.01 * rank);
            rank++;
        }
    }

    private sealed record Group(int Number, KnownAttribute[] Seen);
}

/// <summary>A key, with each service and type that it was seen with.</summary>
internal readonly record struct KeySeen(AttributeScope Scope, string Key, IReadOnlyList<KnownAttribute> Seen);
