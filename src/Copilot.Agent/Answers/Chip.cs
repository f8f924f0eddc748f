namespace Copilot.Agent.Answers;

/// <summary>One editable part of how a question was read: changing it asks again.</summary>
/// <param name="Name">What it sets: window, service, operation, filter, measure, baseline.</param>
/// <param name="Value">Its value as shown and as typed when edited.</param>
/// <param name="Source">The words of the question that it came from, "conversation" or "default".</param>
public sealed record Chip(string Name, string Value, string Source);
