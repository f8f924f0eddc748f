namespace Copilot.Agent.Audit;

/// <summary>What left for a model while one question was answered, for the person who asks.</summary>
/// <param name="Cost">Null where no price is known.</param>
/// <param name="Outcome">asking, answered, interrupted (the process ended meanwhile), or why the built-in interpreter stood in.</param>
/// <param name="Messages">Everything that was sent and what came back, in order; each once, though each round sends all before it again.</param>
public sealed record SentToModel(
    string? ConversationId, int? Turn, DateTimeOffset AskedAt, string Asker, string Provider, string Model, string? Address, int Rounds, long InputTokens,
    long OutputTokens, decimal? Cost, string? Currency, string Outcome, IReadOnlyList<SentMessage> Messages);
