using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Attribution;

/// <summary>
/// Calls out of sight: without a calling span, time lost on the way to a callee looks like its caller's own, and a callee that is gone
/// leaves nothing at all; without a status, a peer's failure shows only in requests that end with it. What the callers of one callee
/// suffer together, and others do not, is that callee's.
/// </summary>
internal static class SharedCallee
{
    public static List<Suspicion> Assign(IReadOnlyList<Suspicion> left, SampleRequests sample)
    {
        var result = left.ToList();
        var habits = CallBaseline.Of(sample);
        var callees = habits.CalleesOf(left.Select(s => (s.Node, s.Operation)).ToHashSet()).ToList();
        while (callees.Select(c => Weigh(c, result, habits, sample)).OfType<Blamed>().MaxBy(b => (b.IsGone, b.Hits)) is { } best)
        {
            result.RemoveAll(best.Symptoms.Contains);
            result.AddRange(best.Symptoms.Select(s => Move(s, best)));
            callees.Remove(best.Callee);
        }

        result.AddRange(callees.Where(c => !sample.IsService(c)).SelectMany(c => Perhaps(c, result, habits, sample)).ToList());
        return result;
    }

    private static Blamed? Weigh(int callee, List<Suspicion> left, CallBaseline habits, SampleRequests sample)
    {
        var callers = habits.CallersOf(callee);
        var isService = sample.IsService(callee);
        var open = left.Where(s =>
                s.SeenAt < 0 && s.Operation >= 0 && s.Node != callee && s.Kind is SignalKind.OwnTime or SignalKind.Errors or SignalKind.Flow
            )
            .ToList();
        var symptoms = open.Where(s => callers.Contains((s.Node, s.Operation)) && (isService || EndsWith(s, callee, sample))).ToList();
        if (symptoms.Count == 0)
            return null;
        var (expected, seen) = habits.CallsTo(callee, callers);
        var isGone =
            isService
            && ((expected >= SharedCalleeThresholds.Due && seen == 0) || symptoms.Exists(s => IsWaiting(s, callee, symptoms, sample)));
        // A service's operations share its code, so they are one witness; a peer's users share only the peer.
        var sick = isService ? symptoms.Select(s => s.Node).Distinct().Count() : symptoms.Select(s => s.Operation).Distinct().Count();
        var asked = isService ? callers.Select(c => c.Service).Distinct().Count() : callers.Count;
        var itself = isService && left.Any(s => s.Node == callee && s.Kind is SignalKind.OwnTime or SignalKind.Gap) ? 1 : 0;
        if (sick < SharedCalleeThresholds.LeastShare * asked || (!isGone && sick + itself < SharedCalleeThresholds.Together))
            return null;
        var hits = symptoms.SelectMany(s => s.Requests).Distinct().Count();
        var others = open.Except(symptoms).SelectMany(s => s.Requests).Distinct().Count();
        var requests = callers.Sum(habits.RequestsOf);
        var rate = hits / (double)requests;
        var elsewhere = others / (double)Math.Max(1, sample.Bad.Requests.Count - requests);
        return rate < SharedCalleeThresholds.Apart * elsewhere ? null : new Blamed(callee, symptoms, isGone, isService, hits);
    }

    /// <summary>One operation that stops after calling a peer cannot tell which of the two it was: the peer comes second.</summary>
    private static IEnumerable<Suspicion> Perhaps(int peer, List<Suspicion> left, CallBaseline habits, SampleRequests sample)
    {
        var callers = habits.CallersOf(peer);
        return left.Where(s =>
                s.SeenAt < 0 && s.Kind == SignalKind.Flow && callers.Contains((s.Node, s.Operation)) && EndsWith(s, peer, sample)
            )
            .Select(s => Move(s with { Surprise = s.Surprise / 2 }, new Blamed(peer, [s], false, false, s.Hits)));
    }

    /// <summary>The requests concerned do nothing more once they have called it, whichever instance they came to.</summary>
    private static bool EndsWith(Suspicion symptom, int callee, SampleRequests sample) =>
        symptom.Kind != SignalKind.OwnTime
        && symptom.Requests.Count(r => LastCallee(sample.Bad, r) == callee) >= SharedCalleeThresholds.NearlyAll * symptom.Requests.Count
        && !SparesInstances(symptom, sample);

    /// <summary>What befalls one of a service's instances and hardly the others, who call the same peer, is not the peer's.</summary>
    private static bool SparesInstances(Suspicion symptom, SampleRequests sample)
    {
        var hits = symptom.Requests.ToHashSet();
        var instances = sample
            .Bad.Requests.Select((request, i) => (request, IsHit: hits.Contains(i)))
            .Where(r => r.request.Counts && r.request.Service == symptom.Node && r.request.Operation == symptom.Operation)
            .GroupBy(
                r => r.request.Instance,
                (_, of) => of.Aggregate((Hits: 0, Count: 0), (sum, r) => (sum.Hits + (r.IsHit ? 1 : 0), sum.Count + 1))
            )
            .ToList();
        var (all, count) = (instances.Sum(i => i.Hits), instances.Sum(i => i.Count));
        return instances.Exists(i =>
            i.Count < count
            && (all - i.Hits) * i.Count < SharedCalleeThresholds.Spared * i.Hits * (count - i.Count)
            && Proportions.Surprise(i.Hits, i.Count, all - i.Hits, count - i.Count) >= SharedCalleeThresholds.Unevenly
        );
    }

    private static int LastCallee(RequestSet set, int request)
    {
        var calls = set.Requests[request].Calls;
        return calls.Count == 0 ? -1 : calls.MaxBy(c => set.Forest.Spans[c.Span].StartNs).Callee;
    }

    /// <summary>Requests that lack the call and take longer all the same waited for what never came: who returns early is early.</summary>
    private static bool IsWaiting(Suspicion symptom, int callee, List<Suspicion> symptoms, SampleRequests sample)
    {
        if (symptom.Kind != SignalKind.OwnTime || symptom.Requests.Count < SharedCalleeThresholds.Together)
            return false;
        var lacking = symptom.Requests.Where(r => !sample.Bad.Requests[r].Calls.Exists(c => c.Callee == callee)).ToList();
        return lacking.Count >= SharedCalleeThresholds.NearlyAll * symptom.Requests.Count
            && symptoms.Exists(s =>
                s.Kind != SignalKind.OwnTime
                && s.Node == symptom.Node
                && s.Operation == symptom.Operation
                && s.Requests.Intersect(lacking).Any()
            );
    }

    private static Suspicion Move(Suspicion symptom, Blamed blamed) =>
        symptom with
        {
            Node = blamed.Callee,
            SeenAt = symptom.Node,
            Kind =
                symptom.Kind == SignalKind.OwnTime ? SignalKind.Gap
                : blamed.IsGone ? SignalKind.Silence
                : SignalKind.Errors,
            Detail =
                blamed.IsGone || symptom.Kind == SignalKind.OwnTime ? ""
                : blamed.IsService ? symptom.Detail
                : "requests end with it",
        };

    private sealed record Blamed(int Callee, List<Suspicion> Symptoms, bool IsGone, bool IsService, int Hits);
}
