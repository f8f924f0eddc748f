using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>Finds what is wrong in a window that is already known.</summary>
public interface IWindowDiagnoser
{
    /// <param name="window">The bad window.</param>
    /// <param name="baseline">The good window to compare with, where somebody named one; null: chosen before the window.</param>
    /// <param name="scope">A TraceQL spanset filter, or null for everything.</param>
    /// <returns>The trouble; one without causes and affected services where nothing is wrong.</returns>
    Task<WindowDiagnosis> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellationToken);

    /// <param name="window">It ends now: what lasts goes before what is over.</param>
    Task<WindowDiagnosis> FindNowAsync(TimeWindow window, CancellationToken cancellationToken);
}

/// <summary>A window analysis as people are told it, and as proposals are made from it.</summary>
public sealed class WindowDiagnoser(WindowAnalyzer windowAnalyzer) : IWindowDiagnoser
{
    public async Task<WindowDiagnosis> FindAsync(
        TimeWindow window,
        TimeWindow? baseline,
        string? scope,
        CancellationToken cancellationToken
    ) =>
        Of(
            await windowAnalyzer.AnalyzeAsync(
                new WindowAnalysisRequest
                {
                    Window = window,
                    Baselines = baseline is { } good ? [good] : [],
                    Scope = scope,
                    Beside = true,
                },
                cancellationToken
            )
        );

    public async Task<WindowDiagnosis> FindNowAsync(TimeWindow window, CancellationToken cancellationToken) =>
        Of(
            await windowAnalyzer.AnalyzeAsync(
                new WindowAnalysisRequest
                {
                    Window = window,
                    Now = true,
                    Beside = true,
                },
                cancellationToken
            )
        );

    public static WindowDiagnosis Of(WindowAnalysis analysis)
    {
        var report = analysis.Report;
        var isCause = report.Verdict == CauseVerdict.Cause;
        var isSurge = !isCause && (report.Verdict == CauseVerdict.Surge || report.TrafficRatio >= ClearlyWorse.SurgeRatio);
        return new WindowDiagnosis
        {
            Window = analysis.Window,
            Episode = analysis.Episode,
            Others = analysis.Others,
            Also = [.. analysis.Also.Select(Of)],
            Baseline = analysis.Baselines.Count > 0 ? analysis.Baselines[0] : null,
            Causes = isCause ? [Cause(report.Items[0])] : [],
            Suspects = isCause
                ?
                [
                    .. report
                        .Items.Skip(1)
                        .Where(i => i.Score > DiagnosisTellingThresholds.LeastScore)
                        .Take(DiagnosisTellingThresholds.MostSuspects)
                        .Select(Cause),
                ]
                : [],
            Affected = [.. report.Affected.Select(a => Service(a.Health, a.Score, report))],
            OnlyTrafficGrew = isSurge,
            HasBaseline = report.HasBaseline,
            Traces = analysis.Traces,
            TracesRead = analysis.TracesRead,
            StillArriving = report.StillArriving,
            IsExact = analysis.IsExact,
            Summary = report.Summary,
            Moved = isCause ? [] : [.. Moved(report)],
            Path = [.. report.Path.Select(p => Step(p, report))],
            Rejected = report.Rejected,
            Checks = report.Checks,
            Busy = isSurge ? [.. Busy(report).Select(h => Service(h, h.Severity, report))] : [],
        };
    }

    private static IEnumerable<string> Moved(CauseReport report) =>
        report
            .Items.SelectMany(item => item.Evidence)
            .Where(evidence =>
                evidence.Signal == SignalKind.Messages && evidence.Surprise >= DiagnosisTellingThresholds.LeastSurpriseOfLogs
            )
            .OrderByDescending(evidence => evidence.Surprise)
            .Select(evidence => evidence.Claim)
            .Take(DiagnosisTellingThresholds.MostMoved);

    // Whoever got slower under the load, and whoever takes it in from outside.
    private static IEnumerable<HealthChange> Busy(CauseReport report) =>
        report
            .WorseOtherwise.Concat(report.Health.Where(health => report.FacingUsers.Contains(health.Service)))
            .DistinctBy(health => health.Service);

    private static DiagnosedCause Cause(CauseItem item) =>
        new()
        {
            Service = item.Service,
            Operation = item.Operation,
            Score = item.Score,
            Confidence = item.Confidence,
            Kind = item.Kind,
            Why = item.Why,
            Evidence = [.. item.Evidence.Select(e => e.Claim)],
            SeenAt = item.SeenAt,
            WaitsFor = item.WaitsFor,
            SetApart = item.Place is { } place
                ? new CauseAttribute(place.Attribute, place.Value, place.Share, LocationCondition.Of(place))
                : null,
            Change = item.Change,
            ErrorTexts = [.. item.ErrorTypes],
            TraceIds =
            [
                .. item
                    .Evidence.SelectMany(e => e.TraceIds)
                    .Distinct()
                    .Take(DiagnosisTellingThresholds.MostTraces)
                    .Select(t => t.ToString()),
            ],
        };

    private static PropagationStep Step(PropagationStep step, CauseReport report)
    {
        var callee = report.Health.FirstOrDefault(health => health.Service == step.Callee);
        return step with { UsualErrorRate = callee?.Before.ErrorRate, ErrorRate = callee?.Now.ErrorRate };
    }

    private static ServiceImpact Service(HealthChange health, double score, CauseReport report) =>
        new()
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
