using System.Runtime.CompilerServices;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Linking;

/// <summary>What is known by name, made ready to be looked up by words: built whole once, and from then on made of the one before by what
/// is new.</summary>
internal sealed class KnownNamesIndex
{
    private static readonly ConditionalWeakTable<KnownNames, KnownNamesIndex> Built = [];

    private KnownNamesIndex(KnownNames catalogue)
    {
        Catalogue = catalogue;
        Services = new ServiceIndex(catalogue.Services);
        People = PeopleOf(catalogue.People);
        Teams = TeamsOf(catalogue.Teams);
        Metrics = MetricsOf(catalogue.Metrics);
        Operations = new OperationIndex(catalogue.Operations);
        Attributes = new AttributeLinks(catalogue);
    }

    private KnownNamesIndex(KnownNamesIndex before, KnownNamesChange change)
    {
        var known = before.Catalogue;
        Services = change.Services is { } services ? new ServiceIndex(services) : before.Services;
        People = change.People is { } people ? PeopleOf(people) : before.People;
        Teams = change.Teams is { } teams ? TeamsOf(teams) : before.Teams;
        Metrics = change.Metrics is { } metrics ? MetricsOf(metrics) : before.Metrics;
        Operations = change.Operations.Count > 0 ? before.Operations.With(change.Operations) : before.Operations;
        Attributes = before.Attributes.With(change, known.Services);
        Catalogue = known with
        {
            Services = change.Services ?? known.Services,
            People = change.People ?? known.People,
            Teams = change.Teams ?? known.Teams,
            Metrics = change.Metrics ?? known.Metrics,
            Versions = change.Versions ?? known.Versions,
            Operations = Changed(known.Operations, change.Operations, o => (o.Service, o.Name), o => before.Operations.Find(o) is not null),
            Attributes = Changed(
                known.Attributes,
                change.Attributes,
                a => (a.Scope, a.Key, a.Service, a.Type),
                a => before.Attributes.Find(a) is not null
            ),
            Values = Changed(
                Few(known.Values, [.. change.Attributes.Where(a => a.ManyValues && before.Attributes.KnowsValuesOf(a))]),
                change.Values,
                v => (v.Scope, v.Key, v.Service, v.Value),
                v => before.Attributes.Find(v) is not null
            ),
        };
        Built.Add(Catalogue, this);
    }

    public KnownNames Catalogue { get; }

    public ServiceIndex Services { get; }

    public NameIndex People { get; }

    public NameIndex Teams { get; }

    public NameIndex Metrics { get; }

    public OperationIndex Operations { get; }

    public AttributeLinks Attributes { get; }

    public static KnownNamesIndex Of(KnownNames catalogue) => Built.GetValue(catalogue, c => new KnownNamesIndex(c));

    /// <summary>The index of the next snapshot; this one where all of it is known.</summary>
    public KnownNamesIndex With(KnownNamesChange change)
    {
        // Who asks what is new is told some of it twice: how often a value was seen is no news.
        var news = change with
        {
            Operations = [.. change.Operations.Where(o => Operations.Find(o) != o)],
            Attributes = [.. change.Attributes.Where(a => Attributes.Find(a) != a)],
            Values = [.. change.Values.Where(v => Attributes.Find(v) is not { } known || known with { Seen = v.Seen } != v)],
        };
        return news.IsEmpty ? this : new KnownNamesIndex(this, news);
    }

    private static NameIndex PeopleOf(IReadOnlyList<KnownPerson> people)
    {
        var targets = new LinkTargets();
        var index = new NameIndex(targets);
        foreach (var person in people)
        {
            var target = targets.Add(new LinkTarget(person.Name, LinkKind.Person));
            var parts = NameParts.Of(person.Name);
            index.Add(NameParts.Joined(parts), target, 1, tolerant: true);
            foreach (var handle in person.Handles)
                index.Add(NameParts.Joined(NameParts.Of(handle)), target, 1);
            foreach (var part in parts.Where(p => p.Length > 2))
                index.Add(part, target, 0.8);
        }

        return index;
    }

    private static NameIndex TeamsOf(IReadOnlyList<string> teams)
    {
        var targets = new LinkTargets();
        var index = new NameIndex(targets);
        foreach (var team in teams)
            index.Add(NameParts.Joined(NameParts.Of(team)), targets.Add(new LinkTarget(team, LinkKind.Team)), 1, tolerant: true);
        return index;
    }

    // "messaging.queue.depth" is called "queue depth", too.
    private static NameIndex MetricsOf(IReadOnlyList<KnownMetric> metrics)
    {
        var targets = new LinkTargets();
        var index = new NameIndex(targets);
        foreach (var metric in metrics)
        {
            var services = metric.Services.ToHashSet(StringComparer.Ordinal);
            var target = targets.Add(new LinkTarget(metric.Name, LinkKind.Metric) { Services = services, Type = metric.Kind });
            var parts = NameParts.Of(metric.Name);
            index.Add(NameParts.Joined(parts), target, 0.99);
            for (var from = 1; from + 1 < parts.Count; from++)
                index.Add(NameParts.Joined([.. parts.Skip(from)]), target, 0.86);
            // "kafka.consumer.records_lag_max": "consumer lag", "max consumer lag"
            foreach (var some in metric.Kind == Histogram ? [] : Some(parts).Where(some => !some.Any(WordRoles.Ordinary.Contains)))
                index.Add(NameParts.Joined(some), target, 0.82);
            // "beds.occupied": "occupied beds"
            if (parts.Count > 2)
                index.Add(parts[^1] + parts[^2], target, 0.86);
        }

        return index;
    }

    private const int MostParts = 6;

    /// <summary>How long requests take is rather asked of the requests.</summary>
    public const string Histogram = "histogram";

    // Two or three of the words, in their order.
    private static IEnumerable<IReadOnlyList<string>> Some(IReadOnlyList<string> parts)
    {
        if (parts.Count is < 3 or > MostParts)
            yield break;
        for (var one = 0; one < parts.Count; one++)
        {
            for (var two = one + 1; two < parts.Count; two++)
            {
                yield return [parts[one], parts[two]];
                for (var three = two + 1; three < parts.Count; three++)
                    yield return [parts[one], parts[two], parts[three]];
            }
        }
    }

    private static IReadOnlyList<KnownValue> Few(IReadOnlyList<KnownValue> values, IReadOnlyList<KnownAttribute> many)
    {
        if (many.Count == 0)
            return values;
        var forgotten = many.Select(a => (a.Scope, a.Key, a.Service)).ToHashSet();
        return [.. values.Where(v => !forgotten.Contains((v.Scope, v.Key, v.Service)))];
    }

    // What is there already is replaced where it stands, which copies the list; what is new is added to it, which does not.
    private static IReadOnlyList<T> Changed<T, TKey>(
        IReadOnlyList<T> known,
        IReadOnlyList<T> changed,
        Func<T, TKey> key,
        Func<T, bool> knows
    )
        where TKey : notnull
    {
        if (changed.Count == 0)
            return known;
        var latest = new Dictionary<TKey, T>();
        foreach (var item in changed)
            latest[key(item)] = item;
        if (latest.Values.Any(knows))
            known = known.Select(item => latest.Remove(key(item), out var later) ? later : item).ToList();
        return GrownList<T>.Of(known).With(latest.Values);
    }
}

/// <summary>Services by what people call them.</summary>
internal sealed class ServiceIndex
{
    private readonly NameIndex _names;
    private readonly NameIndex _stems;
    private readonly NameIndex _roots;

    /// <summary>Instrumented services by how their names begin and how many parts they have.</summary>
    private readonly ILookup<(string Start, int Parts), (IReadOnlyList<string> Parts, LinkTarget Target)> _starts;

    public ServiceIndex(IReadOnlyList<KnownService> services)
    {
        var targets = new LinkTargets();
        (_names, _stems, _roots) = (new NameIndex(targets), new NameIndex(targets), new NameIndex(targets));
        var prefix = CommonPrefix(services);
        foreach (var service in services)
            ServiceNames.Add(service, prefix, targets, _names, _stems, _roots);
        _starts = services
            .Where(s => s.Instrumented)
            .Select(s => (Parts: NameParts.Of(s.Name), s.Name))
            .Where(s => s.Parts is [{ Length: >= Start }, _, ..])
            .ToLookup(s => (s.Parts[0][..Start], s.Parts.Count), s => (s.Parts, _names.Find(NameParts.Joined(s.Parts))!.Value.Targets[0]));
    }

    private const int Start = 3;

    /// <summary>"notif dispatcher": each word is a part of the name, or one's beginning; null where several are called so.</summary>
    public LinkTarget? FindShort(IReadOnlyList<string> words) =>
        words[0].Length < Start ? null
        : _starts[(words[0][..Start], words.Count)]
            .Where(service =>
                service.Parts.Zip(words).All(pair => Begins(pair.First, pair.Second))
                && service.Parts.Zip(words).Any(pair => pair.First == pair.Second)
            )
            .Select(service => service.Target)
            .ToList()
            is [var only]
            ? only
        : null;

    private static bool Begins(string part, string word) =>
        part == word || word.Length >= ServiceNames.ShortestStart && part.StartsWith(word, StringComparison.Ordinal);

    /// <summary>By what somebody says that it does.</summary>
    public (IReadOnlyList<LinkTarget> Targets, double Quality)? FindRoots(IEnumerable<string> words) =>
        NameRoots.Key(words) is { } key ? _roots.Find(key) : null;

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string joined) => _names.Find(joined);

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? FindStem(string stemmed) => _stems.Find(stemmed);

    public (IReadOnlyList<LinkTarget> Targets, double Quality, int Distance)? FindNear(string word) => _names.FindNear(word);

    // "ts-order", "ts-travel", … : a prefix that most names share tells nothing.
    private static string? CommonPrefix(IReadOnlyList<KnownService> services)
    {
        var firsts = services
            .Where(s => s.Instrumented)
            .Select(s => NameParts.Of(s.Name))
            .Where(p => p.Count > 1)
            .GroupBy(p => p[0])
            .OrderByDescending(g => g.Count())
            .FirstOrDefault();
        var count = firsts?.Count() ?? 0;
        return count >= 4 && count * 2 >= services.Count(s => s.Instrumented) ? firsts!.Key : null;
    }
}
