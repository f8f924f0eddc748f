using System.Text.Json;

namespace Copilot.Slack.Api;

/// <summary>Slack answered <c>ok: false</c>.</summary>
public sealed class SlackErrorException(string method, string error, JsonElement answer) : Exception(SlackErrorText.Of(method, error, answer))
{
    public string Method { get; } = method;

    /// <summary>Slack's word for it: "name_taken".</summary>
    public string Error { get; } = error;

    public JsonElement Answer { get; } = answer;

    /// <summary>Slack's own trouble: the same call may work later, and may have worked already.</summary>
    public bool IsSlacksOwn => Error is "internal_error" or "fatal_error" or "request_timeout" or "service_unavailable" or "unknown_error";
}
