namespace Copilot.Agent.Answers.Items;

/// <param name="Role">cause, suspect, affected, caller, callee, peer or match. "cause" marks only what the answer claims.</param>
public sealed record ServiceItem(string Service, string Role, double Score, string? Owner);
