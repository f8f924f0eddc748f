using Copilot.Agent.Interpretation.Lexicon;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>Names by what people make of them: joined lower-case letters and digits, each with how sure the match is.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, List<(LinkTarget Target, double Quality)>> exact = new(StringComparer.Ordinal);
    private readonly List<(string Key, uint Letters, LinkTarget Target, double Quality)> fuzzy = [];

    public IEnumerable<string> Keys => exact.Keys;

    /// <param name="tolerant">Also found by mistyped and shortened words.</param>
    public void Add(string key, LinkTarget target, double quality, bool tolerant = false)
    {
        if (key.Length == 0)
            return;
        if (!exact.TryGetValue(key, out var list))
            exact[key] = list = [];
        var at = list.FindIndex(e => ReferenceEquals(e.Target, target));
        if (at < 0)
            list.Add((target, quality));
        else if (list[at].Quality < quality)
            list[at] = (target, quality);
        if (tolerant && key.Length >= 4 && at < 0)
            fuzzy.Add((key, EditDistance.Letters(key), target, quality));
    }

    public (IReadOnlyList<LinkTarget> Targets, double Quality)? Find(string key)
    {
        if (!exact.TryGetValue(key, out var found))
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
        foreach (var entry in fuzzy)
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
