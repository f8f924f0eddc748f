using System.Text.Json.Serialization;

namespace Copilot.Store.Incidents;

/// <summary>How far an incident is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentState>))]
public enum IncidentState
{
    /// <summary>Steps are due outside; told of an open incident, never kept.</summary>
    [JsonStringEnumMemberName("creating")]
    Creating,

    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("resolved")]
    Resolved,
}

/// <summary>How bad it is, the worst first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentSeverity>))]
public enum IncidentSeverity
{
    [JsonStringEnumMemberName("sev1")]
    Sev1,

    [JsonStringEnumMemberName("sev2")]
    Sev2,

    [JsonStringEnumMemberName("sev3")]
    Sev3,

    [JsonStringEnumMemberName("sev4")]
    Sev4,
}

/// <summary>What became of an invitation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InviteOutcome>))]
public enum InviteOutcome
{
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>There is no room outside the app: nobody was told.</summary>
    [JsonStringEnumMemberName("listed")]
    Listed,

    [JsonStringEnumMemberName("invited")]
    Invited,

    [JsonStringEnumMemberName("already_there")]
    AlreadyThere,

    [JsonStringEnumMemberName("not_found")]
    NotFound,

    [JsonStringEnumMemberName("refused")]
    Refused,
}

/// <summary>What became of a page that somebody asked for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PageState>))]
public enum PageState
{
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("paged")]
    Paged,

    [JsonStringEnumMemberName("refused")]
    Refused,
}

/// <summary>What a line of the timeline tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentEventKind>))]
public enum IncidentEventKind
{
    [JsonStringEnumMemberName("created")]
    Created,

    [JsonStringEnumMemberName("room")]
    Room,

    [JsonStringEnumMemberName("guide")]
    Guide,

    [JsonStringEnumMemberName("invite")]
    Invite,

    [JsonStringEnumMemberName("page")]
    Page,

    [JsonStringEnumMemberName("note")]
    Note,

    [JsonStringEnumMemberName("tick")]
    Tick,

    [JsonStringEnumMemberName("finding")]
    Finding,

    [JsonStringEnumMemberName("problem")]
    Problem,

    [JsonStringEnumMemberName("resolved")]
    Resolved,

    [JsonStringEnumMemberName("reopened")]
    Reopened,

    [JsonStringEnumMemberName("severity")]
    Severity,

    [JsonStringEnumMemberName("reminder")]
    Reminder,
}
