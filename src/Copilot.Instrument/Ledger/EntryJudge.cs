using Copilot.Instrument.Propagation;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Text;

namespace Copilot.Instrument.Ledger;

/// <summary>Judges one workload by the spans that were received of it and of its callers.</summary>
internal sealed class EntryJudge(LedgerFacts facts)
{
    /// <returns>Null for what is no workload of anybody.</returns>
    public LedgerEntry? Of(KnownWorkload workload)
    {
        var skipped = string.Equals(workload.Declared?.How, DeclaredWorkload.Skipped, StringComparison.OrdinalIgnoreCase);
        if (workload.SentSpans)
            return Sender(workload, skipped);
        if (skipped)
            return Entry(workload, LedgerState.Skipped, "The scan of manifests leaves it alone.", null);
        if (workload.Presence is not null)
            return Entry(
                workload,
                LedgerState.SendsNoSpans,
                "It sends logs or metrics and no span: its traces are switched off or sampled away as a whole.",
                "Set OTEL_TRACES_EXPORTER=otlp and look at OTEL_TRACES_SAMPLER and at the Collector's pipeline of traces."
            );
        if (workload.Declared is null && (workload.Entity is null || !KnownWorkloads.IsService(workload.Entity)))
            return Peer(workload);
        return Entry(workload, LedgerState.SendsNoSpans, NeverSeen(workload), HowTo(workload));
    }

    private LedgerEntry Sender(KnownWorkload workload, bool skipped)
    {
        var service = workload.Presence!;
        if (Silence.Of(service, facts) is { } silence)
        {
            if (skipped)
                return Entry(workload, LedgerState.Skipped, "The scan of manifests leaves it alone; it sent spans once.", null);
            var (reason, fix) = silence.Told(workload);
            return Entry(workload, LedgerState.Silent, reason, fix) with
            {
                LostPerMinute = Math.Max(silence.Before, workload.Called / facts.Minutes),
                RequestsPerMinute = silence.Before,
            };
        }

        var lost = facts.Propagation.Breaks.Where(broken => broken.Culprit == workload.Name).ToArray();
        if (lost.Length > 0)
            return Entry(workload, LedgerState.BreaksContext, Broken(workload.Name, lost), FixOf(workload.Name, lost)) with
            {
                LostPerMinute = lost.Sum(broken => broken.LostPerMinute),
            };
        var open = facts.Propagation.Breaks.Where(broken =>
            broken.Culprit is null && (broken.Caller == workload.Name || broken.Callee == workload.Name)
        );
        return Entry(
            workload,
            LedgerState.Instrumented,
            open.FirstOrDefault() is { } near
                ? $"Its spans arrive. Between {Name(near.Caller)} and {Name(near.Callee)} the context is lost; which "
                    + "side loses it cannot be told."
                : "Its spans arrive.",
            null
        );
    }

    private static string Broken(string name, IReadOnlyList<ContextBreak> lost)
    {
        var pairs = lost.OrderBy(broken => broken.Callee != name).Select(broken => (broken.Caller, broken.Callee)).Distinct();
        var told = pairs.Select(pair =>
            pair.Caller == pair.Callee ? $"within {Name(pair.Caller)}" : $"between {Name(pair.Caller)} and {Name(pair.Callee)}"
        );
        return $"Its spans arrive, and the context of traces is lost {string.Join(" and ", told)}.";
    }

    private static string FixOf(string name, IReadOnlyList<ContextBreak> lost) =>
        lost.Any(broken => broken.Cause == BreakCause.CalleeDoesNotRead) && lost.Any(broken => broken.Cause == BreakCause.CallerDoesNotSend)
            ? $"{Name(name)} neither reads nor sends the context: set OTEL_PROPAGATORS=tracecontext,baggage in it (not \"none\")."
            : lost[0].Fix;

    private LedgerEntry Peer(KnownWorkload workload)
    {
        var looked = facts
            .Sample.Sides.Where(side => !side.IsEntry)
            .Where(side => workload.Addresses.Any(address => Same(address, side.Peer) || Same(address, side.Address)))
            .ToArray();
        var judged = PeerJudgement.Of(
            workload.Addresses[0],
            looked,
            workload.Entity,
            workload.Addresses.Select(facts.Sample.Databases.GetValueOrDefault).FirstOrDefault(system => system is not null)
        );
        return judged.Nature == PeerNature.OwnService
            ? Entry(workload, LedgerState.SendsNoSpans, $"{NeverSeen(workload)} {judged.Why}", HowTo(workload)) with
            {
                Nature = judged.Nature,
            }
            : Entry(workload, LedgerState.OnlyPeer, $"{NeverSeen(workload)} {judged.Why}", null) with
            {
                Nature = judged.Nature,
                LostPerMinute = 0,
            };
    }

    private static string NeverSeen(KnownWorkload workload) =>
        workload.Called > 0
            ? $"{Told(workload.Callers)} {(workload.Callers.Count == 1 ? "calls" : "call")} it, and no span of its own ever arrived."
            : "No span of it ever arrived, and nobody who sends spans calls it: perhaps it does not run, or goes by "
                + "another service.name.";

    private static string HowTo(KnownWorkload workload) =>
        workload.Declared?.How is { Length: > 0 } how
            ? $"By the scan of its manifest: {Hostile.Line(how, 200)}."
            : "Instrument it: copilot instrument scan says how, from its manifests.";

    private LedgerEntry Entry(KnownWorkload workload, LedgerState state, string reason, string? fix)
    {
        var requests = workload.Presence?.Steps.Sum(step => step.Requests) ?? 0;
        var called = workload.Called / facts.Minutes;
        return new LedgerEntry
        {
            Name = workload.Name,
            Namespace = workload.Presence?.Namespace ?? workload.Declared?.Namespace,
            State = state,
            Reason = reason,
            Fix = fix,
            KnownFrom = workload.KnownFrom,
            Callers = workload.Callers,
            RequestsPerMinute = workload.SentSpans ? requests / facts.Minutes : called,
            LostPerMinute = state == LedgerState.SendsNoSpans ? called : 0,
            LastSpan = workload.Presence?.LastMinute,
            Language = workload.Presence?.Sdk?.Language ?? workload.Declared?.Language,
            Sdk = workload.Presence?.Sdk,
            Team = facts.Owners.OwnerOf(workload.Name, facts.Window.To).Team,
        };
    }

    private static string Told(IReadOnlyList<string> callers) =>
        callers.Count switch
        {
            1 => Name(callers[0]),
            2 => $"{Name(callers[0])} and {Name(callers[1])}",
            _ => $"{Name(callers[0])}, {Name(callers[1])} and {callers.Count - 2} more",
        };

    private static string Name(string text) => Hostile.Line(text, 120);

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
