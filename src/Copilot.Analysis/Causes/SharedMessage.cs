using System.Globalization;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Causes;

/// <summary>The complaint that the requests concerned have in common: a log message, by its template, that good requests hardly ever
/// write.</summary>
internal static class SharedMessage
{
    public static CauseEvidence? Of(SampleRequests sample, Suspicion main)
    {
        var hits = main.Requests.Select(r => sample.Bad.Requests[r]).ToList();
        if (hits.Count < MessageSharingThresholds.Fewest)
            return null;
        var kin = hits.Select(r => (r.Service, r.Operation)).ToHashSet();
        var concerned = hits.ToHashSet();
        var others = Kin(sample.Bad.Requests).Where(r => !concerned.Contains(r)).ToList();
        var before = Kin(sample.BaselineRequests).ToList();
        var messages = hits.SelectMany(r => r.Events.Where(EventNumber.IsComplaint)).CountBy(e => e).ToList();
        var needed = Normal.FromUpperTail(MessageSharingThresholds.ByChance / Math.Max(1, messages.Count));
        var (message, count) = messages
            .Where(m => m.Value >= Math.Max(MessageSharingThresholds.Fewest, MessageSharingThresholds.LeastShare * hits.Count))
            .OrderByDescending(m => m.Value)
            .ThenBy(m => m.Key)
            .FirstOrDefault(m =>
                Proportions.Surprise(m.Value, hits.Count, Writing(before, m.Key), before.Count) >= needed
                && (double)Writing(others, m.Key) / Math.Max(1, others.Count) <= MessageSharingThresholds.Apart * m.Value / hits.Count
            );
        if (count == 0)
            return null;
        var beforeHand = Writing(before, message);
        return new CauseEvidence
        {
            Claim = string.Create(
                CultureInfo.InvariantCulture,
                $"{count} of these {hits.Count} write {EventNumber.Describe(message, sample.Names)}, {beforeHand} of "
                    + $"{before.Count} did before"
            ),
            Signal = SignalKind.SharedMessage,
            Before = before.Count == 0 ? 0 : Math.Round((double)beforeHand / before.Count, 4),
            Now = Math.Round((double)count / hits.Count, 4),
            Unit = "1",
            Surprise = Math.Round(Proportions.Surprise(count, hits.Count, beforeHand, before.Count), 1),
            TraceIds =
            [
                .. hits.Where(r => Writes(r, message))
                    .Select(r => r.Trace)
                    .Distinct()
                    .Take(TellingThresholds.MostTraces)
                    .Select(t => sample.Bad.Sample.TraceIds[t]),
            ],
        };

        IEnumerable<Request> Kin(IEnumerable<Request> of) => of.Where(r => r.Counts && kin.Contains((r.Service, r.Operation)));
    }

    private static int Writing(List<Request> requests, int message) => requests.Count(r => Writes(r, message));

    private static bool Writes(Request request, int message) => Array.BinarySearch(request.Events, message) >= 0;
}
