using Copilot.Diagnosis.Diagnoses;
using Copilot.Store.Investigations;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Investigations;

/// <summary>
/// Trouble that was found without anybody asking: a suggested investigation, already answered, open while the trouble lasts. Its texts
/// may come from telemetry and are never trusted.
/// </summary>
public sealed record Investigation
{
    /// <summary>The <see cref="Source"/> of what the product's own watch found.</summary>
    public const string Watch = "watch";

    public required string Id { get; init; }

    /// <summary><see cref="Watch"/>, or the alerting system whose alert was looked into.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>From when it shows to when it was last seen.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>The service or peer where it starts; empty where an alert was looked into and nothing stood out.</summary>
    public required string Cause { get; init; }

    public string? Operation { get; init; }

    /// <summary>Null where an alert was looked into and nothing stood out.</summary>
    public required CauseKind? Kind { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Two or three sentences with the figures.</summary>
    public required string Summary { get; init; }

    /// <summary>The cause and those affected.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>The whole answer; null where nothing was found or it was kept before answers were.</summary>
    public WindowDiagnosis? Answer { get; init; }

    public string KindWord => InvestigationKind.Word(Kind);

    public bool IsOpen => ClosedAt is null;
}
