namespace Copilot.Agent.Questions;

/// <summary>One short question back.</summary>
/// <param name="Question">In plain words.</param>
/// <param name="Choices">Questions that can be asked as they are; may be empty where only a name is missing.</param>
/// <param name="NotUnderstood">The words that no reading could be made of; empty where the question is ambiguous or incomplete.</param>
public sealed record Clarification(string Question, IReadOnlyList<string> Choices, IReadOnlyList<string> NotUnderstood);
