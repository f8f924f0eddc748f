using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Watch;

/// <summary>
/// Adds up over the minutes what the looks point to: a sequential test with a memory of a few minutes. A look that is nearly sure
/// convinces at once, two or three that are less sure do when they name the same service, and what is named once by chance fades.
/// </summary>
internal sealed class Suspects
{
    private readonly Dictionary<string, (double Weight, DateTimeOffset Since)> _known = new(StringComparer.Ordinal);

    public double WeightOf(string service) => _known.GetValueOrDefault(service).Weight;

    /// <summary>A minute went by; what the look at it points to counts.</summary>
    /// <param name="found">Null where there was no look.</param>
    /// <param name="worse">Services that the rollups say got worse.</param>
    /// <returns>The service named by the look, where all that is known of it convinces, and since when it has been suspected.</returns>
    public Conviction? Note(WindowAnalysis? found, IReadOnlyList<WorseService> worse)
    {
        foreach (var (service, known) in _known.ToList())
        {
            if (known.Weight <= SuspicionThresholds.Fading)
                _known.Remove(service);
            else
                _known[service] = known with { Weight = known.Weight - SuspicionThresholds.Fading };
        }

        if (found is not { Report: { Verdict: CauseVerdict.Cause } report })
            return null;
        var first = report.Items[0];
        var weight = WeightOf(first.Service) - Math.Log(1 - first.Clearness);
        if (worse.Any(w => w.Service == first.Service || report.Affected.Any(a => a.Service == w.Service)))
            weight += SuspicionThresholds.Counted;
        var since = _known.TryGetValue(first.Service, out var before)
            ? before.Since
            : Later(found.Asked.From, found.Asked.To - SuspicionThresholds.Began);
        _known[first.Service] = (Math.Min(SuspicionThresholds.Most, weight), since);
        return weight >= SuspicionThresholds.Convincing * Scarcity(found.Baselines) ? new Conviction(first.Service, since) : null;
    }

    /// <summary>
    /// Whether a service is suspected half as much as convinces: enough where it is known that something is or was wrong and only the
    /// name, or whether it is back, is in question.
    /// </summary>
    public bool IsLikely(string service) => WeightOf(service) >= SuspicionThresholds.Likely;

    /// <summary>Whether the service that the look names is the better name for a trouble that another one was named for: the look speaks
    /// for it twice as clearly.</summary>
    public bool Overtakes(CauseReport report, string named) =>
        IsLikely(report.Items[0].Service)
        && report.Items[0].Clearness
            >= SuspicionThresholds.Overtaking
                * report.Items.Where(i => i.Service == named).Select(i => i.Clearness).DefaultIfEmpty(0).Max();

    /// <summary>It is over: what is found of it again is news.</summary>
    public void Forget(IEnumerable<string> services)
    {
        foreach (var service in services)
            _known.Remove(service);
    }

    /// <summary>How much a minute differs from the next is not known of one: what is compared with one alone must convince twice as
    /// much.</summary>
    private static double Scarcity(IReadOnlyList<TimeWindow> past) =>
        Math.Max(1, QuietMinuteThresholds.Enough / TimeSpan.FromTicks(past.Sum(p => p.Length.Ticks)));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>A service in which trouble starts, by all that is known of it.</summary>
/// <param name="Since">When looks began to point to it.</param>
internal sealed record Conviction(string Service, DateTimeOffset Since);
