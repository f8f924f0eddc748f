using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Store.Incidents;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Incidents.Record;

/// <summary>
/// Measures an incident's services from what counts every request received: over the whole minutes since something was last done, never
/// from before the onset, and once it is resolved as it was then.
/// </summary>
public sealed class RecoveryReader(ServiceMinuteReads minutes, ChangeReads changes, TimeProvider time)
{
    public async Task<RecoveryState> ReadAsync(Incident incident, CancellationToken cancellationToken)
    {
        var proposal = incident.Proposal;
        var onset = Ceiling(proposal.From);
        var to = Floor(incident.ResolvedAt ?? time.GetUtcNow());
        var acts = await ActsAsync(incident, to, cancellationToken);
        var window = Measured(onset, to, acts is [.., var last] ? last.At : null);
        var shown = new TimeWindow(
            Later(proposal.From.AddMinutes(-RecoveryThresholds.MinutesBefore), to.AddMinutes(-RecoveryThresholds.MinutesShown)),
            to
        );
        var read = shown.IsEmpty ? [] : await minutes.ReadAsync(shown, proposal.Services(), cancellationToken);
        var services = read.Where(minute => minute.MinuteNs >= window.FromNs && minute.MinuteNs < window.ToNs)
            .GroupBy(minute => minute.Service, StringComparer.OrdinalIgnoreCase)
            .Select(Of)
            .Where(service => service.Requests > 0)
            .ToArray();
        var byMinute = read.ToLookup(minute => minute.Service, StringComparer.OrdinalIgnoreCase);
        return new RecoveryState(
            window,
            [
                .. proposal.Checks.Select(check => new CheckResult(check, Value(check, services))
                {
                    Course = Course(check, byMinute, shown),
                }),
            ],
            services
        )
        {
            Acts = acts,
            IsFrozen = incident.IsResolved,
        };
    }

    /// <summary>At least one whole minute where one has passed; the last ones of many, because what is long past says little.</summary>
    private static TimeWindow Measured(DateTimeOffset onset, DateTimeOffset to, DateTimeOffset? act)
    {
        var from = Later(onset, to.AddMinutes(-RecoveryThresholds.Minutes));
        if (act is { } done)
            from = Later(from, Ceiling(done));
        if (from >= to)
            from = Later(onset, to.AddMinutes(-1));
        return from >= to ? new TimeWindow(to, to) : new TimeWindow(from, to);
    }

    private async Task<IReadOnlyList<RecoveryAct>> ActsAsync(Incident incident, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var made = await changes.FindAsync(
            new ChangeFilter
            {
                From = incident.Proposal.From,
                To = to,
                Services = incident.Proposal.Services(),
            },
            cancellationToken
        );
        var ticked = incident.Timeline.Where(line => line.Kind == IncidentEventKind.Tick && line.At < to);
        return
        [
            .. made.Select(change => new RecoveryAct(change.Time, $"{change.Service}: {change.Summary}"))
                .Concat(ticked.Select(line => new RecoveryAct(line.At, $"{line.Actor} {line.Text}") { IsChange = false }))
                .OrderBy(act => act.At),
        ];
    }

    private static (DateTimeOffset, double?)[] Course(RecoveryCheck check, ILookup<string, ServiceMinute> minutes, TimeWindow shown)
    {
        var known = minutes[check.Service].ToDictionary(minute => minute.MinuteNs);
        var course = new List<(DateTimeOffset, double?)>();
        for (var at = Floor(shown.From); at < shown.To; at = at.AddMinutes(1))
        {
            double? value =
                known.TryGetValue(UnixNanos.From(at), out var minute) && minute.Requests > 0
                    ? check.Measure == RecoveryMeasure.ErrorRate
                        ? (double)minute.Failed / minute.Requests
                        : (minute.Durations.Quantile(AffectedFrom.Percentile) ?? 0) / 1e6
                    : null;
            course.Add((at, value));
        }

        return [.. course];
    }

    private static ServiceNow Of(IGrouping<string, ServiceMinute> minutes)
    {
        var durations = new DurationHistogram();
        foreach (var minute in minutes)
            durations.Merge(minute.Durations);
        var (requests, failed) = (minutes.Sum(minute => minute.Requests), minutes.Sum(minute => minute.Failed));
        return new ServiceNow(
            minutes.Key,
            requests,
            requests == 0 ? 0 : (double)failed / requests,
            (durations.Quantile(AffectedFrom.Percentile) ?? 0) / 1e6
        );
    }

    private static double? Value(RecoveryCheck check, ServiceNow[] services) =>
        Array.Find(services, service => service.Service.Equals(check.Service, StringComparison.OrdinalIgnoreCase)) is { } service
            ? check.Measure == RecoveryMeasure.ErrorRate
                ? service.ErrorRate
                : service.P95Ms
            : null;

    private static DateTimeOffset Floor(DateTimeOffset at) => at - TimeSpan.FromTicks(at.Ticks % TimeSpan.TicksPerMinute);

    private static DateTimeOffset Ceiling(DateTimeOffset at) => Floor(at.AddTicks(TimeSpan.TicksPerMinute - 1));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
