using Copilot.Analysis.Health;
using Copilot.Analysis.Reports;
using Copilot.Incidents.Troubles;
using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Investigations;

/// <summary>An investigation as the trouble that proposals are made from.</summary>
public sealed class TroubleFinder(Investigator investigator) : ITroubleFinder
{
    private const int MostSuspects = 5;

    private const int MostTraces = 10;

    // What the analysis calls a surge, where nothing got worse under it.
    private const double SurgeRatio = 1.5;

    public async Task<Trouble> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellation) =>
        Of(await investigator.InvestigateAsync(
            new InvestigationRequest { Window = window, Baselines = baseline is { } good ? [good] : [], Scope = scope }, cancellation));

    public static Trouble Of(Investigation investigation)
    {
        var report = investigation.Report;
        var isCause = report.Verdict == CauseVerdict.Cause;
        var isSurge = !isCause && (report.Verdict == CauseVerdict.Surge || report.TrafficRatio >= SurgeRatio);
        return new Trouble
        {
            Window = investigation.Window,
            Baseline = investigation.Baselines.Count > 0 ? investigation.Baselines[0] : null,
            Causes = isCause ? [Cause(report.Items[0])] : [],
            Suspects = isCause ? [.. report.Items.Skip(1).Where(i => i.Score > 0.02).Take(MostSuspects).Select(Cause)] : [],
            Affected = [.. report.Affected.Select(a => Service(a.Health, a.Score, report))],
            OnlyTrafficGrew = isSurge,
            HasBaseline = report.HasBaseline,
            Traces = investigation.Traces,
            TracesRead = investigation.TracesRead,
            StillArriving = report.StillArriving,
            IsExact = investigation.IsExact,
            Summary = report.Summary,
            Path = [.. report.Path.Select(p => Step(p, report))],
            Rejected = [.. report.Rejected.Select(r => new TroubleAlternative(r.Service, r.Reason))],
            Checks = report.Checks,
            Busy = isSurge ? [.. Busy(report).Select(h => Service(h, h.Severity, report))] : [],
        };
    }

    // Whoever got slower under the load, and whoever takes it in from outside.
    private static IEnumerable<HealthChange> Busy(CauseReport report) =>
        report.WorseOtherwise.Concat(report.Health.Where(health => report.FacingUsers.Contains(health.Service))).DistinctBy(health => health.Service);

    private static TroubleCause Cause(CauseItem item) => new()
    {
        Service = item.Service,
        Operation = item.Operation,
        Score = item.Score,
        Confidence = item.Confidence,
        Kind = item.Kind.Word(),
        Why = item.Why,
        Evidence = [.. item.Evidence.Select(e => e.Claim)],
        SeenAt = item.SeenAt,
        SetApart = item.Place is { } place ? new TroubleAttribute(place.Attribute, place.Value, place.Share, PlaceCondition.Of(place)) : null,
        Change = item.Change is { } c ? new TroubleChange(c.Time, c.Service, c.Kind, c.Version, c.PreviousVersion, c.Summary, c.Author) : null,
        ErrorTexts = [.. item.ErrorTypes],
        TraceIds = [.. item.Evidence.SelectMany(e => e.TraceIds).Distinct().Take(MostTraces).Select(t => t.ToString())],
    };

    private static TroubleStep Step(PathStep step, CauseReport report)
    {
        var callee = report.Health.FirstOrDefault(health => health.Service == step.Callee);
        return new TroubleStep(step.Caller, step.Callee, step.Operation, step.UsualMs, step.NowMs) { UsualErrorRate = callee?.Before.ErrorRate, ErrorRate = callee?.Now.ErrorRate };
    }

    private static TroubleService Service(HealthChange health, double score, CauseReport report) => new()
    {
        Service = health.Service,
        Score = score,
        Requests = health.Now.Requests,
        Failed = health.Now.Failed,
        ErrorRate = health.Now.ErrorRate,
        ErrorRateBefore = health.Before.ErrorRate,
        P95Ms = health.Now.P95Ms,
        P95MsBefore = health.Before.P95Ms,
        Failing = health.FailsMore,
        Slow = health.IsSlower,
        FacesUsers = report.FacingUsers.Contains(health.Service),
    };
}
