using System.Text.Json;

namespace Copilot.Store.Traceql;

/// <summary>A span that a query found.</summary>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="Values">What by() and select() named, by how the query writes it; JSON null where the span has none.</param>
public sealed record SpanMatch(
    string SpanId, long StartNs, long DurationNs, string Service, string Name, short Status, short Kind, IReadOnlyList<KeyValuePair<string, JsonElement>> Values);
