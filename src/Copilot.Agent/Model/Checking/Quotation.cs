namespace Copilot.Agent.Model.Checking;

/// <summary>What a stranger wrote into telemetry or a file.</summary>
/// <param name="Key">Of an attribute's value, the attribute; null for free text.</param>
/// <param name="IsOfRunbook">It is a text of a runbook that was handed in.</param>
internal sealed record Quotation(string Text, string? Key, bool IsOfRunbook);
