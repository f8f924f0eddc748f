namespace Copilot.Analysis.Reports;

/// <summary>What one might have suspected, and why it is not the cause.</summary>
public sealed record RejectedAlternative(string Service, string Reason);
