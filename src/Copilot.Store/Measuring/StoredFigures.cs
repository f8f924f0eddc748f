namespace Copilot.Store.Measuring;

/// <summary>What is in the store: spans, spans that the rollups count, bytes of spans with their indexes.</summary>
public sealed record StoredFigures(long Spans, long Counted, long Bytes);
