namespace Copilot.Instrument.Plans;

/// <summary>Workloads that are changed together and watched before the next are.</summary>
public sealed record PlanWave(int Number, string Of, IReadOnlyList<PlannedWorkload> Workloads)
{
    /// <summary>
    /// First one workload of each group, which shows what goes wrong with a language or a system while it is one; then the rest, group
    /// after group, a wave's size at a time.
    /// </summary>
    public static IReadOnlyList<PlanWave> Make(IReadOnlyList<PlannedWorkload> workloads, WaveGrouping by, int size)
    {
        var groups = workloads.GroupBy(workload => Group(workload, by)).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var waves = new List<PlanWave>();
        var first = groups.Select(group => group.First()).ToList();
        foreach (var chunk in first.Chunk(size))
            waves.Add(new PlanWave(waves.Count + 1, groups.Count == 1 ? "the first" : $"the first of each {Word(by)}", chunk));
        foreach (var group in groups)
        {
            foreach (var chunk in group.Skip(1).Chunk(size))
                waves.Add(new PlanWave(waves.Count + 1, group.Key, chunk));
        }

        return waves;
    }

    private static string Word(WaveGrouping by) => by == WaveGrouping.System ? "system" : "language";

    private static string Group(PlannedWorkload workload, WaveGrouping by) =>
        by switch
        {
            WaveGrouping.Language => Routes.RouteNames.Word(workload.Finding.Language),
            WaveGrouping.System => workload.Finding.Workload.Namespace ?? Top(workload.Finding.Workload.Place.File),
            _ => "all",
        };

    private static string Top(string file) => file.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? file[..at] : "all";
}
