using Copilot.Store.Rollups;
using Copilot.Store.Samples;

namespace Copilot.Incidents.Investigations;

/// <summary>What was read of one window.</summary>
/// <param name="Traces">The sample.</param>
/// <param name="Logs">Log records of the sampled traces.</param>
/// <param name="Counts">All requests of the window by service; null where only some spans count, and the sample is all there is.</param>
internal sealed record WindowEvidence(SampledTraces Traces, IReadOnlyList<SampledLog> Logs, IReadOnlyDictionary<string, RequestRollup>? Counts);
