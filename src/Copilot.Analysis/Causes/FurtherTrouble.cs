using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Causes;

/// <summary>
/// Two things may go wrong at once. The requests that pass the cause are taken out, now and before alike: what is still worse in the
/// others is a trouble of its own, judged as if it were alone.
/// </summary>
internal static class FurtherTrouble
{
    /// <returns>What is left without the requests that pass the cause; null where that is too little to judge.</returns>
    public static AnalysisInput? Without(SampleRequests sample, NodeScore cause)
    {
        var operations = cause.Suspicions.Where(s => s.SeenAt < 0 && s.Operation >= 0).Select(s => s.Operation).ToHashSet();
        var everywhere = cause.Suspicions.Any(s => s.SeenAt >= 0 || s.Operation < 0);
        var input = sample.Input with { Bad = Rest(sample.Bad), Baselines = [.. sample.Baselines.Select(Rest)] };
        return
            input.Bad.TraceIds.Count < FurtherTroubleThresholds.FewestTraces
            || input.Baselines.Sum(b => b.TraceIds.Count) < FurtherTroubleThresholds.FewestTraces
            ? null
            : input;

        TelemetrySample Rest(RequestSet set)
        {
            var passing = set
                .Requests.Where(r =>
                    (r.Service == cause.Node && (everywhere || operations.Contains(r.Operation)))
                    || r.Calls.Any(c => c.Callee == cause.Node && c.Request < 0)
                )
                .Select(r => r.Trace)
                .ToHashSet();
            return SomeTraces.Of(set.Sample, trace => !passing.Contains(trace), service => service != cause.Node);
        }
    }

    /// <summary>
    /// Whoever waits for the cause, or gets more or other work from it, may be slow towards others too: then it is one trouble. What fails
    /// by itself in requests that never met the cause is another.
    /// </summary>
    /// <param name="item">What the others' requests point to.</param>
    public static bool IsOfItsOwn(SampleRequests sample, CallGraph graph, NodeScore cause, CauseItem item)
    {
        var node = sample.Names.Find(item.Peer ?? item.Service);
        if (node == cause.Node || item.Confidence < FurtherTroubleThresholds.Sure)
            return false;
        var related = graph.CallersOf(cause.Node).Contains(node) || graph.CallersOf(node).Contains(cause.Node);
        return !related || item.Kind is CauseKind.Errors or CauseKind.Change;
    }
}
