using Copilot.Analysis.Signals;
using Copilot.Analysis.Tests.Simulation.Places;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>The kinds of trouble that a case can have, each with a random place and strength.</summary>
internal sealed partial class SimFaults
{
    public static IReadOnlyList<string> Harmless { get; } = ["quiet", "surge", "idle deploy", "other wishes"];

    public static IReadOnlyList<string> Kinds { get; } =
    [
        "processor",
        "network delay",
        "packet loss",
        "exception",
        "early return",
        "pod dead",
        "service dead",
        "own database slow",
        "shared database slow",
        "database errors",
        "collector pauses",
        "pool exhausted",
        "bad version",
        "bad tenant",
        "external slow",
        "external errors",
        "consumer lag",
        "lock",
        "retries",
        "timeout too short",
        "many queries",
        "only a message",
        "retries after timeouts",
        "hanging",
        "pool too small",
        "pool leak",
        "pool filled from below",
        "slow consumer",
        "threads short",
    ];

    private readonly SimSystem _system;
    private readonly Random _random;
    private readonly List<SimOperation> _busy;

    /// <param name="share">How many of the traces have an operation, from a dry run.</param>
    public SimFaults(SimSystem system, Random random, Func<SimOperation, double> share)
    {
        (_system, _random) = (system, random);
        // What few requests use, few requests can show.
        _busy = [.. system.Services.SelectMany(s => s.Operations).Where(o => share(o) >= 0.1)];
    }

    /// <returns>Null where the system has no place for such trouble.</returns>
    public SimFault? Make(string kind)
    {
        var strong = 1 + _random.NextDouble();
        return kind switch
        {
            "quiet" or "idle deploy" => new SimFault { Kind = kind, Changed = kind == "quiet" ? null : Any(_busy)!.Service.Name },
            "surge" => new SimFault
            {
                Kind = kind,
                Traffic = 2 + (2 * strong),
                OwnMs = (_, ms) => ms * (1 + (0.15 * strong)),
            },
            "other wishes" => Mix(kind),
            "processor" => At(kind, _ => true, o => Slow(kind, o.Service, 2.5 * strong)),
            "network delay" => At(kind, o => o.Service.Layer > 0, o => Wire(kind, o.Service, () => (60 * strong, false))),
            "packet loss" => At(
                kind,
                o => o.Service.Layer > 0,
                o =>
                    Wire(
                        kind,
                        o.Service,
                        () =>
                            _random.NextDouble() switch
                            {
                                < 0.2 => (200 * strong, false),
                                < 0.25 => (1000, true),
                                _ => (0, false),
                            }
                    )
            ),
            "exception" => At(
                kind,
                _ => _system.Style.HasStatus || _system.Style.HasLogs,
                o => Broken(kind, o, w => w.Operation == o && w.Chance(0.4 * strong))
            ),
            "early return" => At(
                kind,
                o => o.Steps.Count >= 2 || o.Inner.Count >= 2,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    ReturnsEarly = w => w.Operation == o && w.Chance(0.45 * strong),
                }
            ),
            "pod dead" => At(
                kind,
                o => o.Service.Layer > 0 && o.Service.Pods > 1,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Places = new HashSet<(string, string)> { (_system.Layout.PodKey, SimLayout.PodName(o.Service, 0)) },
                    IsDead = (s, pod) => s == o.Service && pod == 0,
                }
            ),
            "service dead" => At(
                kind,
                o => o.Service.Layer > 0,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    IsDead = (s, _) => s == o.Service,
                }
            ),
            "own database slow" => Database(
                kind,
                users => users == 1,
                p => (_, peer, ms) => peer == p ? (ms + (60 * strong), false) : (ms, false)
            ),
            "shared database slow" => Database(
                kind,
                users => users > 1,
                p => (_, peer, ms) => peer == p ? (ms + (60 * strong), false) : (ms, false)
            ),
            "database errors" => Database(
                kind,
                _ => true,
                p => (w, peer, ms) => peer == p && w.Chance(0.3 * strong) ? (ms, true) : (ms, false)
            ),
            "external slow" => External(kind, p => (_, peer, ms) => peer == p ? (ms * 3 * strong, false) : (ms, false)),
            "external errors" => External(kind, p => (w, peer, ms) => peer == p && w.Chance(0.35 * strong) ? (ms, true) : (ms, false)),
            _ when SimPlaceFaults.Kinds.Contains(kind) => new SimPlaceFaults(_system, _random, _busy).Make(kind),
            _ => Further(kind, strong),
        };
    }

    private SimFault? Further(string kind, double strong) =>
        kind switch
        {
            "collector pauses" => At(
                kind,
                _ => true,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    OwnMs = (w, ms) => w.Service == o.Service && w.Chance(0.25) ? ms + (300 * strong) : ms,
                }
            ),
            "pool exhausted" => At(
                kind,
                o => o.Steps.Exists(s => s.Peer is { IsDatabase: true }),
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    OwnMs = (w, ms) =>
                        w.Service == o.Service && w.Operation.Steps.Exists(s => s.Peer is not null)
                            ? ms + (200 * strong * w.Random.NextDouble())
                            : ms,
                }
            ),
            "bad version" => At(
                kind,
                o => o.Service.Pods > 1,
                o =>
                    Broken(
                        kind,
                        o,
                        w => w.Service == o.Service && w.Pod == 0 && w.Chance(0.9),
                        (_system.Layout.PodKey, SimLayout.PodName(o.Service, 0))
                    )
            ),
            "bad tenant" => At(
                kind,
                _ => _system.Style.HasStatus || _system.Style.HasLogs,
                o => Broken(kind, o, w => w.Operation == o && w.Tenant == 1, (_system.Topics.All[0].Key, _system.Topics.All[0].Values[1]))
            ),
            "consumer lag" => At(
                kind,
                Consumes,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    WaitMs = (s, _, ms) => s == o.Service ? ms + (800 * strong) : ms,
                }
            ),
            "lock" => At(
                kind,
                o => o.Steps.Exists(s => s.Peer is { IsDatabase: true }),
                o => new SimFault
                {
                    Kind = kind,
                    Causes = new HashSet<string> { o.Service.Name, o.Steps.First(s => s.Peer is { IsDatabase: true }).Peer!.Name },
                    Peer = (w, peer, ms) =>
                        w.Operation == o && peer.IsDatabase ? (ms + (250 * strong * w.Random.NextDouble()), false) : (ms, false),
                }
            ),
            "retries" => At(
                kind,
                o => o.Service.Layer > 0 && Callers(o).Any(s => s.Retries > 0),
                o => Broken(kind, o, w => w.Operation == o && w.Chance(0.5))
            ),
            "timeout too short" => At(
                kind,
                o => o.OwnMs > 5 && o.Steps.Exists(s => s.Target is { OwnMs: > 8 } && !s.IsMessage && !s.IsOptional),
                o =>
                {
                    var step = o.Steps.First(s => s.Target is { OwnMs: > 8 } && !s.IsMessage && !s.IsOptional);
                    return new SimFault
                    {
                        Kind = kind,
                        Causes = Only(o.Service.Name),
                        Changed = o.Service.Name,
                        TimeoutMs = (s, at) => s == o.Service && at == step ? step.Target!.OwnMs * 0.9 : at.TimeoutMs,
                    };
                }
            ),
            "many queries" => At(
                kind,
                o => _system.Style.HasDatabaseSpans && !o.IsParallel && o.Steps.Exists(s => s.Peer is { IsDatabase: true, Ms: > 2 }),
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Times = (w, step) => w.Operation == o && step.Peer is { IsDatabase: true } ? 15 + (int)(10 * strong) : 1,
                }
            ),
            "only a message" => At(
                kind,
                _ => _system.Style.HasLogs,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Complains = w => w.Operation == o && w.Chance(0.4 * strong),
                }
            ),
            _ => Strained(kind, strong),
        };

    /// <summary>Somebody has to wait for something of which there is not enough.</summary>
    private SimFault? Strained(string kind, double strong) =>
        kind switch
        {
            "retries after timeouts" => At(
                kind,
                o => o.Steps.Exists(IsTriedAgain),
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Changed = o.Service.Name,
                    Signal = SignalKind.Timeouts,
                    TimeoutMs = (s, at) => s == o.Service && at == o.Steps.First(IsTriedAgain) ? at.Target!.OwnMs * 0.9 : at.TimeoutMs,
                }
            ),
            "hanging" => At(
                kind,
                o => o.Service.Layer > 0 && Callers(o).Any(s => s.Retries > 0),
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Signal = SignalKind.Retries,
                    OwnMs = (w, ms) => w.Operation == o && w.Chance(0.3 * strong) ? ms + 6000 : ms,
                }
            ),
            "pool too small" => At(
                kind,
                AsksDatabase,
                o => Pool(kind, o, (w, _) => -80 * strong * Math.Log(1 - w.Random.NextDouble()), (_, _) => 4 * strong)
            ),
            "pool leak" => At(
                kind,
                AsksDatabase,
                o => Pool(kind, o, (w, at) => 4 * strong * at * w.Random.NextDouble(), (_, at) => at / 10)
            ),
            "pool filled from below" => At(
                kind,
                o => o.Service.Layer > 0 && Callers(o).Any(s => !s.IsMessage),
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Signal = SignalKind.PoolWait,
                    OwnMs = (w, ms) => w.Operation == o ? ms + (80 * strong) : ms,
                    BeforeCallMs = (w, step) =>
                        step.Target == o && !step.IsMessage ? -120 * strong * Math.Log(1 - w.Random.NextDouble()) : 0,
                    Pending = (s, _) =>
                        s.Operations.Exists(c => c.Steps.Exists(step => step.Target == o && !step.IsMessage)) ? 4 * strong : 0,
                }
            ),
            "slow consumer" => At(
                kind,
                Consumes,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Signal = SignalKind.Queue,
                    OwnMs = (w, ms) => w.Operation == o ? ms * 3 * strong : ms,
                    WaitMs = (s, at, ms) => s == o.Service ? ms + (0.05 * strong * at) : ms,
                }
            ),
            "threads short" => At(
                kind,
                o => o.Service.Layer > 0,
                o => new SimFault
                {
                    Kind = kind,
                    Causes = Only(o.Service.Name),
                    Signal = SignalKind.Saturation,
                    Edge = (_, callee) => (callee == o.Service.Name ? -60 * strong * Math.Log(1 - _random.NextDouble()) : 0, false),
                    BeforeCallMs = (w, _) => w.Service == o.Service ? -40 * strong * Math.Log(1 - w.Random.NextDouble()) : 0,
                    Pending = (s, _) => s == o.Service ? 30 * strong : 0,
                }
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such trouble"),
        };

    private static bool IsTriedAgain(SimStep step) => step is { Target.OwnMs: > 8, IsMessage: false, Retries: > 0 };

    private static bool AsksDatabase(SimOperation operation) => operation.Steps.Exists(s => s.Peer is { IsDatabase: true });

    private bool Consumes(SimOperation operation) => _busy.SelectMany(o => o.Steps).Any(s => s.IsMessage && s.Target == operation);

    private IEnumerable<SimStep> Callers(SimOperation operation) => _busy.SelectMany(o => o.Steps).Where(s => s.Target == operation);

    private T? Any<T>(IReadOnlyList<T> from)
        where T : class => from.Count == 0 ? null : from[_random.Next(from.Count)];

    private static HashSet<string> Only(string name) => [name];
}
