namespace Copilot.Ingest.Otlp;

/// <summary>A body is larger than the limit, perhaps only after decompression.</summary>
internal sealed class BodyTooLargeException() : Exception("The body is larger than the limit.");
