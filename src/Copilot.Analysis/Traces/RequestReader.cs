using System.Runtime.InteropServices;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Traces;

/// <summary>Makes requests of spans: who called whom, how long each worked itself, and what happened in each.</summary>
/// <param name="suspects">Databases that are looked at like any other callee; the others are part of their service's own work.</param>
/// <param name="withTries">What passes between two tries is not the caller's own time.</param>
internal sealed class RequestReader(CalleeDirectory directory, IReadOnlySet<int> suspects, bool withTries)
{
    public RequestSet Read(TelemetrySample sample, CallForest forest, bool withLogs)
    {
        var spans = forest.Spans;
        var requestOf = new int[spans.Length];
        var requests = new List<Request>();
        var receiver = new int[spans.Length];
        Array.Fill(receiver, -1);
        foreach (var i in forest.TopDown)
        {
            ref readonly var span = ref spans[i];
            var parent = forest.Parent[i];
            var isEntry = span.Kind is SpanKind.Server or SpanKind.Consumer || span.Parent.IsEmpty;
            if (parent >= 0 && !isEntry && spans[parent].Service == span.Service)
            {
                requestOf[i] = requestOf[parent];
                continue;
            }

            if (parent >= 0 && spans[parent].IsCall && receiver[parent] < 0)
                receiver[parent] = requests.Count;
            requestOf[i] = requests.Count;
            requests.Add(
                new Request
                {
                    Span = i,
                    Trace = span.Trace,
                    Service = span.Service,
                    Operation = span.Operation,
                    Instance = span.Instance,
                    Failed = span.Failed,
                    StartNs = span.StartNs,
                    DurationMs = span.DurationNs / 1e6,
                    Caller = parent >= 0 ? requestOf[parent] : -1,
                    IsEntry = isEntry,
                    // A piece of work whose beginning did not come is no request that could be compared with others.
                    Counts = sample.TellsOf(span.Trace, span.Service) && (isEntry || parent >= 0),
                    ErrorType = span.ErrorType,
                }
            );
        }

        var set = new RequestSet
        {
            Sample = sample,
            Forest = forest,
            Requests = requests,
            RequestOf = requestOf,
        };
        ReadInside(set, receiver);
        ReadEvents(set, withLogs);
        return set;
    }

    private void ReadInside(RequestSet set, int[] receiver)
    {
        var spans = set.Forest.Spans;
        var busyElsewhere = new List<(long From, long To)>?[set.Requests.Count];
        for (var i = 0; i < spans.Length; i++)
        {
            ref readonly var span = ref spans[i];
            var request = set.Requests[set.RequestOf[i]];
            if (span.Failed && request.ErrorType < 0)
                request.ErrorType = span.ErrorType;
            if (!span.IsCall || (request.Span == i && receiver[i] < 0))
                continue;
            var call = Made(set, i, receiver[i]);
            request.Calls.Add(call);
            // A database that only this service sees is part of its own work; other peers and services are not.
            if (call.Request >= 0 || (call.Callee >= 0 && !call.IsDatabase))
                (busyElsewhere[set.RequestOf[i]] ??= []).Add((span.StartNs, span.EndNs));
        }

        foreach (var (call, at) in Unannounced(set))
        {
            set.Requests[at].Calls.Add(call);
            var taken = spans[set.Requests[call.Request].Span];
            if (!call.IsMessage)
                (busyElsewhere[at] ??= []).Add((taken.StartNs, taken.EndNs));
        }

        for (var r = 0; r < set.Requests.Count; r++)
        {
            var request = set.Requests[r];
            var span = spans[request.Span];
            if (withTries && Tries.Mark(set, request, call => IsLost(set, call)) is { Count: > 0 } waits)
                (busyElsewhere[r] ??= []).AddRange(waits);
            request.OwnMs = (span.DurationNs - Intervals.Covered(busyElsewhere[r], span.StartNs, span.EndNs)) / 1e6;
        }
    }

    private bool IsLost(RequestSet set, Call call) => call.Request < 0 && directory.UsualCallee(set.Forest.Spans[call.Span]) == call.Callee;

    private Call Made(RequestSet set, int i, int called)
    {
        ref readonly var span = ref set.Forest.Spans[i];
        var callee = called >= 0 ? set.Requests[called].Service : directory.UsualCallee(span);
        if (callee < 0)
            callee = span.Peer;
        var message =
            span.Kind == SpanKind.Producer || (called >= 0 && set.Forest.Spans[set.Requests[called].Span].Kind == SpanKind.Consumer);
        return new Call
        {
            Span = i,
            Callee = callee,
            Request = called,
            DurationMs = span.DurationNs / 1e6,
            GapMs = Gap(set, i, called, message),
            Failed = span.Failed,
            IsMessage = message,
            IsDatabase = span.IsDatabase && !suspects.Contains(callee),
            IsGivenUp =
                called >= 0
                && set.Requests[called].DurationMs > (RequestThresholds.TidyingTimes * span.DurationNs / 1e6) + RequestThresholds.TidyingMs,
        };
    }

    /// <summary>Calls of callers that send no spans for them: the callee's spans hang right under their work, any number of them.</summary>
    private static IEnumerable<(Call Call, int Caller)> Unannounced(RequestSet set)
    {
        for (var r = 0; r < set.Requests.Count; r++)
        {
            var request = set.Requests[r];
            var parent = set.Forest.Parent[request.Span];
            if (parent < 0 || set.Forest.Spans[parent].IsCall)
                continue;
            yield return (
                new Call
                {
                    Span = parent,
                    Callee = request.Service,
                    Request = r,
                    DurationMs = request.DurationMs,
                    GapMs = 0,
                    Failed = request.Failed,
                    IsMessage = set.Forest.Spans[request.Span].Kind == SpanKind.Consumer,
                    IsDatabase = false,
                },
                request.Caller
            );
        }
    }

    private static double Gap(RequestSet set, int call, int called, bool message)
    {
        var spans = set.Forest.Spans;
        if (called < 0)
            return spans[call].DurationNs / 1e6;
        if (message)
            return Math.Max(0, spans[set.Requests[called].Span].StartNs - spans[call].EndNs) / 1e6;
        // Retries put several receivers under one call; durations, not clocks, because the two hosts' clocks differ.
        long inside = 0;
        foreach (var child in set.Forest.Children(call))
        {
            if (spans[child].Service != spans[call].Service)
                inside += spans[child].DurationNs;
        }

        return Math.Max(0, spans[call].DurationNs - inside) / 1e6;
    }

    private static void ReadEvents(RequestSet set, bool withLogs)
    {
        var spans = set.Forest.Spans;
        var events = new RequestEvents(spans.Length);
        for (var i = 0; i < spans.Length; i++)
        {
            if (set.Requests[set.RequestOf[i]].Span != i)
                events.Add(set.RequestOf[i], EventNumber.Of(EventNumber.InnerOperation, spans[i].Operation));
        }

        for (var r = 0; r < set.Requests.Count; r++)
        {
            foreach (ref readonly var call in CollectionsMarshal.AsSpan(set.Requests[r].Calls))
            {
                if (call.Callee < 0 || call.IsMessage)
                    continue;
                events.Add(r, EventNumber.Of(EventNumber.CallTo, call.Callee));
                if (call.IsGivenUp)
                    events.Add(r, EventNumber.Of(EventNumber.GivenUp, call.Callee));
            }
        }

        if (withLogs)
            AddLogs(set, events);
        events.GiveTo(set.Requests);
    }

    private static void AddLogs(RequestSet set, RequestEvents events)
    {
        var logs = set.Sample.Logs.Where(log => log is { Trace: >= 0, Template: >= 0 }).ToList();
        if (logs.Count == 0)
            return;
        var spans = set.Forest.Spans;
        var index = new Dictionary<(int Trace, SpanId Id), int>();
        var first = new Dictionary<(int Trace, int Service), int>();
        for (var i = 0; i < spans.Length; i++)
            index.TryAdd((spans[i].Trace, spans[i].Id), set.RequestOf[i]);
        for (var r = 0; r < set.Requests.Count; r++)
            first.TryAdd((set.Requests[r].Trace, set.Requests[r].Service), r);
        foreach (var log in logs)
        {
            if (
                (!log.Span.IsEmpty && index.TryGetValue((log.Trace, log.Span), out var request))
                || first.TryGetValue((log.Trace, log.Service), out request)
            )
                events.Add(request, EventNumber.OfLog(log.Severity, log.Template));
        }
    }
}
