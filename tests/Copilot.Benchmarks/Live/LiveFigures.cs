using System.Collections.Concurrent;

namespace Copilot.Benchmarks.Live;

/// <summary>What was seen while it ran, from many at once.</summary>
internal sealed class LiveFigures
{
    private readonly ConcurrentQueue<(string Kind, double Milliseconds)> _asked = [];
    private readonly ConcurrentQueue<double> _looked = [];
    private readonly ConcurrentQueue<double> _answerable = [];
    private double? _watchSeconds;
    private long _unanswered;
    private long _sent;
    private long _refused;
    private long _changed;
    private long _changesRefused;
    private long _postgres;

    public void Asked(string kind, TimeSpan took, bool answered)
    {
        _asked.Enqueue((kind, took.TotalMilliseconds));
        if (!answered)
            Interlocked.Increment(ref _unanswered);
    }

    public void Looked(TimeSpan took) => _looked.Enqueue(took.TotalMilliseconds);

    public void Answerable(TimeSpan took) => _answerable.Enqueue(took.TotalMilliseconds);

    public void Seen(TimeSpan after) => _watchSeconds = after.TotalSeconds;

    public void Sent(int spans, bool taken) => Interlocked.Add(ref taken ? ref _sent : ref _refused, spans);

    public void Changed(bool taken) => Interlocked.Increment(ref taken ? ref _changed : ref _changesRefused);

    public void PostgresHolds(long bytes) => _postgres = Math.Max(_postgres, bytes);

    /// <summary>By name. What was not seen has no figure.</summary>
    public Dictionary<string, double> All()
    {
        var figures = new Dictionary<string, double>();
        Add("ask", _asked.Where(static a => a.Kind != LivePeople.Investigation).Select(static a => a.Milliseconds));
        foreach (var kind in LivePeople.Kinds)
            Add("ask_" + kind, _asked.Where(a => a.Kind == kind).Select(static a => a.Milliseconds));
        Add("page", _looked);
        Add("answerable", _answerable);
        figures["questions"] = _asked.Count;
        figures["questions_without_answer"] = _unanswered;
        if (_watchSeconds is { } seconds)
            figures["watch_lag_s"] = Math.Round(seconds, 1);
        figures["spans_taken"] = _sent;
        figures["spans_refused"] = _refused;
        figures["new_things"] = _changed;
        figures["new_things_refused"] = _changesRefused;
        figures["postgres_peak_mb"] = Math.Round(_postgres / 1e6, 1);
        return figures;

        void Add(string name, IEnumerable<double> milliseconds)
        {
            double[] sorted = [.. milliseconds.Order()];
            if (sorted.Length == 0)
                return;
            foreach (var (percentile, share) in new[] { ("p50", 0.5), ("p95", 0.95), ("p99", 0.99) })
                figures[$"{name}_{percentile}_ms"] = Math.Round(sorted[(int)Math.Ceiling(sorted.Length * share) - 1], 1);
        }
    }
}
