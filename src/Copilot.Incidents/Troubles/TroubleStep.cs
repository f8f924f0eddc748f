namespace Copilot.Incidents.Troubles;

/// <summary>One call on the way from what users see to the cause. Durations are means in milliseconds.</summary>
public sealed record TroubleStep(string Caller, string Callee, string Operation, double UsualMs, double NowMs)
{
    /// <summary>The callee's error rate before, 0 to 1; null where it serves no requests, and in what was kept before rates were.</summary>
    public double? UsualErrorRate { get; init; }

    /// <summary>The callee's error rate in the window, 0 to 1.</summary>
    public double? ErrorRate { get; init; }
}
