using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Watch;

/// <summary>
/// Error messages that are new or come much more often than in the quarter of an hour before. Messages come in bursts, so what is counted
/// is in how many stretches of a few seconds one appears at all. Remembers each minute, so that only the last ones are read.
/// </summary>
internal sealed class ErrorMessages
{
    private const int StretchesOfMinute = (int)(UnixNanos.PerMinute / ErrorMessageThresholds.StretchNs);

    private readonly SortedDictionary<long, Dictionary<(int Service, string Template), int>> _minutes = [];

    /// <summary>What is worth reading: what is not known yet, and the last two minutes again, for logs come late.</summary>
    public TimeWindow Next(TimeWindow past)
    {
        foreach (var old in _minutes.Keys.Where(m => m < past.FromNs).ToList())
            _minutes.Remove(old);
        var known = _minutes.Count == 0 ? past.FromNs : _minutes.Keys.Last() - UnixNanos.PerMinute;
        return past with { FromNs = Math.Clamp(known, past.FromNs, past.ToNs) };
    }

    /// <param name="read">Whole minutes.</param>
    public void Note(TimeWindow read, IReadOnlyList<SampledLog> errors)
    {
        for (var minute = read.FromNs; minute < read.ToNs; minute += UnixNanos.PerMinute)
            _minutes[minute] = [];
        foreach (
            var stretches in errors
                .Select(e => (e.Service, Template: LogTemplate.Of(e.Body), Stretch: e.TimeNs / ErrorMessageThresholds.StretchNs))
                .Distinct()
                .GroupBy(e => (Minute: e.Stretch / StretchesOfMinute * UnixNanos.PerMinute, e.Service, e.Template))
        )
            _minutes[stretches.Key.Minute][(stretches.Key.Service, stretches.Key.Template)] = stretches.Count();
    }

    /// <summary>By service id, how surprising its most surprising message in the last minute is.</summary>
    /// <param name="heard">The minutes in which anything was received: of the others nobody knows what would have been said.</param>
    public IReadOnlyDictionary<int, double> Find(IReadOnlySet<long> heard)
    {
        var before = _minutes.SkipLast(1).Where(m => heard.Contains(m.Key)).Select(m => m.Value).ToList();
        if (before.Count < ErrorMessageThresholds.FewestMinutes)
            return new Dictionary<int, double>();
        return _minutes
            .Values.Last()
            .Select(m =>
                (
                    m.Key.Service,
                    Surprise: Proportions.Surprise(
                        m.Value,
                        StretchesOfMinute,
                        before.Sum(b => b.GetValueOrDefault(m.Key)),
                        before.Count * StretchesOfMinute
                    )
                )
            )
            .Where(m => m.Surprise >= ErrorMessageThresholds.Surprise)
            .GroupBy(m => m.Service)
            .ToDictionary(g => g.Key, g => g.Max(m => m.Surprise));
    }
}
