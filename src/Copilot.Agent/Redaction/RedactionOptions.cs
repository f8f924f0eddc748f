namespace Copilot.Agent.Redaction;

/// <summary>What is taken out besides the built-in patterns; section <c>Redaction</c> of the configuration.</summary>
public sealed record RedactionOptions
{
    /// <summary>Keys whose values never leave, wherever they stand as <c>key: value</c> or <c>key=value</c>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = ["password", "passwd", "secret", "api_key", "apikey", "authorization", "cookie", "session.id", "enduser.id"];
}
