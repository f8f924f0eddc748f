namespace Copilot.Diagnosis.Windows;

/// <summary>How much is read for one investigation: enough for the statistics, little enough to answer at once.</summary>
public sealed record DiagnosisOptions
{
    public int MostTraces { get; init; } = 1500;

    public int MostSpans { get; init; } = 30_000;

    /// <summary>Of each baseline window; together they hold more than the bad one.</summary>
    public int MostBaselineTraces { get; init; } = 500;

    public int MostBaselineSpans { get; init; } = 8_000;

    /// <summary>In a window of at least this length the minutes are looked for that the trouble is confined to.</summary>
    public TimeSpan FocusFrom { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Trouble in more than this share of the window is what the whole window is about.</summary>
    public double FocusBelow { get; init; } = 0.7;

    /// <summary>A shorter stretch holds too few requests to tell where its trouble starts.</summary>
    public TimeSpan FocusShortest { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Where nothing lasts, the newest stretch of this length is looked into by itself,</summary>
    public TimeSpan Latest { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>unless so little time passed since the last trouble,</summary>
    public TimeSpan ShortestLatest { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>and what is found there is told where it is so likely: many are asked about while nothing is wrong.</summary>
    public double SureOfLatest { get; init; } = 0.8;

    /// <summary>How much of the time before such a window shows what is usual in a minute.</summary>
    public TimeSpan FocusPast { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Resource metrics are many; only those of so many suspects are read.</summary>
    public int MostSuspects { get; init; } = 6;

    /// <summary>Where no request tells anything, a shortage may: of so many services the processor's metrics are read.</summary>
    public int MostWithoutSuspects { get; init; } = 60;

    /// <summary>Of so many requests to the first suspect, in the bad window and in each good one, the attributes are read.</summary>
    public int MostRequestsWithAttributes { get; init; } = 300;

    /// <summary>How far back the usual level of resource metrics is looked for.</summary>
    public TimeSpan ResourcesFrom { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long before the window a change may have caused it.</summary>
    public TimeSpan ChangesFrom { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long after its end a span may still be on its way: OpenTelemetry's processors and collectors send every 5 s each by default.
    /// </summary>
    public TimeSpan Arriving { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How far back a baseline is looked for.</summary>
    public TimeSpan BaselineFrom { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A result is used again for the same question within this time.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromSeconds(20);
}
