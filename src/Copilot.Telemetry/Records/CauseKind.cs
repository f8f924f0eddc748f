using System.Text.Json.Serialization;

namespace Copilot.Telemetry.Records;

/// <summary>What trouble looks like where it starts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CauseKind>))]
public enum CauseKind
{
    [JsonStringEnumMemberName("errors")]
    Errors,

    [JsonStringEnumMemberName("latency")]
    Latency,

    [JsonStringEnumMemberName("network")]
    Network,

    [JsonStringEnumMemberName("resource")]
    Resource,

    [JsonStringEnumMemberName("saturation")]
    Saturation,

    /// <summary>It goes with a change; what that looks like, the affected services tell.</summary>
    [JsonStringEnumMemberName("change")]
    Change,

    [JsonStringEnumMemberName("traffic")]
    Traffic,
}
