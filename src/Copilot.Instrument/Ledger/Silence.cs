using System.Globalization;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Instrument.Ledger;

/// <summary>
/// When a service that sent spans counts as silent: for longer than its own pauses explain. A job of the night is not silent by day,
/// and of a service that was seen once it cannot be told.
/// </summary>
/// <param name="Since">The last minute with a span.</param>
/// <param name="Before">Requests a minute before it, in the stretches in which it sent any.</param>
/// <param name="Deploy">A change to it about then; null where none is known.</param>
internal sealed record Silence(DateTimeOffset Since, double Before, Change? Deploy)
{
    /// <returns>Null where it is not silent.</returns>
    public static Silence? Of(ServicePresence service, LedgerFacts facts)
    {
        if (service.LastMinute is not { } last)
            return null;
        var quiet = facts.Window.To - last;
        if (quiet < LedgerThresholds.ShortestSilence)
            return null;
        var step = TimeSpan.FromTicks(facts.StepNs / 100);
        var hour = TimeSpan.FromHours(1);
        var (pause, past) = (LongestPause(service.Steps) * step, LongestPause(service.Past) * hour);
        var usual = pause > past ? pause : past;
        if (quiet < (LedgerThresholds.TimesItsPause * usual) + step)
            return null;
        var active = service.Steps.Count;
        var before = active == 0 ? 0 : service.Steps.Sum(s => s.Requests) / (active * step.TotalMinutes);
        var deploy = facts
            .Changes.Where(change => string.Equals(change.Service, service.Service, StringComparison.Ordinal))
            .Where(change => (change.Time - last).Duration() <= LedgerThresholds.DeployNear)
            .MinBy(change => (change.Time - last).Duration());
        return new Silence(last, before, deploy);
    }

    /// <summary>Why it may be, and what to do.</summary>
    public (string Reason, string Fix) Told(KnownWorkload workload)
    {
        var since = string.Create(CultureInfo.InvariantCulture, $"No span since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        if (Deploy is { } deploy)
        {
            var version = deploy.Version is { Length: > 0 } named ? $" of {Hostile.Line(named, 60)}" : "";
            return (
                $"{since}, when a {Hostile.Line(deploy.Kind, 40)}{version} came: it probably dropped what instrumented it.",
                "Compare the annotations and OTEL_ variables of that version with those of the one before, and put back what is missing."
            );
        }

        return workload.Called > 0
            ? (
                $"{since}, and it is still called: its agent or exporter is probably gone, not the service.",
                "Look into its start-up log for the agent, and at OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_TRACES_EXPORTER."
            )
            : (
                $"{since}, and nobody was seen calling it since: it may have been taken away.",
                "If it still runs, look at its exporter; if not, take it out of the catalogue and the scan."
            );
    }

    private static int LongestPause(IReadOnlyList<PresenceStep> steps) =>
        steps.Zip(steps.Skip(1), (one, next) => next.Index - one.Index - 1).DefaultIfEmpty(0).Max();
}
