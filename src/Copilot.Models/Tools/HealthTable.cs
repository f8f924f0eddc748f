using System.Text.Json.Nodes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Thresholds;
using Copilot.Models.Audit;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;

namespace Copilot.Models.Tools;

/// <summary>Each service's requests now and in another window, the worst first.</summary>
internal static class HealthTable
{
    public static async Task<IReadOnlyList<JsonNode>> ReadAsync(
        RequestReads requests,
        IReadOnlyList<string> services,
        TimeWindow window,
        TimeWindow before,
        CancellationToken cancellationToken
    )
    {
        var filter = new SpanFilter { Services = services };
        var now = await requests.GroupedAsync(filter, window, RequestGrouping.ByService, cancellationToken);
        var then = (await requests.GroupedAsync(filter, before, RequestGrouping.ByService, cancellationToken)).ToDictionary(
            group => group.Service!,
            group => group.Statistics,
            StringComparer.Ordinal
        );
        var changes = now.Select(group =>
                Change(group.Service!, then.GetValueOrDefault(group.Service!) ?? RequestStatistics.None, group.Statistics)
            )
            .Concat(
                then.Where(group => now.All(other => other.Service != group.Key))
                    .Select(group => Change(group.Key, group.Value, RequestStatistics.None))
            );
        return
        [
            .. changes
                .OrderByDescending(change => change.IsClearlyWorse)
                .ThenByDescending(change => change.Severity)
                .ThenByDescending(change => change.Now.Failed)
                .ThenBy(change => change.Service, StringComparer.Ordinal)
                .Select(change =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["service"] = KnownText.Leaf(change.Service, KnownAs.Service),
                            ["clearlyWorse"] = change.IsClearlyWorse,
                            ["now"] = Figures(change.Now),
                            ["before"] = Figures(change.Before),
                        }
                ),
        ];
    }

    private static HealthChange Change(string service, RequestStatistics before, RequestStatistics now) =>
        new()
        {
            Service = service,
            Before = Measure(before),
            Now = Measure(now),
        };

    private static ServiceMeasure Measure(RequestStatistics statistics) =>
        new()
        {
            Requests = (int)Math.Min(statistics.Requests, int.MaxValue),
            Failed = (int)Math.Min(statistics.Failed, int.MaxValue),
            P95Ms = statistics.Percentile(100 * ClearlyWorse.Percentile) ?? 0,
        };

    private static JsonObject Figures(ServiceMeasure measure) =>
        new()
        {
            ["requests"] = measure.Requests,
            ["failed"] = measure.Failed,
            ["errorRate"] = measure.Requests == 0 ? null : Math.Round(measure.ErrorRate, 6),
            ["p95Ms"] = measure.Requests == 0 ? null : Math.Round(measure.P95Ms, 3),
        };
}
