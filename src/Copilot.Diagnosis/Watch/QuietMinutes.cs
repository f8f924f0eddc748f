using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Watch;

/// <summary>
/// The minutes that a look is compared with: the nearest ones in which requests came and no trouble is known. What is just before a
/// fault is often little, and what is before that is often the fault before; so what is usual is learned from wherever it was quiet.
/// Filled from the nearest past backwards, until it holds enough.
/// </summary>
internal sealed class QuietMinutes
{
    private readonly long _wanted;
    private readonly IReadOnlyList<TimeWindow> _troubles;
    private readonly List<TimeWindow> _windows = [];

    /// <summary>The minute just before the look may hold the beginning of what the look is about.</summary>
    private readonly TimeWindow _doubtful;

    private bool _hasDoubtful;
    private long _traces;

    /// <param name="window">What is looked at, in whole minutes.</param>
    /// <param name="traces">How many traces it holds.</param>
    /// <param name="troubles">When something is known to have been wrong.</param>
    public QuietMinutes(TimeWindow window, long traces, IReadOnlyList<TimeWindow> troubles)
    {
        _doubtful = new TimeWindow(window.FromNs - UnixNanos.PerMinute, window.FromNs);
        (_wanted, _troubles, FilledToNs) = (QuietMinuteThresholds.Times * traces, troubles, window.FromNs);
    }

    /// <summary>Everything from here on is filled in.</summary>
    public long FilledToNs { get; private set; }

    public bool IsFull =>
        _windows.Count == QuietMinuteThresholds.MostWindows
        || (_windows.Count > 1 && _traces >= Math.Max(QuietMinuteThresholds.Few, _wanted));

    /// <summary>Nearest first; empty where nothing is known.</summary>
    public IReadOnlyList<TimeWindow> Windows => _hasDoubtful && _traces < QuietMinuteThresholds.Few ? [_doubtful, .. _windows] : _windows;

    /// <summary>The next stretch of the past worth reading; troubles are jumped over.</summary>
    public TimeWindow Next(TimeSpan length)
    {
        var to = FilledToNs;
        while (_troubles.FirstOrDefault(t => t.FromNs < to && t.ToNs >= to) is { IsEmpty: false } trouble)
            to = trouble.FromNs - (trouble.FromNs % UnixNanos.PerMinute);
        return new TimeWindow(to - (length.Ticks * 100), to);
    }

    /// <param name="stretch">Whole minutes before all that is filled in.</param>
    /// <param name="traces">How many traces began in each of its minutes.</param>
    public void Fill(TimeWindow stretch, IReadOnlyDictionary<long, long> traces)
    {
        FilledToNs = stretch.FromNs;
        for (var from = stretch.ToNs - UnixNanos.PerMinute; from >= stretch.FromNs && !IsFull; from -= UnixNanos.PerMinute)
        {
            var minute = new TimeWindow(from, from + UnixNanos.PerMinute);
            if (traces.GetValueOrDefault(from) == 0 || _troubles.Any(minute.Overlaps))
                continue;
            if (minute == _doubtful)
                _hasDoubtful = true;
            else
                Add(minute, traces[from]);
        }
    }

    private void Add(TimeWindow minute, long traces)
    {
        _traces += traces;
        if (
            _windows.Count > 0
            && _windows[^1].FromNs == minute.ToNs
            && _windows[^1].ToNs - minute.FromNs <= QuietMinuteThresholds.LongestNs
        )
            _windows[^1] = _windows[^1] with { FromNs = minute.FromNs };
        else
            _windows.Add(minute);
    }
}
