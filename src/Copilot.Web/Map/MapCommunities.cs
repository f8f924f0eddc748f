namespace Copilot.Web.Map;

/// <summary>
/// Finds those that have more to do with each other than chance would give (modularity, by Louvain's way). Without chance: everything is
/// gone through in its order, and ties go to the lower number.
/// </summary>
internal static class MapCommunities
{
    private const int MostRounds = 12;
    private const int MostLevels = 6;

    /// <summary>What is a gain and no rounding.</summary>
    private const double Least = 1e-9;

    /// <summary>Of each of so many things the number of its community.</summary>
    public static int[] Of(int count, IEnumerable<(int, int)> pairs)
    {
        var belongs = Enumerable.Range(0, count).ToArray();
        var links = Sum(pairs.Where(pair => pair.Item1 != pair.Item2).Select(pair => (pair.Item1, pair.Item2, 1.0)));
        var inside = new double[count];
        for (var level = 0; level < MostLevels; level++)
        {
            var moved = Move(inside.Length, links, inside);
            var names = moved.Distinct().Order().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
            if (names.Count == inside.Length)
                break;
            for (var i = 0; i < count; i++)
                belongs[i] = names[moved[belongs[i]]];
            // Each community is one thing of the next level, with what runs inside of it.
            var joined = new double[names.Count];
            foreach (var (i, own) in inside.Index())
                joined[names[moved[i]]] += own;
            foreach (var ((from, to), weight) in links.Where(link => moved[link.Key.From] == moved[link.Key.To]))
                joined[names[moved[from]]] += weight;
            links = Sum(
                links
                    .Where(link => moved[link.Key.From] != moved[link.Key.To])
                    .Select(link => (names[moved[link.Key.From]], names[moved[link.Key.To]], link.Value))
            );
            inside = joined;
        }

        return belongs;
    }

    private static int[] Move(int count, Dictionary<(int From, int To), double> links, double[] inside)
    {
        var neighbours = Enumerable.Range(0, count).Select(_ => new List<(int Other, double Weight)>()).ToArray();
        var degree = inside.Select(own => 2 * own).ToArray();
        foreach (var ((from, to), weight) in links.OrderBy(link => link.Key))
        {
            neighbours[from].Add((to, weight));
            neighbours[to].Add((from, weight));
            degree[from] += weight;
            degree[to] += weight;
        }

        var all = Math.Max(Least, degree.Sum());
        var community = Enumerable.Range(0, count).ToArray();
        var total = degree.ToArray();
        for (var round = 0; round < MostRounds; round++)
        {
            var any = false;
            for (var i = 0; i < count; i++)
            {
                var own = community[i];
                total[own] -= degree[i];
                var shared = new SortedDictionary<int, double> { [own] = 0 };
                foreach (var (other, weight) in neighbours[i])
                    shared[community[other]] = shared.GetValueOrDefault(community[other]) + weight;
                var (best, gain) = (own, shared[own] - (degree[i] * total[own] / all));
                foreach (var (to, weight) in shared)
                {
                    var found = weight - (degree[i] * total[to] / all);
                    if (found > gain + Least)
                        (best, gain) = (to, found);
                }

                total[best] += degree[i];
                community[i] = best;
                any |= best != own;
            }

            if (!any)
                break;
        }

        return community;
    }

    private static Dictionary<(int From, int To), double> Sum(IEnumerable<(int From, int To, double Weight)> links)
    {
        var sums = new Dictionary<(int, int), double>();
        foreach (var (from, to, weight) in links)
        {
            var key = (Math.Min(from, to), Math.Max(from, to));
            sums[key] = sums.GetValueOrDefault(key) + weight;
        }

        return sums;
    }
}
