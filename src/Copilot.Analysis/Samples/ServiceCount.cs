using Copilot.Telemetry.Histograms;

namespace Copilot.Analysis.Samples;

/// <summary>All requests to a service in a window, counted; a sample could only estimate them.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Durations">How long they took.</param>
public sealed record ServiceCount(long Requests, long Failed, DurationHistogram Durations);
