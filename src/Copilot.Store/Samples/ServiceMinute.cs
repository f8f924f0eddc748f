using Copilot.Telemetry.Histograms;

namespace Copilot.Store.Samples;

/// <summary>A service's requests that start in one minute, from the rollups: every span received, kept or not.</summary>
public sealed class ServiceMinute
{
    public required long MinuteNs { get; init; }

    public required string Service { get; init; }

    /// <summary>Where only the calls of one service are counted, as its client spans saw them: that service. Null: all requests, as the service saw them.</summary>
    public string? Caller { get; init; }

    public long Requests { get; set; }

    public long Failed { get; set; }

    public DurationHistogram Durations { get; } = new();
}
