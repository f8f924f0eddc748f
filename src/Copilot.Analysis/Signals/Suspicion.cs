using System.Text.Json.Serialization;

namespace Copilot.Analysis.Signals;

/// <summary>One place that behaves differently in the bad window than in the baseline.</summary>
public sealed record Suspicion
{
    /// <summary>The name (service or peer) to which it points.</summary>
    public required int Node { get; init; }

    public required SignalKind Kind { get; init; }

    /// <summary>The entry operation concerned, or -1.</summary>
    public int Operation { get; init; } = -1;

    /// <summary>Where it is seen, when that is not the node itself: the caller of a slow edge.</summary>
    public int SeenAt { get; init; } = -1;

    public required int Hits { get; init; }

    public required int Count { get; init; }

    public required int BaseHits { get; init; }

    public required int BaseCount { get; init; }

    /// <summary>How surprising that is, in standard deviations.</summary>
    public required double Surprise { get; init; }

    /// <summary>Milliseconds lost here in all, beyond the usual.</summary>
    public double ExcessMs { get; init; }

    public double UsualMs { get; init; }

    public double NowMs { get; init; }

    /// <summary>The median of those that are slow.</summary>
    public double SlowMs { get; init; }

    /// <summary>The requests of the bad window concerned, by index; for an edge, the calling ones.</summary>
    public IReadOnlyList<int> Requests { get; init; } = [];

    /// <summary>What exactly: the vanished step, the metric, the error type.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>What kind of observation makes a place suspicious.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignalKind>))]
public enum SignalKind
{
    /// <summary>Requests fail, and nothing that they called failed.</summary>
    [JsonStringEnumMemberName("errors")]
    Errors,

    /// <summary>The service itself takes longer.</summary>
    [JsonStringEnumMemberName("own_time")]
    OwnTime,

    /// <summary>Time passes between a caller and its callee.</summary>
    [JsonStringEnumMemberName("gap")]
    Gap,

    /// <summary>Messages wait longer before somebody takes them.</summary>
    [JsonStringEnumMemberName("queue_wait")]
    Queue,

    /// <summary>Requests take another course: steps vanish, stop short, or new ones appear.</summary>
    [JsonStringEnumMemberName("flow")]
    Flow,

    /// <summary>Calls arrive nowhere: the callee sends nothing.</summary>
    [JsonStringEnumMemberName("silence")]
    Silence,

    /// <summary>A caller gives up calls that are answered as fast as ever.</summary>
    [JsonStringEnumMemberName("timeouts")]
    Timeouts,

    /// <summary>Calls are made again because they came to nothing.</summary>
    [JsonStringEnumMemberName("retries")]
    Retries,

    /// <summary>Time passes right before calls, as when connections or threads have run out.</summary>
    [JsonStringEnumMemberName("pool_wait")]
    PoolWait,

    /// <summary>Error messages of no trace are new or more than before.</summary>
    [JsonStringEnumMemberName("logs")]
    Messages,

    /// <summary>A pod or host is short of something.</summary>
    [JsonStringEnumMemberName("resource")]
    Resource,

    /// <summary>A pod or host reports that something waits in line, runs out of time or is held back.</summary>
    [JsonStringEnumMemberName("saturation")]
    Saturation,

    /// <summary>Evidence alone: suffering requests write a log message that others do not.</summary>
    [JsonStringEnumMemberName("message")]
    SharedMessage,

    /// <summary>Evidence alone: what suffers has an attribute value in common.</summary>
    [JsonStringEnumMemberName("place")]
    Place,
}
