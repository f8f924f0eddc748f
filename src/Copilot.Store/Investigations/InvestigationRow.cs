using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Investigations;

/// <summary>What an investigation is, however its answer is held: trouble, where it starts, and how long it shows. Its texts may come
/// from telemetry and are never trusted.</summary>
public abstract record InvestigationFacts
{
    public required string Id { get; init; }

    /// <summary>The product's own watch, or the alerting system whose alert was looked into.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>From when it shows to when it was last seen.</summary>
    [JsonIgnore]
    public required TimeWindow Window { get; init; }

    /// <summary>The service or peer where it starts; empty where an alert was looked into and nothing stood out.</summary>
    [JsonIgnore]
    public required string Cause { get; init; }

    public string? Operation { get; init; }

    /// <summary>Null where an alert was looked into and nothing stood out.</summary>
    [JsonConverter(typeof(InvestigationKindConverter))]
    public required CauseKind? Kind { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Two or three sentences with the figures.</summary>
    public required string Summary { get; init; }

    /// <summary>The cause and those affected.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public IReadOnlyList<string> TraceIds { get; init; } = [];
}

/// <summary>A suggested investigation as it is kept.</summary>
public sealed record InvestigationRow : InvestigationFacts
{
    public InvestigationRow() { }

    [SetsRequiredMembers]
    public InvestigationRow(InvestigationFacts facts)
        : base(facts) { }

    /// <summary>The whole answer as JSON, where there is one.</summary>
    public string? Answer { get; init; }
}
