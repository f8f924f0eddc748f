namespace Copilot.Incidents.Ownership;

/// <summary>Who owns what, from the catalogue, CODEOWNERS, on-call data and span attributes.</summary>
public interface IOwnership
{
    /// <summary>What is known now; cheap to ask for again, and consistent in itself.</summary>
    Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellation);
}
