namespace Copilot.Incidents.Record;

/// <summary>The measures of a week or a team.</summary>
/// <param name="Name">The week's Monday or the team; empty where nobody owns the cause.</param>
/// <param name="Restore">The median time from the trouble's begin to its end, of what has ended; null where nothing has.</param>
/// <param name="FailedChanges">Changes that incidents are laid to, each once.</param>
public sealed record MeasuredSpan(string Name, int Incidents, TimeSpan? Restore, int Changes, int FailedChanges)
{
    /// <summary>0 to 1; null where nothing was changed.</summary>
    public double? FailureRate => Changes == 0 ? null : Math.Min(1, (double)FailedChanges / Changes);

    internal static MeasuredSpan Of(string name, IEnumerable<MeasuredIncident> incidents, int changes)
    {
        var all = incidents.ToArray();
        // Historic data that was looked at later ends long after it began; what was resolved before it began was never timed.
        var restored = all.Where(incident => incident.ResolvedAt >= incident.At).Select(incident => incident.ResolvedAt!.Value - incident.At).Order().ToArray();
        var failed = all.Select(incident => incident.Change).OfType<(string, DateTimeOffset)>().Distinct().Count();
        return new MeasuredSpan(name, all.Length, restored.Length == 0 ? null : Median(restored), changes, failed);
    }

    private static TimeSpan Median(TimeSpan[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
