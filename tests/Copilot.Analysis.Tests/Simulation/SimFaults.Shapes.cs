using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>What a fault does to whom it befalls.</summary>
internal sealed partial class SimFaults
{
    /// <summary>Whatever the service asks of that database waits for a connection, as long as it takes some seconds after the
    /// beginning.</summary>
    private static SimFault Pool(
        string kind,
        SimOperation operation,
        Func<SimWork, double, double> waitMs,
        Func<SimService, double, double> pending
    )
    {
        var database = operation.Steps.First(s => s.Peer is { IsDatabase: true }).Peer;
        return new SimFault
        {
            Kind = kind,
            Causes = Only(operation.Service.Name),
            Signal = SignalKind.PoolWait,
            BeforeCallMs = (w, step) => w.Service == operation.Service && step.Peer == database ? waitMs(w, w.AtMs / 1000) : 0,
            Pending = (s, at) => s == operation.Service ? pending(s, at) : 0,
        };
    }

    private SimFault? At(string kind, Func<SimOperation, bool> fits, Func<SimOperation, SimFault> make)
    {
        if (Any([.. _busy.Where(fits)]) is not { } place)
            return null;
        var fault = make(place);
        return fault.Kind == kind ? fault : throw new InvalidOperationException($"{fault.Kind} was made for {kind}");
    }

    private static SimFault Slow(string kind, SimService service, double factor) =>
        new()
        {
            Kind = kind,
            Causes = Only(service.Name),
            Processor = new Dictionary<string, double> { [service.Name] = factor },
            OwnMs = (w, ms) => w.Service == service ? (ms * factor) + (10 * w.Random.NextDouble()) : ms,
        };

    private static SimFault Wire(string kind, SimService service, Func<(double, bool)> loss) =>
        new()
        {
            Kind = kind,
            Causes = Only(service.Name),
            Edge = (caller, callee) => caller == service.Name || callee == service.Name ? loss() : (0, false),
        };

    private static SimFault Broken(
        string kind,
        SimOperation operation,
        Func<SimWork, bool> throws,
        params IEnumerable<(string, string)> places
    ) =>
        new()
        {
            Places = places.ToHashSet(),
            Kind = kind,
            Causes = Only(operation.Service.Name),
            Changed = operation.Service.Name,
            Throws = throws,
        };

    private SimFault? Database(string kind, Func<int, bool> fits, Func<SimPeer, Func<SimWork, SimPeer, double, (double, bool)>> behave)
    {
        var users = _busy
            .SelectMany(o => o.Steps.Where(s => s is { Peer.IsDatabase: true, IsOptional: false }).Select(s => (s.Peer, o.Service)))
            .Distinct()
            .ToLookup(u => u.Peer!, u => u.Service);
        if (!_system.Style.HasDatabaseSpans || Any([.. users.Where(u => fits(u.Count()))]) is not { } chosen)
            return null;
        var causes = chosen.Count() > 1 ? Only(chosen.Key.Name) : new HashSet<string> { chosen.Key.Name, chosen.First().Name };
        return new SimFault
        {
            Kind = kind,
            Causes = causes,
            Peer = behave(chosen.Key),
        };
    }

    private SimFault? External(string kind, Func<SimPeer, Func<SimWork, SimPeer, double, (double, bool)>> behave)
    {
        var peers = _busy
            .SelectMany(o => o.Steps)
            .Where(s => s.Peer is { IsDatabase: false } && !s.IsOptional)
            .Select(s => s.Peer!)
            .Distinct()
            .ToList();
        return Any(peers) is { } peer
            ? new SimFault
            {
                Kind = kind,
                Causes = Only(peer.Name),
                Peer = behave(peer),
            }
            : null;
    }

    private SimFault Mix(string kind)
    {
        var factors = _system.Entries.Select(_ => 0.5 + (1.5 * _random.NextDouble())).ToList();
        return new SimFault { Kind = kind, Mix = i => factors[i] };
    }
}
