namespace Copilot.Diagnosis.Windows;

/// <summary>How much is read for one investigation: enough for the statistics, little enough to answer at once.</summary>
public sealed record DiagnosisOptions
{
    /// <inheritdoc cref="ReadingThresholds.MostTraces"/>
    public int MostTraces { get; init; } = ReadingThresholds.MostTraces;

    /// <inheritdoc cref="ReadingThresholds.MostSpans"/>
    public int MostSpans { get; init; } = ReadingThresholds.MostSpans;

    /// <inheritdoc cref="ReadingThresholds.MostBaselineTraces"/>
    public int MostBaselineTraces { get; init; } = ReadingThresholds.MostBaselineTraces;

    /// <inheritdoc cref="ReadingThresholds.MostBaselineSpans"/>
    public int MostBaselineSpans { get; init; } = ReadingThresholds.MostBaselineSpans;

    /// <inheritdoc cref="ReadingThresholds.FocusFrom"/>
    public TimeSpan FocusFrom { get; init; } = ReadingThresholds.FocusFrom;

    /// <inheritdoc cref="ReadingThresholds.FocusBelow"/>
    public double FocusBelow { get; init; } = ReadingThresholds.FocusBelow;

    /// <inheritdoc cref="ReadingThresholds.FocusShortest"/>
    public TimeSpan FocusShortest { get; init; } = ReadingThresholds.FocusShortest;

    /// <inheritdoc cref="ReadingThresholds.Latest"/>
    public TimeSpan Latest { get; init; } = ReadingThresholds.Latest;

    /// <inheritdoc cref="ReadingThresholds.ShortestLatest"/>
    public TimeSpan ShortestLatest { get; init; } = ReadingThresholds.ShortestLatest;

    /// <inheritdoc cref="ReadingThresholds.SureOfLatest"/>
    public double SureOfLatest { get; init; } = ReadingThresholds.SureOfLatest;

    /// <inheritdoc cref="ReadingThresholds.FocusPast"/>
    public TimeSpan FocusPast { get; init; } = ReadingThresholds.FocusPast;

    /// <inheritdoc cref="ReadingThresholds.MostSuspects"/>
    public int MostSuspects { get; init; } = ReadingThresholds.MostSuspects;

    /// <inheritdoc cref="ReadingThresholds.MostWithoutSuspects"/>
    public int MostWithoutSuspects { get; init; } = ReadingThresholds.MostWithoutSuspects;

    /// <inheritdoc cref="ReadingThresholds.MostRequestsWithAttributes"/>
    public int MostRequestsWithAttributes { get; init; } = ReadingThresholds.MostRequestsWithAttributes;

    /// <inheritdoc cref="ReadingThresholds.ResourcesFrom"/>
    public TimeSpan ResourcesFrom { get; init; } = ReadingThresholds.ResourcesFrom;

    /// <inheritdoc cref="ReadingThresholds.ChangesFrom"/>
    public TimeSpan ChangesFrom { get; init; } = ReadingThresholds.ChangesFrom;

    /// <inheritdoc cref="ReadingThresholds.Arriving"/>
    public TimeSpan Arriving { get; init; } = ReadingThresholds.Arriving;

    /// <inheritdoc cref="ReadingThresholds.BaselineFrom"/>
    public TimeSpan BaselineFrom { get; init; } = ReadingThresholds.BaselineFrom;

    /// <inheritdoc cref="ReadingThresholds.Fresh"/>
    public TimeSpan Fresh { get; init; } = ReadingThresholds.Fresh;
}
