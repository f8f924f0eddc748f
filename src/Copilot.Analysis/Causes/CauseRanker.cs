using Copilot.Analysis.Health;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Causes;

/// <summary>
/// Finds where trouble starts. Every signal compares the bad window with good ones; what a callee explains is taken off its
/// callers; what is left is weighed per service or peer. A verdict needs more than a first place: somebody must be clearly worse
/// (or requests demonstrably astray), and the first place must explain it.
/// </summary>
public static class CauseRanker
{
    public static CauseReport Rank(AnalysisInput input)
    {
        var sample = SampleRequests.Read(input);
        var found = Find(sample);
        var left = input.Options.UsePropagation ? Propagation.Unexplained(found, sample.Bad) : found;
        var nodes = Weighing.Weigh(left, sample);
        var health = HealthComparison.Compare(sample);
        var graph = CallGraph.Of(sample);
        var judgement = Judgement.Of(sample, nodes, health, graph);
        var writer = new ReportWriter(sample, nodes, health, graph, judgement);
        return writer.Write();
    }

    private static List<Suspicion> Find(SampleRequests sample)
    {
        var options = sample.Input.Options;
        if (sample.Baselines.Count == 0)
            return [];
        var found = EdgeBlame.Assign(LatencySignal.Find(sample), sample);
        found.AddRange(ErrorSignal.Find(sample));
        if (options.UseFlow)
            found.AddRange(FlowSignal.Find(sample));
        if (options.UseResources)
            found.AddRange(ResourceSignal.Find(sample));
        return found;
    }
}
