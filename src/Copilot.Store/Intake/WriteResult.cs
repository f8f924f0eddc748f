namespace Copilot.Store.Intake;

/// <summary>What became of a batch.</summary>
/// <param name="Received">Items in the batch.</param>
/// <param name="Stored">Items that are in the store because of it.</param>
/// <param name="Duplicates">Items that were there already.</param>
/// <param name="Shed">Spans that were counted but not stored.</param>
public sealed record WriteResult(int Received, int Stored, int Duplicates, int Shed);
