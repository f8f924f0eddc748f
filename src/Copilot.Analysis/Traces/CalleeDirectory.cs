using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Traces;

/// <summary>
/// Whom a calling span usually reaches, learned from the calls whose receiver did send a span: when a service falls silent its
/// callers' spans stay, and this tells whose silence it is.
/// </summary>
public sealed class CalleeDirectory
{
    private readonly Dictionary<(int Service, int Operation, int Peer), Dictionary<int, int>> _seen = [];

    public void Learn(CallForest forest)
    {
        var spans = forest.Spans;
        for (var i = 0; i < spans.Length; i++)
        {
            var parent = forest.Parent[i];
            if (parent < 0 || !spans[parent].IsCall || spans[parent].Service == spans[i].Service)
                continue;
            var key = Key(spans[parent]);
            if (!_seen.TryGetValue(key, out var callees))
                _seen.Add(key, callees = []);
            callees[spans[i].Service] = callees.GetValueOrDefault(spans[i].Service) + 1;
        }
    }

    public int UsualCallee(in SampleSpan call)
    {
        if (!_seen.TryGetValue(Key(call), out var callees))
            return NameTable.None;
        var all = callees.Values.Sum();
        foreach (var (service, count) in callees)
        {
            if (count >= RequestThresholds.ClearCallee * all)
                return service;
        }

        return NameTable.None;
    }

    private static (int Service, int Operation, int Peer) Key(in SampleSpan call) => (call.Service, call.Operation, call.Peer);
}
