namespace Copilot.Store.Status;

/// <summary>How far distillation is.</summary>
/// <param name="Enabled">False: every span stays until its retention ends.</param>
/// <param name="HotWindow">For how long all spans stay.</param>
/// <param name="OldestHot">The oldest hour of spans that came in as they happened of which all are still there; null: none.</param>
/// <param name="Distilled">Hours that were distilled and are still kept.</param>
/// <param name="Due">Hours that are past the hot window and wait for it.</param>
/// <param name="Last">When an hour was last distilled.</param>
/// <param name="Thinned">Hours of which not every span received is stored, for whatever reason.</param>
public sealed record DistillationStatus(bool Enabled, TimeSpan HotWindow, DateTimeOffset? OldestHot, int Distilled, int Due, DateTimeOffset? Last, int Thinned);
