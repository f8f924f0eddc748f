using Copilot.Telemetry.Records;

namespace Copilot.Store.Investigations;

/// <summary>A suggested investigation as it is kept.</summary>
public sealed record InvestigationRow
{
    public required string Id { get; init; }

    /// <summary>Who found it: the watch, or an alerting system.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required string Cause { get; init; }

    public string? Operation { get; init; }

    /// <summary>Null where an alert was looked into and nothing stood out.</summary>
    public required CauseKind? Kind { get; init; }

    public required double Confidence { get; init; }

    public required string Summary { get; init; }

    /// <summary>The cause and those affected.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>The whole answer as JSON, where there is one.</summary>
    public string? Answer { get; init; }
}
