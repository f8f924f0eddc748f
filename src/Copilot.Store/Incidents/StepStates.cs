using System.Text.Json.Serialization;

namespace Copilot.Store.Incidents;

/// <summary>What a step of the outbox does outside.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepKind>))]
public enum StepKind
{
    /// <summary>Another build wrote it, and this one does not know what it is.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("subject")]
    Subject,

    [JsonStringEnumMemberName("purpose")]
    Purpose,

    [JsonStringEnumMemberName("guide")]
    Guide,

    [JsonStringEnumMemberName("post")]
    Post,

    [JsonStringEnumMemberName("pin")]
    Pin,

    [JsonStringEnumMemberName("link")]
    Link,

    [JsonStringEnumMemberName("invite")]
    Invite,

    [JsonStringEnumMemberName("tell")]
    Tell,

    /// <summary>Whoever asked for the room comes in.</summary>
    [JsonStringEnumMemberName("admit")]
    Admit,

    /// <summary>The room is told who is there and why, and who is not.</summary>
    [JsonStringEnumMemberName("introduce")]
    Introduce,

    /// <summary>Whoever asked for the room is told what became of it.</summary>
    [JsonStringEnumMemberName("report")]
    Report,

    [JsonStringEnumMemberName("page")]
    Page,

    [JsonStringEnumMemberName("page_end")]
    PageEnd,
}

/// <summary>How far a step of the outbox is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepState>))]
public enum StepState
{
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("done")]
    Done,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>What it was for is over, or could not be.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,
}

/// <summary>How far a delivery is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryState>))]
public enum DeliveryState
{
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("done")]
    Done,

    [JsonStringEnumMemberName("failed")]
    Failed,
}
