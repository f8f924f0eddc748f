using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Troubles;

/// <summary>Finds what is wrong in a window that is already known.</summary>
public interface ITroubleFinder
{
    /// <param name="window">The bad window.</param>
    /// <param name="baseline">The good window to compare with, where somebody named one; null: chosen before the window.</param>
    /// <param name="scope">A TraceQL spanset filter, or null for everything.</param>
    /// <returns>The trouble; one without causes and affected services where nothing is wrong.</returns>
    Task<Trouble> FindAsync(TimeWindow window, TimeWindow? baseline, string? scope, CancellationToken cancellation);
}
