namespace Copilot.Agent.Redaction;

/// <summary>What is taken out besides the built-in patterns; section <c>Redaction</c> of the configuration.</summary>
public sealed record RedactionOptions
{
    /// <summary>Keys whose values never leave, wherever they stand as <c>key: value</c>, <c>key=value</c>, as a member or as an attribute. A list in the
    /// configuration is added to these, so that none of the usual ones is lost by mistake.</summary>
    public IReadOnlyList<string> Keys { get; init; } =
    [
        "password", "passwd", "pwd", "passphrase", "secret", "api_key", "apikey", "api-key", "token", "authorization", "cookie", "session.id", "session_id", "enduser.id",
        "private_key", "credential",
    ];
}
