namespace Copilot.Agent.Questions.Subjects;

/// <summary>An attribute by scope and key.</summary>
public sealed record AttributeName(AttributeScope Scope, string Key);
