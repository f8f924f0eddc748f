using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>What goes wrong: hooks that the traffic asks at each point where something can. The defaults leave everything as it
/// is.</summary>
internal sealed class SimFault
{
    public required string Kind { get; init; }

    /// <summary>Any of these names is right; none: there is no cause.</summary>
    public IReadOnlySet<string> Causes { get; init; } = new HashSet<string>();

    /// <summary>The signal that should tell it for what it is; null where several do.</summary>
    public SignalKind? Signal { get; init; }

    /// <summary>The attribute values that tell the trouble's place, any of which is right; none: whoever names one is wrong.</summary>
    public IReadOnlySet<(string Key, string Value)> Places { get; init; } = new HashSet<(string, string)>();

    /// <summary>The version that a pod has while this lasts, where not its own.</summary>
    public Func<SimService, int, string?> NewVersion { get; init; } = (_, _) => null;

    /// <summary>The service at which something changed, for the change records.</summary>
    public string? Changed { get; init; }

    public double Traffic { get; init; } = 1;

    /// <summary>Milliseconds that an operation works itself, from what it would have.</summary>
    public Func<SimWork, double, double> OwnMs { get; init; } = (_, ms) => ms;

    /// <summary>Milliseconds lost between two, and whether the call fails after them.</summary>
    public Func<string, string, (double Ms, bool Fails)> Edge { get; init; } = (_, _) => (0, false);

    public Func<SimWork, bool> Throws { get; init; } = _ => false;

    /// <summary>An error message is all that tells.</summary>
    public Func<SimWork, bool> Complains { get; init; } = _ => false;

    public Func<SimWork, bool> ReturnsEarly { get; init; } = _ => false;

    public Func<SimService, int, bool> IsDead { get; init; } = (_, _) => false;

    /// <summary>How long a peer takes, from what it would have, and whether it fails.</summary>
    public Func<SimWork, SimPeer, double, (double Ms, bool Fails)> Peer { get; init; } = (_, _, ms) => (ms, false);

    /// <summary>How often a step is done.</summary>
    public Func<SimWork, SimStep, int> Times { get; init; } = (_, _) => 1;

    /// <summary>How long a message sent at a moment waits for its receiver, from what it would have.</summary>
    public Func<SimService, double, double, double> WaitMs { get; init; } = (_, _, ms) => ms;

    /// <summary>How long an operation waits before it gets to call a peer or another service.</summary>
    public Func<SimWork, SimStep, double> BeforeCallMs { get; init; } = (_, _) => 0;

    /// <summary>What a service reports as waiting at a moment (seconds after the beginning): zero as long as nothing is short.</summary>
    public Func<SimService, double, double> Pending { get; init; } = (_, _) => 0;

    public Func<SimService, SimStep, double> TimeoutMs { get; init; } = (_, step) => step.TimeoutMs;

    /// <summary>The services whose processor is busier, with the factor.</summary>
    public IReadOnlyDictionary<string, double> Processor { get; init; } = new Dictionary<string, double>();

    /// <summary>How the weights of what users ask for change.</summary>
    public Func<int, double> Mix { get; init; } = _ => 1;

    /// <summary>The other trouble beside this one; null where there is one alone.</summary>
    public SimFault? Beside { get; private init; }

    /// <summary>Both at the same time.</summary>
    public SimFault And(SimFault other) =>
        new()
        {
            Kind = $"{Kind} and {other.Kind}",
            Causes = Causes,
            Beside = other,
            NewVersion = (s, pod) => NewVersion(s, pod) ?? other.NewVersion(s, pod),
            Changed = Changed ?? other.Changed,
            Traffic = Traffic * other.Traffic,
            OwnMs = (w, ms) => other.OwnMs(w, OwnMs(w, ms)),
            Edge = (caller, callee) =>
                (Edge(caller, callee), other.Edge(caller, callee)) is var (a, b) ? (a.Ms + b.Ms, a.Fails || b.Fails) : default,
            Throws = w => Throws(w) | other.Throws(w),
            Complains = w => Complains(w) | other.Complains(w),
            ReturnsEarly = w => ReturnsEarly(w) | other.ReturnsEarly(w),
            IsDead = (s, pod) => IsDead(s, pod) || other.IsDead(s, pod),
            Peer = (w, peer, ms) => Peer(w, peer, ms) is var a && other.Peer(w, peer, a.Ms) is var b ? (b.Ms, a.Fails || b.Fails) : default,
            Times = (w, step) => Math.Max(Times(w, step), other.Times(w, step)),
            WaitMs = (s, at, ms) => other.WaitMs(s, at, WaitMs(s, at, ms)),
            BeforeCallMs = (w, step) => BeforeCallMs(w, step) + other.BeforeCallMs(w, step),
            Pending = (s, at) => Pending(s, at) + other.Pending(s, at),
            TimeoutMs = (s, step) => Math.Min(TimeoutMs(s, step), other.TimeoutMs(s, step)),
            Processor = Processor.Concat(other.Processor).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Max(p => p.Value)),
            Mix = i => Mix(i) * other.Mix(i),
        };
}
