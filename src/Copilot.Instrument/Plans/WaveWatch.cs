using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Plans;

/// <summary>What a pipeline does with a wave: change the files, roll them out, watch, and keep what crashed first where it has to
/// stop.</summary>
internal static class WaveWatch
{
    public static IReadOnlyList<(string Measure, double Above, string Says)> Stops { get; } =
    [
        (
            "error_rate_factor",
            InstrumentThresholds.ErrorRateFactor,
            $"a workload's share of failed requests is {InstrumentThresholds.ErrorRateFactor} times what it "
                + $"was before, and a hundredth more"
        ),
        (
            "startup_factor",
            InstrumentThresholds.StartupFactor,
            $"its pods take more than {InstrumentThresholds.StartupFactor} times as long to become ready"
        ),
        ("restarts", 0, "one of its containers restarts"),
    ];

    public static IEnumerable<object> Steps(PlanWave wave)
    {
        yield return new { Does = "change", Run = $"copilot instrument apply --plan PLAN --wave {wave.Number} PATH" };
        yield return new { Does = "roll out", Run = "your own delivery: merge the change and let it deploy" };
        foreach (var workload in wave.Workloads.Select(planned => planned.Finding.Workload).Where(w => w.Kind.IsKubernetes() && Rolls(w)))
            yield return new { Does = "wait", Run = $"kubectl rollout status {Target(workload)} --timeout=10m" };
        yield return new { Does = "watch", Run = "copilot instrument status" };
        foreach (var workload in wave.Workloads.Select(planned => planned.Finding.Workload).Where(w => w.Kind.IsKubernetes() && Rolls(w)))
            yield return new
            {
                Does = "keep where it stopped",
                Run = $"kubectl describe {Target(workload)}; kubectl logs {Target(workload)} --all-containers --previous",
            };
        yield return new { Does = "undo where it stopped", Run = $"copilot instrument apply --revert --wave {wave.Number} PATH" };
    }

    /// <summary>A name that Kubernetes would refuse is never put into a line that a shell runs.</summary>
    private static bool Rolls(ManifestWorkload workload) =>
        workload.Kind is WorkloadKind.Deployment or WorkloadKind.StatefulSet or WorkloadKind.DaemonSet
        && OperatorResources.IsName(workload.Name)
        && (workload.Namespace is null || OperatorResources.IsName(workload.Namespace));

    private static string Target(ManifestWorkload workload) =>
        $"{workload.Kind.ToString().ToLowerInvariant()}/{workload.Name}" + (workload.Namespace is null ? "" : $" -n {workload.Namespace}");
}
