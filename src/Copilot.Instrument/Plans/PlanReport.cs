using System.Globalization;
using System.Text;
using System.Text.Json;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>A plan as people review it, and as a pipeline runs it.</summary>
public static class PlanReport
{
    public static string ToDiff(FleetPlan plan) =>
        string.Concat(plan.Files.OrderBy(f => f.File, StringComparer.Ordinal).Select(UnifiedDiff.Of));

    public static string Summary(FleetPlan plan) =>
        $"{ScanReport.Count(plan.Workloads.Count(), "workload")} in "
        + $"{ScanReport.Count(plan.Files.Count(f => f.Workloads.Count > 0), "file")} "
        + $"to change, in {ScanReport.Count(plan.Waves.Count, "wave")}; {plan.Skipped.Count} left as they are.";

    public static string ToMarkdown(FleetPlan plan)
    {
        var text = new StringBuilder("# Instrumentation plan\n\n").Append(Summary(plan)).Append("\n\n");
        foreach (var note in plan.Notes)
            text.Append(CultureInfo.InvariantCulture, $"- {ScanReport.Cell(note)}\n");
        foreach (var wave in plan.Waves)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## Wave {wave.Number}: {ScanReport.Cell(wave.Of)}\n\n| workload | file | language | adds |\n| --- | --- | --- | --- |\n"
            );
            foreach (var workload in wave.Workloads)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {ScanReport.Cell(workload.Finding.Workload.Title)} | {ScanReport.Cell(workload.Finding.Workload.Place.ToString())} "
                        + $"| {workload.Finding.Language.Word()} | "
                        + $"{Added(workload)} |\n"
                );
            foreach (var warning in wave.Workloads.SelectMany(w => w.Warnings.Select(said => $"{w.Finding.Workload.Name}: {said}")))
                text.Append(CultureInfo.InvariantCulture, $"\n- {ScanReport.Cell(warning)}");
            text.Append(wave.Workloads.Any(w => w.Warnings.Count > 0) ? "\n" : "");
            text.Append(
                CultureInfo.InvariantCulture,
                $"\nThen watch it for {InstrumentThresholds.StabilityWindow.TotalMinutes:0} minutes. Stop, and undo this wave, as soon as "
            );
            text.Append(string.Join("; or ", WaveWatch.Stops.Select(stop => stop.Says))).Append(".\n");
        }

        if (plan.Skipped.Count > 0)
            text.Append("\n## Left as they are\n\n| workload | file | why |\n| --- | --- | --- |\n");
        foreach (var skipped in plan.Skipped)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {ScanReport.Cell(skipped.Finding.Workload.Title)} | {ScanReport.Cell(skipped.Finding.Workload.Place.ToString())} "
                    + $"| {ScanReport.Cell(skipped.Reason)} |\n"
            );
        return text.ToString();
    }

    private static string Added(PlannedWorkload workload) =>
        string.Join("; ", workload.Added.Select(a => ScanReport.Cell($"{a.Key}: {a.Value}")));

    /// <summary>What <c>copilot instrument apply --plan FILE --wave N</c> takes.</summary>
    public static string ToJson(FleetPlan plan) =>
        JsonSerializer.Serialize(
            new
            {
                Version = 1,
                plan.Endpoint,
                Summary = Summary(plan),
                plan.Notes,
                Stability = InstrumentThresholds.StabilityWindow.ToString("c", CultureInfo.InvariantCulture),
                StopWhen = WaveWatch.Stops.Select(stop => new
                {
                    stop.Measure,
                    stop.Above,
                    stop.Says,
                }),
                Waves = plan.Waves.Select(wave => new
                {
                    wave.Number,
                    wave.Of,
                    Workloads = wave.Workloads.Select(workload => new
                    {
                        workload.Id,
                        workload.Finding.Workload.Name,
                        Kind = workload.Finding.Workload.Kind.ToString(),
                        workload.Finding.Workload.Namespace,
                        workload.Finding.Workload.Place.File,
                        Language = workload.Finding.Language.Word(),
                        Added = workload.Added.ToDictionary(a => a.Key, a => a.Value),
                        workload.Warnings,
                    }),
                    Steps = WaveWatch.Steps(wave),
                }),
                Files = plan.Files.Select(file => new
                {
                    file.File,
                    IsNew = file.Before is null,
                    Diff = UnifiedDiff.Of(file),
                }),
                Skipped = plan.Skipped.Select(skipped => new
                {
                    skipped.Finding.Workload.Name,
                    Kind = skipped.Finding.Workload.Kind.ToString(),
                    skipped.Finding.Workload.Namespace,
                    skipped.Finding.Workload.Place.File,
                    skipped.Reason,
                }),
            },
            ScanReport.Json
        ) + "\n";
}
