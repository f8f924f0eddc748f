namespace Copilot.Agent.Questions;

/// <summary>Why a question is not answered.</summary>
/// <param name="Reason">For a person: what is not done here, and what is instead.</param>
public sealed record Refusal(RefusalKind Kind, string Reason);
