using Copilot.Store.Rollups;
using Copilot.Web.Services;

namespace Copilot.Web.Map;

/// <summary>What there is to draw: every service and peer, its group, and who calls whom.</summary>
public sealed class SystemMap
{
    private readonly Dictionary<string, List<string>> _callers;
    private readonly Dictionary<string, List<string>> _callees;

    /// <param name="rows">Services first: a peer that goes by a service's name is that service.</param>
    public SystemMap(
        IEnumerable<ServiceRow> rows,
        IEnumerable<CountedCalls> calls,
        Func<SystemMap, IReadOnlyDictionary<string, string>> group
    )
    {
        Rows = rows.DistinctBy(row => row.Service, StringComparer.Ordinal).ToDictionary(row => row.Service, StringComparer.Ordinal);
        Calls =
        [
            .. calls
                .Where(call => call.Caller != call.Callee && Rows.ContainsKey(call.Caller) && Rows.ContainsKey(call.Callee))
                .GroupBy(call => (call.Caller, call.Callee))
                .Select(same => new CountedCalls(
                    same.Key.Caller,
                    same.Key.Callee,
                    same.All(call => call.ToPeer),
                    same.Sum(call => call.Calls),
                    same.Sum(call => call.Failed)
                )),
        ];
        _callers = Ends(call => call.Callee, call => call.Caller);
        _callees = Ends(call => call.Caller, call => call.Callee);
        Groups = group(this);
    }

    public IReadOnlyDictionary<string, ServiceRow> Rows { get; }

    /// <summary>A pair once; none calls itself.</summary>
    public IReadOnlyList<CountedCalls> Calls { get; }

    /// <summary>From each name to its group's.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; }

    public IReadOnlyList<string> CallersOf(string name) => _callers.GetValueOrDefault(name) ?? [];

    public IReadOnlyList<string> CalleesOf(string name) => _callees.GetValueOrDefault(name) ?? [];

    /// <summary>
    /// What is at most so many calls away: below zero who calls it, over however many others, above zero whom it calls. What its callers
    /// call besides has no part in it, and nearly everything would be near everything else.
    /// </summary>
    public IReadOnlyDictionary<string, int> Around(string name, int hops)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal) { [name] = 0 };
        Walk(CallersOf, -1);
        Walk(CalleesOf, 1);
        return found;

        void Walk(Func<string, IReadOnlyList<string>> next, int step)
        {
            List<string> edge = [name];
            for (var hop = 1; hop <= hops && edge.Count > 0; hop++)
            {
                var at = hop * step;
                edge = [.. edge.SelectMany(next).Where(neighbour => found.TryAdd(neighbour, at))];
            }
        }
    }

    private Dictionary<string, List<string>> Ends(Func<CountedCalls, string> of, Func<CountedCalls, string> other) =>
        Calls
            .GroupBy(of, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => same.OrderByDescending(call => call.Calls).Select(other).ToList(),
                StringComparer.Ordinal
            );
}

/// <summary>How something on the map is; colour and shape tell it.</summary>
public enum MapHealth
{
    Silent,
    Well,

    /// <summary><see cref="ServiceList.Failing"/> or more of its requests fail.</summary>
    Failing,

    /// <summary>An open investigation names it.</summary>
    Trouble,
}
