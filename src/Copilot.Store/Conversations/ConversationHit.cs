namespace Copilot.Store.Conversations;

/// <summary>A conversation that a search found, with the turn that fits best.</summary>
/// <param name="Turn">Number of that turn.</param>
/// <param name="Question">Its question.</param>
/// <param name="Excerpt">Words around what was found, out of its answer.</param>
/// <param name="Turns">How many turns the conversation has.</param>
public sealed record ConversationHit(string Id, string Title, string Asker, DateTimeOffset UpdatedAt, int Turn, string Question, string Excerpt, int Turns);
