namespace Copilot.Store.Reads.Spans;

/// <param name="AfterNs">Nanoseconds after the span's start; below zero where the sender's clock went back.</param>
public sealed record SpanEventEntry(long AfterNs, string Name, IReadOnlyList<AttributeEntry> Attributes);
