using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Attribution;

/// <summary>Which operations call whom out of sight: callees for which no calling span was sent, and peers that send none
/// themselves.</summary>
internal sealed class CallBaseline
{
    private readonly Dictionary<(int Service, int Operation), Operation> _operations = [];

    public static CallBaseline Of(SampleRequests sample)
    {
        var habits = new CallBaseline();
        foreach (var set in sample.Baselines)
            habits.Add(sample, set, isBad: false);
        habits.Add(sample, sample.Bad, isBad: true);
        return habits;
    }

    private ILookup<int, (int Service, int Operation)> Callers =>
        field ??= _operations
            .Where(o =>
                o.Value.RequestsNow >= CallBaselineThresholds.FewestRequests
                && o.Value.RequestsBefore >= CallBaselineThresholds.FewestRequests
            )
            .SelectMany(o =>
                o.Value.Before.Keys.Where(c => Share(o.Value, c) >= CallBaselineThresholds.Usually).Select(c => (Callee: c, Caller: o.Key))
            )
            .ToLookup(c => c.Callee, c => c.Caller);

    /// <summary>Whom one of the operations usually calls.</summary>
    public IEnumerable<int> CalleesOf(IReadOnlySet<(int Service, int Operation)> operations) =>
        Callers.Where(c => c.Any(operations.Contains)).Select(c => c.Key);

    /// <summary>The operations that usually call it and were asked for in the bad window too.</summary>
    public IReadOnlyList<(int Service, int Operation)> CallersOf(int callee) => [.. Callers[callee]];

    /// <summary>How many calls were to be expected in the bad window, and how many there were.</summary>
    public (double Expected, int Seen) CallsTo(int callee, IEnumerable<(int Service, int Operation)> callers)
    {
        var all = callers.Select(c => _operations[c]).ToList();
        return (all.Sum(o => Share(o, callee) * o.RequestsNow), all.Sum(o => o.Now.GetValueOrDefault(callee)));
    }

    public int RequestsOf((int Service, int Operation) operation) => _operations[operation].RequestsNow;

    private static double Share(Operation operation, int callee) =>
        operation.Before.GetValueOrDefault(callee) / (double)operation.RequestsBefore;

    private void Add(SampleRequests sample, RequestSet set, bool isBad)
    {
        foreach (var request in set.Requests.Where(r => r.Counts))
        {
            var key = (request.Service, request.Operation);
            if (!_operations.TryGetValue(key, out var operation))
                _operations.Add(key, operation = new Operation());
            operation.Count(isBad, request.Calls.Where(c => IsOutOfSight(sample, set, c)).Select(c => c.Callee).Distinct());
        }
    }

    private static bool IsOutOfSight(SampleRequests sample, RequestSet set, Call call) =>
        call.Callee >= 0 && !call.IsMessage && (!sample.IsService(call.Callee) || !set.Forest.Spans[call.Span].IsCall);

    private sealed class Operation
    {
        public int RequestsNow { get; private set; }

        public int RequestsBefore { get; private set; }

        public Dictionary<int, int> Now { get; } = [];

        public Dictionary<int, int> Before { get; } = [];

        public void Count(bool isBad, IEnumerable<int> callees)
        {
            if (isBad)
                RequestsNow++;
            else
                RequestsBefore++;
            var counts = isBad ? Now : Before;
            foreach (var callee in callees)
                counts[callee] = counts.GetValueOrDefault(callee) + 1;
        }
    }
}
