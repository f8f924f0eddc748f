using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Places;

/// <summary>A request that could have met the trouble.</summary>
/// <param name="Request">The request.</param>
/// <param name="IsHit">It did.</param>
/// <param name="Callees">Where the trouble lies between it and what it calls: what it calls.</param>
internal sealed record Exposure(Request Request, bool IsHit, IReadOnlyList<int> Callees)
{
    /// <summary>Only requests of one operation are alike.</summary>
    public (int Service, int Operation) Kin => (Request.Service, Request.Operation);
}
