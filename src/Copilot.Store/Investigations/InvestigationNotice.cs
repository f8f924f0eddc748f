using System.Text.Json.Serialization;

namespace Copilot.Store.Investigations;

/// <summary>That a suggestion was told at a place outside the app.</summary>
/// <param name="Reference">What the post is called there.</param>
/// <param name="Cause">The cause that was told; null where nothing was yet.</param>
/// <param name="Reason">Why it was refused.</param>
public sealed record InvestigationNotice(
    string SuggestionId,
    string Place,
    NoticeState State,
    string? Reference,
    string? Cause,
    string? Reason
);

/// <summary>How far it is told.</summary>
public enum NoticeState
{
    /// <summary>It was begun; whether it had its effect is not known until it is <see cref="Open"/>.</summary>
    [JsonStringEnumMemberName("opening")]
    Opening,

    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("closed")]
    Closed,

    [JsonStringEnumMemberName("refused")]
    Refused,
}
