using Copilot.Language.Tokens;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Linking;

/// <summary>Attribute values by what people write.</summary>
internal sealed class ValueLinks
{
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

    private readonly LinkTargets _targets;
    private readonly NameIndex _names;
    private readonly SharedMap<string, int[]> _raw;
    private readonly SharedMap<(AttributeScope, string, string), Group> _groups;
    private readonly SharedMap<(AttributeScope, string), ValuesOfKey> _keys;

    public ValueLinks(IReadOnlyList<KnownValue> values, IReadOnlyList<KnownService> services)
    {
        _targets = new LinkTargets();
        _names = new NameIndex(_targets);
        _raw = new SharedMap<string, int[]>(StringComparer.OrdinalIgnoreCase);
        _groups = new SharedMap<(AttributeScope, string, string), Group>();
        _keys = new SharedMap<(AttributeScope, string), ValuesOfKey>();
        Take(values, Sending(services));
    }

    private ValueLinks(ValueLinks before)
    {
        _targets = before._targets.Copy();
        _names = before._names.Copy(_targets);
        _raw = before._raw.Copy();
        _groups = before._groups.Copy();
        _keys = before._keys.Copy();
    }

    /// <param name="change">What is new.</param>
    /// <param name="services">The services known so far.</param>
    public ValueLinks With(KnownNamesChange change, IReadOnlyList<KnownService> services)
    {
        var many = change.Attributes.Where(a => a.ManyValues && KnowsAny(a)).ToList();
        if (change.Values.Count == 0 && change.Services is null && many.Count == 0)
            return this;
        var next = new ValueLinks(this);
        foreach (var attribute in many)
            next.Forget(attribute);
        var sending = Sending(change.Services ?? services);
        if (change.Services is not null)
        {
            foreach (var name in sending.Except(Sending(services), StringComparer.OrdinalIgnoreCase))
                next.ForgetCallee(name);
        }

        next.Take(change.Values, sending);
        return next;
    }

    /// <summary>What is known of the same value of the same service.</summary>
    public KnownValue? Find(KnownValue value) =>
        _groups.GetValueOrDefault((value.Scope, value.Key, value.Value))?.Seen.FirstOrDefault(v => v.Service == value.Service);

    /// <summary>Whether values of the attribute are known of its service.</summary>
    public bool KnowsAny(KnownAttribute attribute) =>
        Of(attribute.Scope, attribute.Key).Any(v => v.Seen.Any(seen => seen.Service == attribute.Service));

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string joined) => _names.Find(joined);

    public (IReadOnlyList<LinkTarget> Targets, double Quality, int Distance)? FindNear(string word) => _names.FindNear(word);

    /// <summary>Exactly this value, but for its case.</summary>
    public IReadOnlyList<LinkTarget> ByRawValue(string value) => _targets.All(_raw.GetValueOrDefault(value));

    public IEnumerable<ValueSeen> Of(AttributeScope scope, string key) =>
        Groups((scope, key)).Select(group => new ValueSeen(group.Seen[0].Value, group.Seen));

    /// <summary>Values of several words whose first is this one.</summary>
    public IEnumerable<LinkTarget> BeginningWith(AttributeScope scope, string key, string word) =>
        Groups((scope, key))
            .Where(group => group.Seen[0].Value.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(group => group.Number is { } number ? _targets[number] : null)
            .OfType<LinkTarget>()
            .Where(target => NameParts.Of(target.Name) is { Count: > 1 } parts && parts[0] == word);

    private static HashSet<string> Sending(IReadOnlyList<KnownService> services) =>
        services.Where(s => s.Instrumented).Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<Group> Groups((AttributeScope Scope, string Key) key) =>
        (_keys.GetValueOrDefault(key) ?? ValuesOfKey.None)
            .All.Select(value => _groups.GetValueOrDefault((key.Scope, key.Key, value)))
            .OfType<Group>();

    private void Take(IReadOnlyList<KnownValue> values, HashSet<string> sending)
    {
        // What the copilot says of itself is nothing that people ask about.
        foreach (var ofKey in values.Where(v => v.Service != OwnService.Name).GroupBy(v => (v.Scope, v.Key)))
        {
            var added = new List<string>();
            foreach (var group in ofKey.GroupBy(v => v.Value, StringComparer.Ordinal))
            {
                if (Take(group.Key, [.. group], sending))
                    added.Add(group.Key);
            }

            var known = (_keys.GetValueOrDefault(ofKey.Key) ?? ValuesOfKey.None).With(added);
            _keys.Set(ofKey.Key, known);
            if (known.AreCodes || known.CodeNames.Count > 0)
                NameCodes(ofKey.Key);
        }
    }

    // True where the value was not known of any service.
    private bool Take(string value, IReadOnlyList<KnownValue> found, HashSet<string> sending)
    {
        var (scope, key) = (found[0].Scope, found[0].Key);
        var known = _groups.GetValueOrDefault((scope, key, value));
        KnownValue[] seen =
            known is null && found.Count == 1
                ? [found[0]]
                : [.. (known?.Seen ?? []).Concat(found).GroupBy(v => v.Service).Select(same => same.Last())];
        var number = known?.Number;
        if (number is { } there)
        {
            _targets.Replace(there, Target(seen));
        }
        else if (known is null && value.Length is > 0 and <= 120 && !(Callees.Contains(key) && sending.Contains(value)))
        {
            number = _targets.Add(Target(seen));
            Add(key, value, number.Value);
        }

        _groups.Set((scope, key, value), new Group(number, seen));
        return known is null;
    }

    private void Forget(KnownAttribute attribute)
    {
        var (scope, key) = (attribute.Scope, attribute.Key);
        foreach (var group in Groups((scope, key)).Where(g => g.Seen.Any(v => v.Service == attribute.Service)).ToList())
        {
            var value = group.Seen[0].Value;
            KnownValue[] left = [.. group.Seen.Where(v => v.Service != attribute.Service)];
            if (left.Length == 0)
                _groups.Remove((scope, key, value));
            else
                _groups.Set((scope, key, value), group with { Seen = left });
            if (group.Number is not { } number)
                continue;
            if (left.Length == 0)
                _targets.Remove(number);
            else
                _targets.Replace(number, Target(left));
        }

        var known = _keys.GetValueOrDefault((scope, key))!;
        var still = known.All.Where(value => _groups.TryGetValue((scope, key, value), out _)).ToList();
        _keys.Set((scope, key), ValuesOfKey.None.With(still) with { CodeNames = known.CodeNames });
        NameCodes((scope, key));
    }

    // What was an address becomes a service: its name is that service and no condition any more.
    private void ForgetCallee(string service)
    {
        foreach (var number in _raw.GetValueOrDefault(service) ?? [])
        {
            if (_targets[number] is not { } target || !Callees.Contains(target.Key))
                continue;
            _targets.Remove(number);
            var of = (target.Scope, target.Key, target.Name);
            if (_groups.GetValueOrDefault(of) is { } group)
                _groups.Set(of, group with { Number = null });
        }
    }

    // "Swiss", "Swedish kronor", "Japanese": an attribute whose values are codes of countries, currencies or languages is told by their
    // names.
    private void NameCodes((AttributeScope Scope, string Key) key)
    {
        var known = _keys.GetValueOrDefault(key) ?? ValuesOfKey.None;
        foreach (var number in known.CodeNames)
            _targets.Remove(number);
        var named = new List<int>();
        if (known.AreCodes && Codes.NamesOf(known.All) is { } names)
        {
            foreach (var group in Groups(key))
            {
                if (names(group.Seen[0].Value) is not { Count: > 0 } called)
                    continue;
                var number = _targets.Add(Target(group.Seen));
                named.Add(number);
                foreach (var name in called)
                    _names.Add(NameParts.Joined(NameParts.Of(name)), number, 0.97);
            }
        }

        _keys.Set(key, known with { CodeNames = named });
    }

    private static LinkTarget Target(IReadOnlyList<KnownValue> seen)
    {
        var services = seen.Select(v => v.Service).ToHashSet(StringComparer.Ordinal);
        return new(seen[0].Value, LinkKind.Value)
        {
            Key = seen[0].Key,
            Scope = seen[0].Scope,
            Type = seen[0].Type,
            Services = services,
            EntryServices = seen.All(IsOfRequests)
                ? services
                : seen.Where(IsOfRequests).Select(v => v.Service).ToHashSet(StringComparer.Ordinal),
            Seen = seen.Sum(v => v.Seen),
        };

        static bool IsOfRequests(KnownValue value) => value.Entry || value.Scope == AttributeScope.Resource;
    }

    private void Add(string key, string value, int target)
    {
        _raw.Add(value, target);
        var parts = NameParts.Of(value);
        var joined = NameParts.Joined(parts);
        // Paths are operations to people; texts are looked for, not named.
        if (value[0] == '/' || parts.Count > 6 || key == "service.name" || value.Contains("://", StringComparison.Ordinal))
            return;
        if (joined.Length < 2 || joined.All(char.IsDigit) || bool.TryParse(value, out _))
            return;
        // "java.lang.OutOfMemoryError", "tantivy::IndexError": a type is called by its own name.
        if (
            value[(value.LastIndexOfAny(['.', ':']) + 1)..] is { Length: > 5 } type
            && type.Length < value.Length
            && char.IsAsciiLetterUpper(type[0])
            && type.All(char.IsAsciiLetter)
            // "System.Exception" is not what "exceptions" are.
            && !Lexicon.PhraseTable.Asking.Words.Contains(type.ToLowerInvariant())
        )
            _names.Add(NameParts.Joined(NameParts.Of(type)), target, 0.95);
        var quality = Technical.Any(t => key.StartsWith(t, StringComparison.Ordinal)) ? 0.5 : 1;
        _names.Add(joined, target, quality, tolerant: joined.Length >= 5 && parts.Count <= 4 && joined.Any(char.IsLetter));
        if (parts.Count == 1)
            _names.Add(WordStem.Of(parts[0]), target, quality - 0.1);
    }

    /// <param name="Number">Null where the value is named by something else: a service.</param>
    private sealed record Group(int? Number, KnownValue[] Seen);
}

/// <summary>A value, with each service that it was seen of.</summary>
internal readonly record struct ValueSeen(string Value, IReadOnlyList<KnownValue> Seen);

/// <summary>The different values of a key.</summary>
/// <param name="Coded">How many of them are codes, of each kind of codes.</param>
/// <param name="CodeNames">What the names of the codes among them name.</param>
internal sealed record ValuesOfKey(GrownList<string> All, IReadOnlyList<int> Coded, IReadOnlyList<int> CodeNames)
{
    public static ValuesOfKey None { get; } = new(GrownList<string>.Of([]), Codes.Count([]), []);

    public bool AreCodes => Codes.AreMost(Coded.Max(), All.Count);

    public ValuesOfKey With(IReadOnlyCollection<string> added) =>
        this with
        {
            All = All.With(added),
            Coded = [.. Coded.Zip(Codes.Count(added), (before, more) => before + more)],
        };
}
