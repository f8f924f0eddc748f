namespace Copilot.Incidents.Investigations;

/// <summary>How much is read for one investigation: enough for the statistics, little enough to answer at once.</summary>
public sealed record InvestigationOptions
{
    public int MostTraces { get; init; } = 3000;

    public int MostSpans { get; init; } = 60_000;

    /// <summary>Of each baseline window; together they may hold more than the bad window.</summary>
    public int MostBaselineSpans { get; init; } = 30_000;

    /// <summary>Resource metrics are many; only those of so many suspects are read.</summary>
    public int MostSuspects { get; init; } = 6;

    /// <summary>How far back the usual level of resource metrics is looked for.</summary>
    public TimeSpan ResourcesFrom { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long before the window a change may have caused it.</summary>
    public TimeSpan ChangesFrom { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How far back a baseline is looked for.</summary>
    public TimeSpan BaselineFrom { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A result is used again for the same question within this time.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromSeconds(20);
}
