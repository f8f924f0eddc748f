namespace Copilot.Agent.Answers;

/// <summary>How far the numbers can be trusted.</summary>
/// <param name="Exact">False where numbers were rounded out to minutes or estimated from weighted kept traces.</param>
/// <param name="ReceivedUntil">
/// The newest span start received, never later than the last arrival by the server's clock; null where nothing was received.
/// </param>
public sealed record Coverage(bool Exact, DateTimeOffset? ReceivedUntil, string Note);
