namespace Copilot.Agent.Answers;

/// <summary>How far the numbers can be trusted.</summary>
/// <param name="Exact">False where numbers were rounded out to minutes or estimated from weighted kept traces.</param>
/// <param name="ReceivedUntil">The newest span start received; null where nothing was.</param>
public sealed record Coverage(bool Exact, DateTimeOffset? ReceivedUntil, string Note);
