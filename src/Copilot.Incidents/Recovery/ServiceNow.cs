namespace Copilot.Incidents.Recovery;

/// <summary>A service's requests in the last minutes. Rates are 0 to 1, durations milliseconds.</summary>
public sealed record ServiceNow(string Service, long Requests, double ErrorRate, double P95Ms);
