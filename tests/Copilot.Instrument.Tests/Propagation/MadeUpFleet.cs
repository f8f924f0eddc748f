using Copilot.Instrument.Propagation;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Tests.Propagation;

/// <summary>What may be the matter with the calls of one service to another.</summary>
public enum EdgeFate
{
    Kept,

    /// <summary>The callee starts traces of its own.</summary>
    CalleeDrops,

    /// <summary>Through a gateway of another name, which takes a prefix off the path and the headers away.</summary>
    Proxied,

    /// <summary>The callee drops the context, and its clock is seconds ahead.</summary>
    DroppedAndSkewed,

    /// <summary>A queue whose messages carry no context.</summary>
    QueueLost,

    /// <summary>A queue whose consumer links to its producers.</summary>
    QueueLinked,

    /// <summary>The caller's spans are sampled away; the callee's name a parent that never came.</summary>
    ParentsSampled,

    /// <summary>The callee keeps a tenth of the spans that hang on a caller, and all of others.</summary>
    CalleeSamples,

    /// <summary>Somebody else's API, on the same method and path as one of ours.</summary>
    ThirdParty,

    /// <summary>The same on the very route on which browsers call the callee.</summary>
    ThirdPartyAlike,

    Database,

    /// <summary>A pool loses the context between the request and the call.</summary>
    LostInPool,

    /// <summary>The caller calls by a timer, in no request.</summary>
    Timer,
}

/// <summary>A system that nobody recorded: services with requests from browsers, and edges of every fate between them. What the doctor
/// is given of it is what the store would give; what is true is known.</summary>
internal sealed class MadeUpFleet
{
    private const long Second = UnixNanos.PerSecond;
    private const long Millisecond = UnixNanos.PerMillisecond;
    private static readonly string[] Words = ["ledger", "parcel", "seat", "quote", "meter", "claim", "badge", "route", "stock", "loan"];

    private readonly Random _random;
    private readonly bool _bursts;
    private readonly Dictionary<string, string> _browsed = new(StringComparer.Ordinal);
    private readonly long _lengthNs;
    private readonly List<CallSide> _sides = [];
    private readonly List<CallSide> _requests = [];
    private readonly Dictionary<(string, string, string?, bool), long> _kept = [];
    private readonly Dictionary<string, (long Requests, long Missing)> _parents = [];
    private ulong _ids;

    public MadeUpFleet(int seed, int minutes = 10, bool bursts = false)
    {
        _random = new Random(seed);
        _bursts = bursts;
        _lengthNs = minutes * UnixNanos.PerMinute;
        Minutes = minutes;
        _ids = (ulong)seed * 1_000_003;
    }

    public int Minutes { get; }

    /// <summary>The pairs between which context is truly lost.</summary>
    public HashSet<(string Caller, string Callee)> Broken { get; } = [];

    /// <summary>Requests from outside, whose callers send no spans.</summary>
    public void Browsers(string service, string operation, double perSecond)
    {
        _browsed[service] = operation;
        foreach (var at in Times(perSecond))
            Add(Request(service, operation, at, Duration(), New(), true) with { Address = "shop.example.com" });
    }

    public void Edge(string caller, string callee, EdgeFate fate, double perSecond)
    {
        var word = Words[_random.Next(Words.Length)] + _random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var operation = $"POST /{word}s/:id/confirm";
        if (fate == EdgeFate.ThirdPartyAlike)
            operation = _browsed.GetValueOrDefault(callee, operation);
        var skew = fate == EdgeFate.DroppedAndSkewed ? ((_random.Next(2) * 2) - 1) * (3 + (_random.NextDouble() * 20)) * Second : 0;
        if (fate is EdgeFate.CalleeDrops or EdgeFate.Proxied or EdgeFate.DroppedAndSkewed or EdgeFate.QueueLost)
            Broken.Add((caller, callee));
        if (fate == EdgeFate.LostInPool)
            Broken.Add((caller, caller));
        foreach (var at in Times(perSecond))
            Call(caller, callee, fate, operation, word, at, (long)skew);
    }

    public PropagationSample Sample() =>
        new()
        {
            Sides = [.. _sides.OrderBy(_ => _random.Next())],
            Requests = _requests,
            Kept = [.. _kept.Select(kept => new KeptCalls(kept.Key.Item1, kept.Key.Item2, kept.Key.Item3, kept.Key.Item4, kept.Value))],
            Parents = [.. _parents.Select(parents => new LostParents(parents.Key, parents.Value.Requests, parents.Value.Missing))],
            Minutes = Minutes,
        };

    private void Call(string caller, string callee, EdgeFate fate, string operation, string word, long at, long skewNs)
    {
        var inner = Duration();
        // The network on both sides of the request.
        var (out1, back) = (Jitter(), Jitter());
        var trace = New();
        var route = operation[(operation.IndexOf(' ') + 1)..];
        var call = new CallSide
        {
            TraceId = trace,
            SpanId = NewSpan(),
            Service = caller,
            Kind = SpanKind.Client,
            Operation = "POST",
            StartNs = at,
            DurationNs = out1 + inner + back,
            Method = operation[..operation.IndexOf(' ')],
            Path = route.Replace(":id", _random.Next(100_000).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Address = callee,
            Peer = callee,
        };
        var request = Request(callee, operation, at + out1 + skewNs, inner, New(), true) with { Address = callee };
        switch (fate)
        {
            case EdgeFate.Kept:
                Keep(caller, callee, callee, false);
                _requests.Add(request with { IsRoot = false });
                break;
            case EdgeFate.CalleeDrops or EdgeFate.DroppedAndSkewed:
                _sides.Add(call);
                Add(request);
                break;
            case EdgeFate.Proxied:
                _sides.Add(call with { Address = "edge-" + word, Peer = "edge-" + word, Path = "/internal/v2" + call.Path });
                Add(request with { Address = "10.0.0.7" });
                break;
            case EdgeFate.QueueLost or EdgeFate.QueueLinked:
                var sent = call with
                {
                    Kind = SpanKind.Producer,
                    Destination = word,
                    Method = null,
                    Path = null,
                    System = "kafka",
                    Address = "broker",
                };
                var taken = request with
                {
                    Kind = SpanKind.Consumer,
                    Destination = word,
                    Method = null,
                    Route = null,
                    System = "kafka",
                    Address = "broker",
                    StartNs = request.StartNs + (_random.Next(4000) * Millisecond),
                };
                _sides.Add(sent);
                Add(fate == EdgeFate.QueueLinked ? taken with { Links = [sent.SpanId] } : taken);
                break;
            case EdgeFate.ParentsSampled:
                _parents[callee] = (_parents.GetValueOrDefault(callee).Requests + 1, _parents.GetValueOrDefault(callee).Missing + 1);
                _requests.Add(request with { IsRoot = false });
                break;
            case EdgeFate.CalleeSamples:
                if (_random.Next(10) == 0)
                    Keep(caller, callee, callee, false);
                else
                    _sides.Add(call);
                break;
            case EdgeFate.ThirdParty or EdgeFate.ThirdPartyAlike:
                _sides.Add(call with { Address = $"api.{word}.example.com", Peer = $"api.{word}.example.com" });
                break;
            case EdgeFate.Database:
                _sides.Add(call with { Address = "db", Peer = "db", IsDatabase = true, System = "postgresql", Method = null, Path = null });
                break;
            case EdgeFate.LostInPool:
                // The request that started it goes on for a while.
                var started = Request(
                    caller,
                    $"PUT /{word}",
                    at - Jitter() - Millisecond,
                    call.DurationNs + (2 * Jitter()) + Millisecond,
                    New(),
                    true
                );
                Add(started);
                _sides.Add(call with { IsRoot = true, TraceId = New() });
                Keep(caller, callee, callee, false);
                break;
            case EdgeFate.Timer:
                _sides.Add(call with { IsRoot = true, Address = "hooks.example.com", Peer = "hooks.example.com" });
                break;
            default:
                throw new InvalidOperationException(fate.ToString());
        }
    }

    private CallSide Request(string service, string operation, long at, long duration, TraceId trace, bool root)
    {
        var parts = operation.Split(' ');
        return new CallSide
        {
            TraceId = trace,
            SpanId = NewSpan(),
            Service = service,
            Kind = SpanKind.Server,
            Operation = operation,
            StartNs = at,
            DurationNs = duration,
            IsRoot = root,
            Method = parts[0],
            Route = parts[1],
        };
    }

    private void Add(CallSide request)
    {
        _sides.Add(request);
        _requests.Add(request);
    }

    private void Keep(string caller, string callee, string address, bool messages) =>
        _kept[(caller, callee, address, messages)] = _kept.GetValueOrDefault((caller, callee, address, messages)) + 1;

    /// <summary>At random, as independent callers do; in bursts all begin in the first moments of a second.</summary>
    private IEnumerable<long> Times(double perSecond)
    {
        for (var at = 0.0; ; )
        {
            at += -Math.Log(1 - _random.NextDouble()) / perSecond * Second;
            if (at >= _lengthNs)
                yield break;
            yield return _bursts ? ((long)at / Second * Second) + (_random.Next(40) * Millisecond) : (long)at;
        }
    }

    private long Duration() => (long)(Math.Exp(2.5 + (_random.NextDouble() * 3)) * Millisecond);

    private long Jitter() => (long)((0.3 + (_random.NextDouble() * 2)) * Millisecond);

    private TraceId New() => new(++_ids, ++_ids);

    private SpanId NewSpan() => new(++_ids);
}
