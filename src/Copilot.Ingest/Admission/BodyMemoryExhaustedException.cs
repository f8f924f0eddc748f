namespace Copilot.Ingest.Admission;

/// <summary>All memory for bodies is taken; the sender is to wait.</summary>
internal sealed class BodyMemoryExhaustedException() : Exception("Too many bodies are being read at once.");
