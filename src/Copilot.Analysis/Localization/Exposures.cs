using Copilot.Analysis.Signals;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Localization;

/// <summary>All requests that could have met what some suspicions tell of: those that did, and their like that did not.</summary>
internal sealed class Exposures
{
    private readonly Dictionary<int, List<Pattern>> _patterns = [];
    private readonly HashSet<int> _hits = [];

    /// <param name="suspicions">Of the bad window.</param>
    /// <param name="bad">The bad window.</param>
    public Exposures(IEnumerable<Suspicion> suspicions, RequestSet bad)
    {
        foreach (var suspicion in suspicions)
        {
            foreach (var service in suspicion.Requests.Select(r => bad.Requests[r].Service).Distinct())
            {
                var other =
                    suspicion.SeenAt < 0 ? -1
                    : service == suspicion.Node ? suspicion.SeenAt
                    : suspicion.Node;
                if (!_patterns.TryGetValue(service, out var known))
                    _patterns.Add(service, known = []);
                known.Add(new Pattern(suspicion.Operation, other));
            }

            _hits.UnionWith(suspicion.Requests);
        }
    }

    /// <param name="set">The bad window, or a good one, in which nothing is hit.</param>
    /// <param name="isBad">Which of the two.</param>
    public List<Exposure> In(RequestSet set, bool isBad)
    {
        var found = new List<Exposure>();
        for (var r = 0; r < set.Requests.Count; r++)
        {
            var request = set.Requests[r];
            if (!request.Counts || !_patterns.TryGetValue(request.Service, out var patterns))
                continue;
            var matching = patterns.Where(p => p.Matches(request)).ToList();
            if (matching.Count > 0)
                found.Add(
                    new Exposure(request, isBad && _hits.Contains(r), [.. matching.Select(p => p.Other).Where(o => o >= 0).Distinct()])
                );
        }

        return found;
    }

    /// <param name="Operation">The entry operation, or -1: any.</param>
    /// <param name="Other">Whom the requests call, or -1.</param>
    private sealed record Pattern(int Operation, int Other)
    {
        public bool Matches(Request request) =>
            Operation >= 0 ? request.Operation == Operation : Other < 0 || request.Calls.Exists(c => c.Callee == Other);
    }
}

/// <summary>A request that could have met the trouble.</summary>
/// <param name="Request">The request.</param>
/// <param name="IsHit">It did.</param>
/// <param name="Callees">Where the trouble lies between it and what it calls: what it calls.</param>
internal sealed record Exposure(Request Request, bool IsHit, IReadOnlyList<int> Callees)
{
    /// <summary>Only requests of one operation are alike.</summary>
    public (int Service, int Operation) Kin => (Request.Service, Request.Operation);
}
