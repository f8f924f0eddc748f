using Copilot.Instrument.Propagation;
using Copilot.Ownership.Owners;
using Copilot.Store.Instrumentation;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;

namespace Copilot.Instrument.Ledger;

/// <summary>Reads what the ledger is judged by.</summary>
public sealed class LedgerReader(
    PresenceReads presence,
    CallSideReads calls,
    ServiceReads services,
    ChangeReads changes,
    DeclaredWorkloads declared,
    IOwnership ownership,
    PropagationReader propagation,
    TimeProvider time
)
{
    /// <summary>What can drop an agent; a flag cannot.</summary>
    private static readonly string[] Deploys = ["deploy", "rollback", "release", "config"];

    /// <param name="asked">Null for the last hours that anything was received in.</param>
    public async Task<InstrumentationLedger> ReadAsync(TimeWindow? asked, CancellationToken cancellationToken)
    {
        var until = await services.ReceivedUntilAsync(cancellationToken);
        var window = asked ?? await UsualAsync(until, cancellationToken);
        var stepNs = StepNs(window.Length);
        window = new TimeWindow(
            window.FromNs - (window.FromNs % stepNs),
            (window.ToNs + UnixNanos.PerMinute - 1) / UnixNanos.PerMinute * UnixNanos.PerMinute
        );
        var seen = await WithPastAsync(await presence.ReadAsync(window, stepNs, cancellationToken), window, cancellationToken);
        var (latest, spans) = Latest(window, stepNs, seen);
        var sample = await propagation.ReadAsync(latest, spans, cancellationToken);
        return InstrumentationLedger.Judge(
            new LedgerFacts
            {
                Window = window,
                StepNs = stepNs,
                Services = seen,
                Peers = await calls.PeerCallsAsync(window, cancellationToken),
                Sample = sample,
                Propagation = PropagationDoctor.Judge(sample),
                Owners = await ownership.CurrentAsync(cancellationToken),
                Declared = await declared.ListAsync(cancellationToken),
                Changes = await changes.FindAsync(
                    new ChangeFilter
                    {
                        From = window.From - LedgerThresholds.DeployNear,
                        To = window.To,
                        Kinds = Deploys,
                        Limit = LedgerThresholds.MostChanges,
                    },
                    cancellationToken
                ),
                ReceivedUntil = until,
            }
        );
    }

    /// <summary>Ends when anything was last received: what a store of the past holds is judged by its own time.</summary>
    private async Task<TimeWindow> UsualAsync(DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = until is { } last && last < now - LedgerThresholds.ShortestSilence ? last : now;
        var window = new TimeWindow(end - LedgerThresholds.UsualWindow, end);
        return await presence.FirstAsync(window, cancellationToken) is { } first ? new TimeWindow(first, end) : window;
    }

    private async Task<IReadOnlyList<ServicePresence>> WithPastAsync(
        IReadOnlyList<ServicePresence> seen,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        if (!seen.Any(service => service.LastMinute < window.To - LedgerThresholds.ShortestSilence))
            return seen;
        var from = UnixNanos.From(window.To - LedgerThresholds.Past);
        var past = await presence.ReadAsync(
            new TimeWindow(from - (from % UnixNanos.PerHour), window.ToNs),
            UnixNanos.PerHour,
            cancellationToken
        );
        var steps = past.ToDictionary(service => service.Service, service => service.Steps, StringComparer.Ordinal);
        return [.. seen.Select(service => service with { Past = steps.GetValueOrDefault(service.Service) ?? [] })];
    }

    private (TimeWindow Window, long Spans) Latest(TimeWindow window, long stepNs, IReadOnlyList<ServicePresence> seen)
    {
        var settled = Math.Min(window.ToNs, UnixNanos.From(time.GetUtcNow()) - LedgerThresholds.OnTheirWayNs);
        var from = Math.Max(window.FromNs, window.ToNs - (LedgerThresholds.Propagation.Ticks * 100));
        var first = (from - window.FromNs) / stepNs;
        var spans = seen.SelectMany(service => service.Steps).Where(step => step.Index >= first).Sum(step => step.Spans);
        return (new TimeWindow(from, Math.Max(from, settled)), spans);
    }

    internal static long StepNs(TimeSpan length) =>
        length <= LedgerThresholds.InMinutes ? UnixNanos.PerMinute
        : length <= LedgerThresholds.InSteps ? UnixNanos.PerHour / 12
        : length <= LedgerThresholds.InHours ? UnixNanos.PerHour
        : 24 * UnixNanos.PerHour;
}
