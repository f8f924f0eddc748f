namespace Copilot.Analysis.Traces;

/// <summary>Stretches of time that may overlap.</summary>
internal static class Intervals
{
    /// <summary>How much of [from, to) at least one of the stretches covers.</summary>
    public static long Covered(List<(long From, long To)>? stretches, long from, long to)
    {
        if (stretches is null)
            return 0;
        stretches.Sort();
        long covered = 0;
        var at = from;
        foreach (var stretch in stretches)
        {
            var start = Math.Max(at, stretch.From);
            var end = Math.Min(to, stretch.To);
            if (end <= start)
                continue;
            covered += end - start;
            at = end;
        }

        return covered;
    }
}
