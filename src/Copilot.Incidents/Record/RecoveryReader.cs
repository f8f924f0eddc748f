using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Proposals;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Incidents.Record;

/// <summary>Measures an incident's services over the last whole minutes, from what counts every request received.</summary>
public sealed class RecoveryReader(ServiceMinuteReads minutes, TimeProvider time)
{
    public async Task<RecoveryState> ReadAsync(IncidentProposal proposal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var to = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerMinute);
        var window = new TimeWindow(to.AddMinutes(-RecoveryThresholds.Minutes), to);
        var wanted = proposal.Services().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var services = (await minutes.ReadAsync(window, cancellationToken))
            .Where(minute => wanted.Contains(minute.Service))
            .GroupBy(minute => minute.Service, StringComparer.OrdinalIgnoreCase)
            .Select(Of)
            .Where(service => service.Requests > 0)
            .ToArray();
        return new RecoveryState(window, [.. proposal.Checks.Select(check => new CheckResult(check, Value(check, services)))], services);
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
}
