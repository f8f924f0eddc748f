using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>Runs requests through a made-up system and writes the spans and logs that its instrumentation would.</summary>
internal sealed class SimTraffic(SimSystem system, NameTable names, Random random)
{
    private readonly List<SampleSpan> _spans = [];
    private readonly List<SampleLog> _logs = [];
    private readonly List<TraceId> _traces = [];
    private readonly Dictionary<(TraceId, SpanId), IReadOnlyList<SampleAttributeValue>> _said = [];
    private SimFault _fault = new() { Kind = "quiet" };
    private int _tenant;
    private int[] _about = [];
    private long _zero;
    private readonly HashSet<int> _touched = [];
    private ulong _ids;

    /// <summary>What all spans of all runs say of their requests, and where they were sent.</summary>
    public SampleAttributes Attributes => new() { Resources = system.Layout.Resources, Spans = _said };

    /// <summary>In how many of the last run's traces something went otherwise than it would have.</summary>
    public int Touched => _touched.Count;

    public TelemetrySample Run(TimeWindow window, int requests, SimFault fault)
    {
        _spans.Clear();
        _logs.Clear();
        _traces.Clear();
        _touched.Clear();
        (_fault, _zero) = (fault, window.FromNs);
        var weights = system.Entries.Select((e, i) => e.Weight * fault.Mix(i)).ToList();
        for (var i = 0; i < requests; i++)
        {
            _traces.Add(new TraceId(7, ++_ids));
            _tenant = random.Next(system.TenantCount);
            _about = system.Topics.Draw(_tenant);
            Serve(system.Entries[Pick(weights)].Operation, random.NextDouble() * window.Seconds * 1000, default, SpanKind.Server);
        }

        Grumble(window);
        return new TelemetrySample
        {
            Window = window,
            TraceIds = [.. _traces],
            Spans = [.. _spans],
            Logs = [.. _logs],
        };
    }

    /// <summary>How many of the last run's traces have spans of each operation.</summary>
    public Dictionary<(int Service, int Operation), int> Usage() =>
        _spans.Select(s => (s.Service, s.Operation, s.Trace)).Distinct().CountBy(s => (s.Service, s.Operation)).ToDictionary();

    private (double End, bool Failed, bool IsDead) Serve(SimOperation operation, double at, SpanId parent, SpanKind kind)
    {
        var work = new SimWork(operation, random.Next(operation.Service.Pods), _tenant, at, random, _about);
        if (Noted(_fault.IsDead(work.Service, work.Pod)))
            return (at, true, true);
        var id = NewId();
        var usual = Vary(operation.OwnMs);
        var own = _fault.OwnMs(work, usual);
        var (throws, early) = (Noted(_fault.Throws(work)), Noted(_fault.ReturnsEarly(work)));
        Noted(own > 1.5 * usual);
        // Where it stops short; a request that stops before its first step would be as good as dead.
        var stop = throws || early ? operation.Steps.Count / 2 : operation.Steps.Count;
        Log(work, id, at, 9, "handling " + operation.Name);
        var now = at + (own * 0.5);
        var failed = false;
        foreach (var inner in operation.Inner.Take(throws || early ? operation.Inner.Count / 2 : operation.Inner.Count))
            Write(work, NewId(), id, inner, SpanKind.Internal, at + (own * 0.1), own * 0.3, false);
        var latest = now;
        for (var s = 0; s < stop && !failed; s++)
        {
            var step = operation.Steps[s];
            if (random.NextDouble() >= step.Probability)
                continue;
            var times = _fault.Times(work, step);
            Noted(times != 1);
            for (var n = times; n > 0 && !failed; n--)
            {
                var held = _fault.BeforeCallMs(work, step);
                Noted(held > 5);
                var (end, broken) = Do(work, step, id, held + (operation.IsParallel ? now : latest));
                latest = Math.Max(latest, end);
                failed |= broken && !step.IsOptional;
            }
        }

        failed |= throws;
        if (failed)
            Log(
                work,
                id,
                latest,
                17,
                throws ? $"{work.Service} cannot go on: bad state in {operation.Name}" : $"{work.Service}: a call failed"
            );
        else if (stop == operation.Steps.Count)
            Log(work, id, latest, 9, "done with " + operation.Name);
        if (Noted(_fault.Complains(work)))
            Log(work, id, latest, 17, $"{work.Service} lost what it was to keep");
        latest += own * (throws || early ? 0.1 : 0.5);
        Write(work, id, parent, operation.Name, kind, at, latest - at, failed, failed ? "internal" : null);
        return (latest, failed, false);
    }

    private (double End, bool Failed) Do(SimWork work, SimStep step, SpanId parent, double at)
    {
        if (step.Peer is { } peer)
            return CallPeer(work, peer, parent, at);
        var target = step.Target!;
        if (step.IsMessage)
        {
            var message = NewId();
            Write(work, message, parent, "send " + target.Service.Name, SpanKind.Producer, at, 1, false, peer: target.Service.Name);
            var wait = _fault.WaitMs(target.Service, at, 5);
            Noted(wait > 5);
            Serve(target, at + 1 + Vary(5) + wait - 5, message, SpanKind.Consumer);
            return (at + 1, false);
        }

        for (var attempt = 0; ; attempt++)
        {
            var (end, failed) = Call(work, step, target, parent, at);
            if (!failed || attempt >= step.Retries)
                return (end, failed);
            at = end + step.BackoffMs(attempt);
        }
    }

    private (double End, bool Failed) Call(SimWork work, SimStep step, SimOperation target, SpanId parent, double at)
    {
        var id = system.Style.HasClientSpans ? NewId() : parent;
        var (delay, breaks) = _fault.Edge(work.Service.Name, target.Service.Name);
        Noted(delay > 0 || breaks);
        var wire = Vary(0.6) + delay;
        var timeout = _fault.TimeoutMs(work.Service, step);
        var (end, failed, dead) = breaks ? (at + wire, true, true) : Serve(target, at + (wire / 2), id, SpanKind.Server);
        // Whoever is dead refuses at once; half of the time nobody answers at all.
        end = dead && !breaks && random.NextDouble() < 0.5 ? at + timeout : end + (wire / 2);
        if (end - at > timeout)
            (end, failed) = (at + timeout, Noted(true));
        if (system.Style.HasClientSpans)
            Write(
                work,
                id,
                parent,
                target.Name,
                SpanKind.Client,
                at,
                end - at,
                failed,
                failed ? "unavailable" : null,
                system.Style.HasPeerNames ? target.Service.Name + ".svc" : null
            );
        return (end, failed);
    }

    private (double End, bool Failed) CallPeer(SimWork work, SimPeer peer, SpanId parent, double at)
    {
        var usual = Vary(peer.Ms);
        var (ms, failed) = _fault.Peer(work, peer, usual);
        Noted(failed || ms > usual * 1.5);
        if (!peer.IsDatabase || system.Style.HasDatabaseSpans)
            Write(
                work,
                NewId(),
                parent,
                peer.IsDatabase ? "SELECT" : "POST",
                SpanKind.Client,
                at,
                ms,
                failed,
                failed ? "timeout" : null,
                peer.Name,
                peer.IsDatabase
            );
        return (at + ms, failed);
    }

    private void Write(
        SimWork work,
        SpanId id,
        SpanId parent,
        string name,
        SpanKind kind,
        double at,
        double ms,
        bool failed,
        string? error = null,
        string? peer = null,
        bool isDatabase = false
    )
    {
        if (kind is SpanKind.Server or SpanKind.Consumer)
            _said[(_traces[^1], id)] = [.. Say(work, parent, failed)];
        _spans.Add(
            new SampleSpan
            {
                Trace = _traces.Count - 1,
                Id = id,
                Parent = parent,
                Service = names.Add(work.Service.Name),
                Operation = names.Add(name),
                Kind = kind,
                Status = failed && system.Style.HasStatus ? SpanStatus.Error : SpanStatus.Unset,
                StartNs = _zero + (long)(at * 1e6),
                DurationNs = (long)(Math.Max(0.01, ms) * 1e6),
                Instance = names.Add($"{work.Service.Name}-{work.Pod}"),
                Peer = names.Add(peer),
                IsDatabase = isDatabase,
                ErrorType = system.Style.HasStatus ? names.Add(error) : NameTable.None,
                Resource = system.Layout.Resource(work.Service, work.Pod, _fault.NewVersion(work.Service, work.Pod)),
            }
        );
    }

    private IEnumerable<SampleAttributeValue> Say(SimWork work, SpanId parent, bool failed)
    {
        yield return new("http.route", work.Operation.Name);
        // What comes of the trouble, not the other way round.
        if (parent.IsEmpty)
            yield return new("app.outcome", failed ? "rejected" : "done");
        for (var i = 0; i < system.Topics.All.Count; i++)
        {
            if (system.Topics.All[i] is var topic && topic.IsSaidBy(work.Service))
                yield return new(topic.Key, topic.Values[work.About[i]]);
        }
    }

    private void Log(SimWork work, SpanId span, double at, int severity, string text)
    {
        if (!system.Style.HasLogs)
            return;
        _logs.Add(
            new SampleLog
            {
                TimeNs = _zero + (long)(at * 1e6),
                Service = names.Add(work.Service.Name),
                Severity = severity,
                Template = names.Add(LogTemplate.Of(text)),
                Trace = system.Style.LogsNameTraces ? _traces.Count - 1 : -1,
                Span = system.Style.LogsNameTraces ? span : default,
                Instance = names.Add($"{work.Service.Name}-{work.Pod}"),
            }
        );
    }

    /// <summary>Errors that some services write now and then, in good times too, and that mean nothing.</summary>
    private void Grumble(TimeWindow window)
    {
        var noise = new Random(unchecked((int)window.FromNs) ^ system.Services.Count);
        foreach (var service in system.Services.Where(_ => system.Style.HasLogs && noise.NextDouble() < 0.3))
        {
            for (var at = 0.0; (at += -20 * Math.Log(1 - noise.NextDouble())) < window.Seconds; )
                _logs.Add(
                    new SampleLog
                    {
                        TimeNs = _zero + (long)(at * 1e9),
                        Service = names.Add(service.Name),
                        Severity = SeverityNumber.Error,
                        Template = names.Add("could not refresh"),
                    }
                );
        }
    }

    private bool Noted(bool otherwise)
    {
        if (otherwise)
            _touched.Add(_traces.Count - 1);
        return otherwise;
    }

    private double Vary(double median)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var tail = random.NextDouble() < 0.01 ? 2 + (4 * random.NextDouble()) : 1;
        return median * Math.Exp(system.Style.Spread * normal) * tail;
    }

    private int Pick(List<double> weights)
    {
        var at = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
        {
            if ((at -= weights[i]) < 0)
                return i;
        }

        return weights.Count - 1;
    }

    private SpanId NewId() => new(++_ids);
}
