using Copilot.Telemetry.Time;

namespace Copilot.Analysis.Tests.Worlds;

public sealed record HarborFault(string Id, TimeWindow Window, TimeWindow Baseline, string? Cause, IReadOnlyList<string> Affected, string? Place);
