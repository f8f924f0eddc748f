namespace Copilot.Incidents.Runbooks;

/// <summary>The runbooks that were handed in.</summary>
public interface IRunbooks
{
    Task<IReadOnlyList<Runbook>> AllAsync(CancellationToken cancellation);
}
