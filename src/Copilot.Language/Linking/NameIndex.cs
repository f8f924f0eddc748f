using System.Numerics;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Linking;

/// <summary>What names name, by number: a name stays where it is when more is learnt of what it names, and what is gone names
/// nothing.</summary>
internal sealed class LinkTargets
{
    private readonly SharedMap<int, LinkTarget> _targets;
    private int _next;

    public LinkTargets()
        : this(new SharedMap<int, LinkTarget>(), 0) { }

    private LinkTargets(SharedMap<int, LinkTarget> targets, int next) => (_targets, _next) = (targets, next);

    public LinkTarget? this[int number] => _targets.GetValueOrDefault(number);

    public LinkTargets Copy() => new(_targets.Copy(), _next);

    public int Add(LinkTarget target)
    {
        _targets.Set(_next, target);
        return _next++;
    }

    public void Replace(int number, LinkTarget target) => _targets.Set(number, target);

    public void Remove(int number) => _targets.Remove(number);

    /// <summary>Those that are still there, in the order in which they came.</summary>
    public IReadOnlyList<LinkTarget> All(IEnumerable<int>? numbers) =>
        numbers is null ? [] : [.. numbers.Select(number => this[number]).OfType<LinkTarget>()];
}

/// <summary>Names by what people make of them: joined lower-case letters and digits, each with how sure the match is.</summary>
internal sealed class NameIndex
{
    private readonly LinkTargets _targets;
    private readonly SharedMap<string, Named[]> _exact;
    private readonly NearNames _near;

    public NameIndex(LinkTargets targets)
        : this(targets, new SharedMap<string, Named[]>(StringComparer.Ordinal), new NearNames()) { }

    private NameIndex(LinkTargets targets, SharedMap<string, Named[]> exact, NearNames near) =>
        (_targets, _exact, _near) = (targets, exact, near);

    /// <param name="targets">The copy of what is named.</param>
    public NameIndex Copy(LinkTargets targets) => new(targets, _exact.Copy(), _near.Copy());

    /// <param name="tolerant">Also found by mistyped and shortened words.</param>
    public void Add(string key, int target, double quality, bool tolerant = false)
    {
        if (key.Length == 0)
            return;
        var list = _exact.GetValueOrDefault(key) ?? [];
        var at = Array.FindIndex(list, e => e.Target == target);
        if (at < 0)
            _exact.Set(key, [.. list, new Named(target, quality)]);
        else if (list[at].Quality < quality)
            _exact.Set(key, [.. list[..at], new Named(target, quality), .. list[(at + 1)..]]);
        if (tolerant && key.Length >= 4 && at < 0)
            _near.Add(key, target, quality);
    }

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string key)
    {
        if (!_exact.TryGetValue(key, out var named))
            return null;
        var found = named.Select(e => (Target: _targets[e.Target], e.Quality)).Where(e => e.Target is not null).ToList();
        if (found.Count == 0)
            return null;
        var best = found.Max(e => e.Quality);
        return ([.. found.Where(e => e.Quality > best - 0.04).OrderByDescending(e => e.Quality).Select(e => e.Target!)], best);
    }

    /// <summary>Names that a mistyped or shortened word may mean.</summary>
    public (IReadOnlyList<LinkTarget> Targets, double Quality, int Distance)? FindNear(string word)
    {
        var hits = new List<(LinkTarget Target, double Quality, int Distance)>();
        foreach (var (entry, distance) in _near.Around(word))
        {
            if (_targets[entry.Target] is not { } target)
                continue;
            if (distance is { } slips)
                hits.Add((target, entry.Quality * (1 - 0.09 * slips), slips));
            // What sends no spans is called by its name: "bookings" is no queue "booking-mails".
            else if (target.Instrumented)
                hits.Add((target, entry.Quality * 0.78, 2));
        }

        if (hits.Count == 0)
            return null;
        var best = hits.Max(h => h.Quality);
        var near = hits.Where(h => h.Quality > best - 0.04).OrderByDescending(h => h.Quality).ToList();
        return ([.. near.Select(h => h.Target).Distinct()], best, near.Min(h => h.Distance));
    }

    private readonly record struct Named(int Target, double Quality);
}

/// <summary>
/// Names that words with slips and short forms are compared with. All but a slip in the first letter keep it, so that a word is compared
/// with names of its first letter and of about its length; for the others the few words that one slip makes are looked up.
/// </summary>
internal sealed class NearNames
{
    private readonly SharedMap<(char First, int Length), Near[]> _names;

    /// <summary>The first letters that there are.</summary>
    private string _firsts;
    private int _longest;
    private int _count;

    public NearNames()
        : this(new SharedMap<(char First, int Length), Near[]>(), "", 0, 0) { }

    private NearNames(SharedMap<(char First, int Length), Near[]> names, string firsts, int longest, int count) =>
        (_names, _firsts, _longest, _count) = (names, firsts, longest, count);

    public NearNames Copy() => new(_names.Copy(), _firsts, _longest, _count);

    public void Add(string key, int target, double quality)
    {
        if (!_firsts.Contains(key[0], StringComparison.Ordinal))
            _firsts += key[0];
        _longest = Math.Max(_longest, key.Length);
        _names.Add((key[0], key.Length), new Near(key, EditDistance.Letters(key), target, quality, _count++));
    }

    /// <summary>Names within the slips that are believed, with their number, and those that the word is short for (null); in the order in
    /// which they were added.</summary>
    public IReadOnlyList<(Near Name, int? Distance)> Around(string word)
    {
        if (word.Length == 0)
            return [];
        var limit = EditDistance.Allowed(word.Length);
        var letters = EditDistance.Letters(word);
        var found = new List<(Near Name, int? Distance)>();
        // The longest that a word can be short for: EditDistance.IsAbbreviation.
        var longest = Math.Min(_longest, Math.Max(word.Length + limit, word.Length * 10 / 3));
        for (var length = Math.Max(1, word.Length - limit); length <= longest; length++)
        {
            foreach (var name in _names.GetValueOrDefault((word[0], length)) ?? [])
            {
                if (IsNear(word, name, limit, letters) is { } distance)
                    found.Add((name, distance));
                else if ((letters & ~name.Letters) == 0 && EditDistance.IsAbbreviation(word, name.Key))
                    found.Add((name, null));
            }
        }

        if (limit > 0)
            found.AddRange(OtherFirst(word).Select(name => (name, (int?)1)));
        found.Sort(static (a, b) => a.Name.Order.CompareTo(b.Name.Order));
        return found;
    }

    // A slip changes the set of letters by two at most.
    private static int? IsNear(string word, Near name, int limit, uint letters) =>
        Math.Abs(word.Length - name.Key.Length) <= limit
        && BitOperations.PopCount(name.Letters ^ letters) <= 2 * limit
        && EditDistance.Between(word, name.Key, limit) is var distance
        && distance <= limit
        && distance * 3 < word.Length
            ? distance
            : null;

    // One slip at the very beginning: another letter, one too many, one left out, the first two changed over.
    private IEnumerable<Near> OtherFirst(string word)
    {
        var made = new HashSet<string>(StringComparer.Ordinal) { word[1..], string.Concat([word[1], word[0]], word.AsSpan(2)) };
        foreach (var first in _firsts)
        {
            made.Add(first + word);
            made.Add(string.Concat([first], word.AsSpan(1)));
        }

        return made.Where(key => key[0] != word[0])
            .SelectMany(key => (_names.GetValueOrDefault((key[0], key.Length)) ?? []).Where(name => name.Key == key));
    }
}

/// <param name="Letters"><see cref="EditDistance.Letters"/> of the key.</param>
/// <param name="Order">How many were added before.</param>
internal sealed record Near(string Key, uint Letters, int Target, double Quality, int Order);
