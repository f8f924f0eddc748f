using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Attribution;

/// <summary>Who calls whom, over the bad window and its baselines: a dead callee is known only from before.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<int, HashSet<int>> _callers = [];

    public static CallGraph Of(SampleRequests sample)
    {
        var graph = new CallGraph();
        foreach (var request in sample.BaselineRequests.Concat(sample.Bad.Requests))
        {
            foreach (var call in request.Calls)
            {
                if (call.Callee < 0 || call.Callee == request.Service)
                    continue;
                if (!graph._callers.TryGetValue(call.Callee, out var callers))
                    graph._callers.Add(call.Callee, callers = []);
                callers.Add(request.Service);
            }
        }

        return graph;
    }

    /// <summary>The services that call a service or peer, directly or through others.</summary>
    public HashSet<int> CallersOf(int node)
    {
        var all = new HashSet<int>();
        var waiting = new Stack<int>([node]);
        while (waiting.TryPop(out var at))
        {
            foreach (var caller in _callers.GetValueOrDefault(at) ?? [])
            {
                if (caller != node && all.Add(caller))
                    waiting.Push(caller);
            }
        }

        return all;
    }
}
