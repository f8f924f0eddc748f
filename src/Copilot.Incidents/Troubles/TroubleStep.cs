namespace Copilot.Incidents.Troubles;

/// <summary>One call on the way from what users see to the cause. Durations are means in milliseconds.</summary>
public sealed record TroubleStep(string Caller, string Callee, string Operation, double UsualMs, double NowMs);
