using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Investigations;

/// <summary>One read that an investigation rests on.</summary>
public sealed record InvestigationQuery(string Id, string TraceQl, TimeWindow Window, int Rows, double ElapsedMs);
