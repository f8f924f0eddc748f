namespace Copilot.Agent.Model;

/// <summary>What came of trying the model.</summary>
/// <param name="Message">One sentence for a person: what works, or what is wrong.</param>
public sealed record ModelCheckResult(bool Works, TimeSpan Elapsed, string Message);
