using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Propagation;

/// <summary>
/// Finds calls over HTTP and RPC whose requests stand in traces of their own. Two things must agree: what is called (method and route,
/// procedure), and either the address together with time or numbers, or time so clearly that chance cannot explain it.
/// </summary>
internal sealed class CallPairs
{
    private readonly PropagationSample _sample;
    private readonly AddressedServices _names;
    private readonly Route[] _routes;
    private readonly ILookup<string, Route> _byService;
    private readonly ILookup<(string?, string?), Route> _bySign;
    private readonly Dictionary<(string Caller, string Callee), long> _kept;

    public CallPairs(PropagationSample sample, AddressedServices names)
    {
        (_sample, _names) = (sample, names);
        _routes =
        [
            .. sample
                .Sides.Where(side => side.Kind == SpanKind.Server && side.IsRoot && side.Links.Count == 0)
                .GroupBy(side =>
                    (side.Service, side.Method, Route: side.Route ?? RouteFits.Template(side.Path), side.RpcService, side.RpcMethod)
                )
                .Where(same => same.Count() >= PropagationThresholds.FewestCalls / 2)
                .Select(same => new Route(
                    same.First() with
                    {
                        Route = same.Key.Route,
                        Path = null,
                    },
                    [.. same.OrderBy(side => side.StartNs)]
                )),
        ];
        _byService = _routes.ToLookup(route => route.Sample.Service, StringComparer.Ordinal);
        _bySign = _routes.ToLookup(route => Sign(route.Sample, route.Sample.Route));
        _kept = sample
            .Kept.Where(kept => !kept.Messages)
            .GroupBy(kept => (kept.Caller, kept.Callee))
            .ToDictionary(same => same.Key, same => same.Sum(kept => kept.Count));
    }

    public IReadOnlyList<BrokenPair> Find()
    {
        var found = new List<BrokenPair>();
        var callers = _sample
            .Sides.Where(side => side.Kind == SpanKind.Client && !side.IsDatabase && (side.Method ?? side.RpcMethod) is not null)
            .GroupBy(side => (side.Service, side.Address));
        foreach (var caller in callers)
            found.AddRange(Find(caller.Key.Service, caller.Key.Address, [.. caller.OrderBy(call => call.StartNs)]));
        // Requests that a named caller explains are no proof of another; of several that only time speaks for, none is believed.
        var named = found.Where(pair => pair.Named).Select(pair => pair.Requests).ToHashSet();
        var unnamed = found.Where(pair => !pair.Named && !named.Contains(pair.Requests)).ToArray();
        return
        [
            .. found.Where(pair => pair.Named),
            .. unnamed.Where(pair =>
                unnamed.Count(other => ReferenceEquals(other.Requests, pair.Requests)) == 1
                && unnamed.Count(other => other.Caller == pair.Caller && other.Calls[0] == pair.Calls[0]) == 1
            ),
        ];
    }

    private IEnumerable<BrokenPair> Find(string caller, string? address, CallSide[] calls)
    {
        var kinds = calls
            .GroupBy(call => (call.Method, Path: RouteFits.Template(call.Path), call.RpcService, call.RpcMethod))
            .Select(same => (Sample: same.First(), All: same.ToArray()))
            .ToArray();
        var meant = _names.Of(address);
        var candidates =
            meant.Count > 0
                ? meant.SelectMany(service => _byService[service])
                : kinds.SelectMany(kind => _bySign[Sign(kind.Sample, RouteFits.Template(kind.Sample.Path))]).Distinct();
        foreach (var route in candidates.Where(route => route.Sample.Service != caller))
        {
            var fitting = kinds
                .Select(kind => (kind.All, Fit: RouteFits.Of(kind.Sample, route.Sample)))
                .Where(kind => kind.Fit > RouteFit.No);
            var fits = fitting.ToArray();
            CallSide[] own = [.. fits.SelectMany(kind => kind.All).OrderBy(call => call.StartNs)];
            if (own.Length < PropagationThresholds.FewestCalls)
                continue;
            var fit = fits.Max(kind => kind.Fit);
            var pair = new BrokenPair(
                caller,
                route.Sample.Service,
                BrokenPair.OperationOf(route.Sample),
                address,
                meant.Count > 0,
                false,
                fit,
                own,
                route.All,
                null
            );
            if ((meant.Count > 0 ? Named(pair) : Unnamed(pair)) is { } broken)
                yield return broken;
        }
    }

    private BrokenPair? Named(BrokenPair pair)
    {
        var (calls, requests) = Bounded(pair);
        var kept = _kept.GetValueOrDefault((pair.Caller, pair.Callee));
        var passes = kept > PropagationThresholds.Kept * (kept + pair.Calls.Count);
        var match = TimeMatch.Of(calls, requests);
        if (
            match.Share >= PropagationThresholds.ShareNamed
            && (
                match.AboveChance >= PropagationThresholds.AboveChance
                || (!passes && match.Share >= PropagationThresholds.ShareUnnamed && Agree(pair))
            )
        )
            return pair with { Match = match };
        if (passes)
            return null;
        if (
            TimeMatch.Skewed(calls, requests) is { } skewed
            && skewed.Share >= PropagationThresholds.ShareUnnamed
            && skewed.AboveChance >= PropagationThresholds.AboveChanceUnnamed
        )
            return pair with { Match = skewed };
        return pair.Calls.Count >= PropagationThresholds.FewestUnnamedCalls && Agree(pair) ? pair : null;
    }

    private static BrokenPair? Unnamed(BrokenPair pair)
    {
        if (pair.Fit < RouteFit.Shortened || pair.Calls.Count < PropagationThresholds.FewestUnnamedCalls)
            return null;
        var (calls, requests) = Bounded(pair);
        var match = TimeMatch.Of(calls, requests);
        return
            match.Share >= PropagationThresholds.ShareUnnamed
            && match.AboveChance >= PropagationThresholds.AboveChanceUnnamed
            && match.LengthsAgree >= PropagationThresholds.LengthsAgree
            ? pair with
            {
                Match = match,
            }
            : null;
    }

    private static bool Agree(BrokenPair pair) =>
        Math.Abs(pair.Calls.Count - pair.Requests.Count) <= PropagationThresholds.CountsAgree * pair.Calls.Count;

    /// <summary>The first calls, and the requests of their time.</summary>
    private static (IReadOnlyList<CallSide> Calls, IReadOnlyList<CallSide> Requests) Bounded(BrokenPair pair)
    {
        if (pair.Calls.Count <= PropagationThresholds.MostMatched)
            return (pair.Calls, [.. pair.Requests.Take(2 * PropagationThresholds.MostMatched)]);
        CallSide[] calls = [.. pair.Calls.Take(PropagationThresholds.MostMatched)];
        var until = calls[^1].EndNs + PropagationThresholds.MostSkewNs;
        return (calls, [.. pair.Requests.TakeWhile(request => request.StartNs < until).Take(2 * PropagationThresholds.MostMatched)]);
    }

    private static (string?, string?) Sign(CallSide side, string? template) =>
        side.RpcMethod is { } method ? (side.RpcService, method) : (side.Method?.ToUpperInvariant(), RouteFits.LastWord(template));

    private sealed record Route(CallSide Sample, IReadOnlyList<CallSide> All);
}
