using Copilot.Instrument.Plans;
using Copilot.Instrument.Scanning;

namespace Copilot.Cli.Instrumenting;

/// <summary>What goes with a diff on standard error: the sum, what has to be known, and what was left.</summary>
internal static class PlanLines
{
    private const int MostSkipped = 20;

    public static async Task TellAsync(FleetPlan plan, TextWriter output)
    {
        await output.WriteLineAsync(PlanReport.Summary(plan));
        foreach (var note in plan.Notes)
            await output.WriteLineAsync(ScanReport.Plain(note));
        foreach (
            var workload in plan
                .Workloads.SelectMany(w => w.Warnings.Select(warning => $"{w.Finding.Workload.Title}: {warning}"))
                .Take(MostSkipped)
        )
            await output.WriteLineAsync(ScanReport.Plain($"note  {workload}"));
        foreach (var skipped in plan.Skipped.Take(MostSkipped))
            await output.WriteLineAsync(ScanReport.Plain($"left  {skipped.Finding.Workload.Title}: {skipped.Reason}"));
        if (plan.Skipped.Count > MostSkipped)
            await output.WriteLineAsync($"left  and {plan.Skipped.Count - MostSkipped} more: --output markdown names them all.");
    }
}
