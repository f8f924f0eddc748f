using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Propagation;

/// <summary>Says which side loses the context, as far as the other calls of both tell.</summary>
internal sealed class BreakCauses
{
    private readonly PropagationSample _sample;
    private readonly IReadOnlyList<BrokenPair> _pairs;

    /// <summary>Services that one broken pair proves to lose it; they explain the next.</summary>
    private readonly HashSet<string> _proven;

    private readonly Dictionary<string, bool?> _shortIds = new(StringComparer.Ordinal);

    public BreakCauses(PropagationSample sample, IReadOnlyList<BrokenPair> pairs)
    {
        (_sample, _pairs) = (sample, pairs);
        _proven = [.. pairs.Select(pair => OfPair(pair).Culprit).OfType<string>()];
    }

    public (BreakCause Cause, string? Culprit) Of(BrokenPair pair)
    {
        var (cause, culprit) = OfPair(pair);
        if (cause != BreakCause.Unknown)
            return (cause, culprit);
        // Who does not read what it is sent has no propagator, and sends nothing either; and the other way round.
        if (_proven.Contains(pair.Caller))
            return (BreakCause.CallerDoesNotSend, pair.Caller);
        return _proven.Contains(pair.Callee) ? (BreakCause.CalleeDoesNotRead, pair.Callee) : (cause, null);
    }

    private (BreakCause Cause, string? Culprit) OfPair(BrokenPair pair)
    {
        if (pair.Within)
            return (BreakCause.WithinService, pair.Caller);
        var sends = Hangs(pair, kept => kept.Caller == pair.Caller && kept.Callee != pair.Callee);
        var reads = Hangs(pair, kept => kept.Callee == pair.Callee && kept.Caller != pair.Caller);
        string? culprit =
            sends && !reads ? pair.Callee
            : reads && !sends ? pair.Caller
            : null;
        if (pair.Messages)
            return (BreakCause.Queue, culprit);
        if (HasShortIds(pair.Caller) is { } one && HasShortIds(pair.Callee) is { } other && one != other)
            return (BreakCause.MixedPropagators, null);
        if (!pair.Named)
            return (BreakCause.Proxy, null);
        return (sends, reads) switch
        {
            (true, true) => (BreakCause.Between, null),
            (true, false) => (BreakCause.CalleeDoesNotRead, culprit),
            (false, true) => (BreakCause.CallerDoesNotSend, culprit),
            _ => (BreakCause.Unknown, null),
        };
    }

    private bool Hangs(BrokenPair pair, Func<KeptCalls, bool> which) =>
        _sample.Kept.Where(kept => kept.Messages == pair.Messages && which(kept)).Sum(kept => kept.Count)
        >= PropagationThresholds.FewestCalls;

    /// <summary>Ids of 64 bits, padded with zeros, as B3's older tracers make them; null where it makes none of its own here.</summary>
    private bool? HasShortIds(string service)
    {
        if (_shortIds.TryGetValue(service, out var known))
            return known;
        var traces = _pairs
            .SelectMany(pair => (pair.Caller == service ? pair.Calls : []).Concat(pair.Callee == service ? pair.Requests : []))
            .Select(side => side.TraceId)
            .Distinct()
            .ToArray();
        var share = traces.Length == 0 ? 0 : (double)traces.Count(trace => trace.High == 0) / traces.Length;
        return _shortIds[service] =
            traces.Length < PropagationThresholds.FewestCalls ? null
            : share >= PropagationThresholds.ShortIds ? true
            : share <= 1 - PropagationThresholds.ShortIds ? false
            : null;
    }
}
