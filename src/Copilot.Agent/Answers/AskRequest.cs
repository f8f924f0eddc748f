namespace Copilot.Agent.Answers;

/// <summary>One question, as it was typed and by whom.</summary>
public sealed record AskRequest
{
    /// <summary>1 to 2,000 characters.</summary>
    public required string Question { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>What "now" means in the question; the wall clock where null.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>IANA name; the zone of clock times in the question.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>"builtin" or "model"; the configured one where null.</summary>
    public string? Engine { get; init; }

    /// <summary>Who asks, for the conversation's and the audit log's sake.</summary>
    public string Asker { get; init; } = "anonymous";
}
