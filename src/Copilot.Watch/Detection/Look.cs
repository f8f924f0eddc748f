using Copilot.Incidents.Investigations;

namespace Copilot.Watch.Detection;

/// <summary>What one minute showed.</summary>
/// <param name="End">End of the minute.</param>
/// <param name="Worse">Who got worse by the rollups.</param>
/// <param name="Looked">Whether samples were looked into, had there been any.</param>
/// <param name="Found">What the samples show; null where nobody looked or no request came.</param>
/// <param name="Convicted">The service that the samples name, where all that is known convinces.</param>
internal sealed record Look(DateTimeOffset End, IReadOnlyList<WorseService> Worse, bool Looked, Investigation? Found, Conviction? Convicted);
