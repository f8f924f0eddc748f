using System.Text.Json;

namespace Copilot.Slack.Api;

/// <summary>Slack answered <c>ok: false</c>.</summary>
public sealed class SlackErrorException(string method, string error, JsonElement answer)
    : Exception(SlackErrorText.Of(method, error, answer))
{
    public string Method { get; } = method;

    /// <summary>Slack's word for it: "name_taken".</summary>
    public string Error { get; } = error;

    public JsonElement Answer { get; } = answer;

    /// <summary>Slack's own trouble: the same call may work later, and may have worked already.</summary>
    public bool IsSlacksOwn => Error is "internal_error" or "fatal_error" or "request_timeout" or "service_unavailable" or "unknown_error";
}

/// <summary>Slack's errors in words, with what to do.</summary>
internal static class SlackErrorText
{
    private const string LacksScope = "The Slack app lacks the scope";

    /// <summary>Whether what went wrong would not have with another scope.</summary>
    public static bool IsOfScope(string problem) => problem.Contains(LacksScope, StringComparison.Ordinal);

    /// <summary>The scopes of which one would have done, of a problem that is one of scopes.</summary>
    public static IReadOnlyList<string> ScopesOf(string problem)
    {
        var from = problem.IndexOf(LacksScope, StringComparison.Ordinal) + LacksScope.Length;
        var to = problem.IndexOf(" for ", from, StringComparison.Ordinal);
        return to < from ? [] : problem[from..to].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    public static string Of(string method, string error, JsonElement answer) =>
        error switch
        {
            "missing_scope" => $"{LacksScope} {answer.Text("needed") ?? "?"} for {method} (it has: {answer.Text("provided") ?? "?"}). "
                + "Add it under OAuth & Permissions and install the app again.",
            "not_authed" or "invalid_auth" or "account_inactive" or "token_revoked" or "token_expired" =>
                $"Slack refuses the token ({error}). Install the app again and set Slack:BotToken to the new one.",
            "restricted_action" or "user_is_restricted" or "cannot_create_channel" =>
                $"This workspace does not let the app do that ({method}: {error}). An administrator can allow it.",
            "is_archived" => "The channel has been archived.",
            "channel_not_found" => "The channel is not there, or the app cannot see it.",
            "not_in_channel" => "The app is not in the channel. Invite it with /invite.",
            "invalid_blocks" or "msg_blocks_too_long" or "msg_too_long" => $"Slack does not take the message ({error}{Details(answer)}).",
            _ => $"Slack refuses {method}: {error}{Details(answer)}.",
        };

    /// <summary>Why a person could not be invited.</summary>
    public static string OfGuest(string error) =>
        error switch
        {
            "cant_invite" => "Slack does not let the app invite them",
            "user_not_found" or "no_user" => "Slack does not know them in this workspace",
            "user_is_restricted" or "user_is_ultra_restricted" or "ura_max_channels" => "they are a guest with limited channels",
            "invitee_cant_see_channel" or "no_external_invite_permission" => "they belong to another workspace",
            "user_disabled" or "account_inactive" => "their account is switched off",
            _ => $"Slack says {error}",
        };

    private static string Details(JsonElement answer)
    {
        var messages = answer.Member("response_metadata").List("messages").Select(message => message.GetString()).ToArray();
        return messages.Length == 0 ? "" : ": " + string.Join("; ", messages);
    }
}
