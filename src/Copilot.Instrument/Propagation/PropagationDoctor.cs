namespace Copilot.Instrument.Propagation;

/// <summary>
/// Says between which two services the context of traces is lost. Pure: the same sample gives the same report. A request without a
/// parent alone proves nothing (a browser has no spans), nor does a call that nobody answers (nor has a third party): only both
/// together do, and what names a parent that never came was sampled away or not received, and is not lost.
/// </summary>
public static class PropagationDoctor
{
    public static PropagationReport Judge(PropagationSample sample)
    {
        var names = new AddressedServices(Services(sample), sample);
        IReadOnlyList<BrokenPair> pairs =
        [
            .. new CallPairs(sample, names).Find(),
            .. QueuePairs.Find(sample),
            .. WithinService.Find(sample),
        ];
        var causes = new BreakCauses(sample, pairs);
        return new PropagationReport(
            [
                .. pairs
                    .Select(pair => Told(pair, causes, sample.Minutes))
                    .OrderByDescending(broken => broken.LostPerMinute)
                    .ThenBy(broken => broken.Caller, StringComparer.Ordinal)
                    .ThenBy(broken => broken.Operation, StringComparer.Ordinal),
            ],
            [
                .. sample
                    .Parents.Where(parents => parents.Missing >= PropagationThresholds.FewestCalls)
                    .OrderByDescending(parents => (double)parents.Missing / parents.Requests),
            ],
            sample.ReadShare,
            sample.Note
        );
    }

    private static ContextBreak Told(BrokenPair pair, BreakCauses causes, double minutes)
    {
        var (cause, culprit) = causes.Of(pair);
        var lost = pair.Within || pair.Messages || pair.Match is null ? pair.Calls.Count : pair.Calls.Count * pair.Match.Share;
        return new ContextBreak
        {
            Caller = pair.Caller,
            Callee = pair.Callee,
            Operation = pair.Operation,
            Cause = cause,
            Culprit = culprit,
            Matched = pair.Match?.Pairs.Count ?? 0,
            Calls = pair.Calls.Count,
            ByChance = pair.Match?.Chance ?? 1,
            ClockAheadMs = (pair.Match?.SkewNs ?? 0) / 1e6,
            LostPerMinute = Math.Min(lost, pair.Requests.Count) / Math.Max(minutes, 1.0 / 60),
            Evidence = BreakWords.Evidence(pair),
            Why = BreakWords.Why(pair, cause),
            Fix = BreakWords.Fix(pair, cause),
            Examples =
            [
                .. (pair.Match?.Pairs ?? [])
                    .Take(PropagationThresholds.Examples)
                    .Select(both => new TracePair(both.Call.TraceId, both.Request.TraceId)),
            ],
        };
    }

    private static IEnumerable<string> Services(PropagationSample sample) =>
        sample.Sides.Select(side => side.Service).Concat(sample.Kept.SelectMany(kept => new[] { kept.Caller, kept.Callee }));
}
