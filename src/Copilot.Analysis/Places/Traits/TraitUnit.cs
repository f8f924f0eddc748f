namespace Copilot.Analysis.Places.Traits;

/// <summary>One that could have been hit.</summary>
/// <param name="Kin">Its operation: only requests of one operation are alike.</param>
/// <param name="IsHit">Whether it was.</param>
/// <param name="Traits">Each once, with the service that has it.</param>
internal sealed record TraitUnit((int Service, int Operation) Kin, bool IsHit, IReadOnlyList<(Trait Trait, int Owner)> Traits);
