using Copilot.Telemetry.Time;

namespace Copilot.Store.Reads.Logs;

/// <summary>Which log records are wanted; everything set must hold.</summary>
public sealed record LogFilter
{
    public required TimeWindow Window { get; init; }

    /// <summary>Empty: of all services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The body or an attribute's value contains it, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>The least severityNumber; an error log has 17 or more.</summary>
    public int? MinSeverity { get; init; }

    /// <summary>An exclusive upper bound of the severityNumber.</summary>
    public int? BelowSeverity { get; init; }

    public Copilot.Telemetry.Spans.TraceId? TraceId { get; init; }
}
