namespace Copilot.Analysis.Reports;

/// <summary>One call on the way from the symptom to the cause.</summary>
public sealed record PathStep(string Caller, string Callee, string Operation, double UsualMs, double NowMs);
