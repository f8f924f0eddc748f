using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Recovery;

/// <summary>How an incident's services are now.</summary>
/// <param name="Window">What was measured.</param>
/// <param name="Services">Those of the incident that received requests in it.</param>
public sealed record RecoveryState(TimeWindow Window, IReadOnlyList<CheckResult> Checks, IReadOnlyList<ServiceNow> Services)
{
    /// <summary>Every check could be made and holds.</summary>
    public bool IsOver => Checks.Count > 0 && Checks.All(check => check.Holds == true);
}
