namespace Copilot.Store.Measuring;

/// <summary>How long reads took, in milliseconds: the middle one, and the one that 19 of 20 do not exceed.</summary>
public sealed record ReadTimes(double P50, double P95);
