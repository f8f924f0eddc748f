namespace Copilot.Store.Intake;

/// <summary>
/// A pass that trails the intake (edges, the attribute catalogue, statistics). All that are registered run, in order, when an
/// import ends, so that everything imported can be asked about.
/// </summary>
public interface ITelemetryCatchUp
{
    /// <summary>Works off everything that is committed by now.</summary>
    Task CatchUpAsync(CancellationToken cancellationToken);
}
