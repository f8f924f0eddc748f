using System.Runtime.CompilerServices;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Linking;

/// <summary>A catalogue made ready to be looked up by words; built once a snapshot.</summary>
internal sealed class KnownNamesIndex
{
    private static readonly ConditionalWeakTable<KnownNames, KnownNamesIndex> Built = [];

    private KnownNamesIndex(KnownNames catalogue)
    {
        Catalogue = catalogue;
        foreach (var service in catalogue.Services)
            ServiceNames.Add(service, CommonPrefix(catalogue), Services, ServiceStems);
        foreach (var person in catalogue.People)
            AddPerson(person);
        foreach (var team in catalogue.Teams)
            AddTeam(team);
        foreach (var metric in catalogue.Metrics)
            AddMetric(metric);
        Operations = new OperationIndex(catalogue);
        Attributes = new AttributeLinks(catalogue);
    }

    public KnownNames Catalogue { get; }

    public NameIndex Services { get; } = new();

    public NameIndex ServiceStems { get; } = new();

    public NameIndex People { get; } = new();

    public NameIndex Teams { get; } = new();

    public NameIndex Metrics { get; } = new();

    public OperationIndex Operations { get; }

    public AttributeLinks Attributes { get; }

    public static KnownNamesIndex Of(KnownNames catalogue) => Built.GetValue(catalogue, c => new KnownNamesIndex(c));

    private void AddPerson(KnownPerson person)
    {
        var target = new LinkTarget(person.Name, LinkKind.Person);
        var parts = NameParts.Of(person.Name);
        People.Add(NameParts.Joined(parts), target, 1, tolerant: true);
        foreach (var handle in person.Handles)
            People.Add(NameParts.Joined(NameParts.Of(handle)), target, 1);
        foreach (var part in parts.Where(p => p.Length > 2))
            People.Add(part, target, 0.8);
    }

    private void AddTeam(string team)
    {
        var target = new LinkTarget(team, LinkKind.Team);
        Teams.Add(NameParts.Joined(NameParts.Of(team)), target, 1, tolerant: true);
    }

    // "messaging.queue.depth" is called "queue depth", too.
    private void AddMetric(KnownMetric metric)
    {
        var target = new LinkTarget(metric.Name, LinkKind.Metric) { Services = metric.Services.ToHashSet(StringComparer.Ordinal) };
        var parts = NameParts.Of(metric.Name);
        Metrics.Add(NameParts.Joined(parts), target, 0.99);
        for (var from = 1; from + 1 < parts.Count; from++)
            Metrics.Add(NameParts.Joined([.. parts.Skip(from)]), target, 0.86);
        // "beds.occupied": "occupied beds"
        if (parts.Count > 2)
            Metrics.Add(parts[^1] + parts[^2], target, 0.86);
    }

    // "ts-order", "ts-travel", … : a prefix that most names share tells nothing.
    private static string? CommonPrefix(KnownNames catalogue)
    {
        var firsts = catalogue
            .Services.Where(s => s.Instrumented)
            .Select(s => NameParts.Of(s.Name))
            .Where(p => p.Count > 1)
            .GroupBy(p => p[0])
            .OrderByDescending(g => g.Count())
            .FirstOrDefault();
        var count = firsts?.Count() ?? 0;
        return count >= 4 && count * 2 >= catalogue.Services.Count(s => s.Instrumented) ? firsts!.Key : null;
    }
}

/// <summary>Names by what people make of them: joined lower-case letters and digits, each with how sure the match is.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, List<(LinkTarget Target, double Quality)>> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Key, uint Letters, LinkTarget Target, double Quality)> _fuzzy = [];

    public IEnumerable<string> Keys => _exact.Keys;

    /// <param name="tolerant">Also found by mistyped and shortened words.</param>
    public void Add(string key, LinkTarget target, double quality, bool tolerant = false)
    {
        if (key.Length == 0)
            return;
        if (!_exact.TryGetValue(key, out var list))
            _exact[key] = list = [];
        var at = list.FindIndex(e => ReferenceEquals(e.Target, target));
        if (at < 0)
            list.Add((target, quality));
        else if (list[at].Quality < quality)
            list[at] = (target, quality);
        if (tolerant && key.Length >= 4 && at < 0)
            _fuzzy.Add((key, EditDistance.Letters(key), target, quality));
    }

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string key)
    {
        if (!_exact.TryGetValue(key, out var found))
            return null;
        var best = found.Max(e => e.Quality);
        return ([.. found.Where(e => e.Quality > best - 0.04).OrderByDescending(e => e.Quality).Select(e => e.Target)], best);
    }

    /// <summary>Names that a mistyped or shortened word may mean.</summary>
    public (IReadOnlyList<LinkTarget> Targets, double Quality, int Distance)? FindNear(string word)
    {
        var limit = EditDistance.Allowed(word.Length);
        var letters = EditDistance.Letters(word);
        var hits = new List<(LinkTarget Target, double Quality, int Distance)>();
        foreach (var entry in _fuzzy)
        {
            if (System.Numerics.BitOperations.PopCount(entry.Letters ^ letters) > 2 * limit + 6)
                continue;
            var allowed = entry.Key[0] == word[0] ? limit : Math.Min(limit, 1);
            if (EditDistance.Between(word, entry.Key, allowed) is var distance && distance <= allowed && distance * 3 < word.Length)
                hits.Add((entry.Target, entry.Quality * (1 - 0.09 * distance), distance));
            // What sends no spans is called by its name: "bookings" is no queue "booking-mails".
            else if (entry.Target.Instrumented && EditDistance.IsAbbreviation(word, entry.Key))
                hits.Add((entry.Target, entry.Quality * 0.78, 2));
        }

        if (hits.Count == 0)
            return null;
        var best = hits.Max(h => h.Quality);
        var near = hits.Where(h => h.Quality > best - 0.04).OrderByDescending(h => h.Quality).ToList();
        return ([.. near.Select(h => h.Target).Distinct()], best, near.Min(h => h.Distance));
    }
}
