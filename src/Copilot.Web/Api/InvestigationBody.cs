using System.Text.Json.Serialization;
using Copilot.Incidents.Troubles;

namespace Copilot.Web.Api;

/// <summary>A suggested investigation as programs read it. Rates and confidence are 0 to 1, durations milliseconds. Texts may come from telemetry.</summary>
internal sealed record InvestigationBody
{
    public required string Id { get; init; }

    public required bool Open { get; init; }

    /// <summary><c>watch</c>, or the alerting system whose alert was looked into.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>From when it shows.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Null where an alert was looked into and nothing stood out.</summary>
    public string? Cause { get; init; }

    public string? Operation { get; init; }

    public required string Kind { get; init; }

    public required double Confidence { get; init; }

    public required string Summary { get; init; }

    /// <summary>The cause and those affected.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public required IReadOnlyList<string> TraceIds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TroubleService>? Affected { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Evidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TroubleStep>? Path { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TroubleAlternative>? Rejected { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Checks { get; init; }
}
