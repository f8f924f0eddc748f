namespace Copilot.Slack.Tests.Double;

/// <summary><c>ok: false</c>, with what Slack sends beside it.</summary>
internal sealed class SlackRefusal(string error) : Exception(error)
{
    public object? Errors { get; init; }

    public IReadOnlyList<string>? Messages { get; init; }

    public string? Needed { get; init; }

    public string? Provided { get; init; }

    public object Shape() =>
        new
        {
            ok = false,
            error = Message,
            errors = Errors,
            needed = Needed,
            provided = Provided,
            response_metadata = Messages is null ? null : new { messages = Messages },
        };
}
