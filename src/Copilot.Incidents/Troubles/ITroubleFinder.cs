using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Troubles;

/// <summary>Finds what is wrong in a window that is already known.</summary>
public interface ITroubleFinder
{
    /// <param name="scope">A TraceQL spanset filter, or null for everything.</param>
    /// <returns>The trouble; one without causes and affected services where nothing is wrong.</returns>
    Task<Trouble> FindAsync(TimeWindow window, string? scope, CancellationToken cancellation);
}
