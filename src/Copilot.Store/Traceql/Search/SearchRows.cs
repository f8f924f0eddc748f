using System.Text.Json;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Search;

/// <summary>Rows of a search put together to traces.</summary>
internal sealed class SearchRows(IReadOnlyList<FieldExpression> shown)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly List<(Guid Trace, List<(string Group, long Matched, List<SpanMatch> Spans)> Spansets)> _traces = [];

    public IReadOnlyList<Guid> TraceIds => _traces.ConvertAll(t => t.Trace);

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var trace = reader.GetGuid(0);
            var group = reader.GetString(1);
            if (_traces.Count == 0 || _traces[^1].Trace != trace)
                _traces.Add((trace, []));
            var spansets = _traces[^1].Spansets;
            if (spansets.Count == 0 || spansets[^1].Group != group)
                spansets.Add((group, reader.GetInt64(2), []));
            spansets[^1].Spans.Add(Span(reader));
        }
    }

    private SpanMatch Span(NpgsqlDataReader reader) =>
        new(
            SpanId.FromInt64(reader.GetInt64(3)).ToString(),
            reader.GetInt64(4),
            reader.GetInt64(5),
            reader.IsDBNull(6) ? "" : reader.GetString(6),
            reader.IsDBNull(7) ? "" : reader.GetString(7),
            reader.GetInt16(8),
            reader.GetInt16(9),
            shown
                .Select(
                    (field, i) =>
                        KeyValuePair.Create(
                            field.ToString(),
                            reader.IsDBNull(10 + i) ? Null : JsonSerializer.Deserialize<JsonElement>(reader.GetString(10 + i))
                        )
                )
                .ToList()
        );

    public IReadOnlyList<TraceMatch> Traces(IReadOnlyDictionary<Guid, TraceMatch> wholes, int limit) =>
        _traces
            .Take(limit)
            .Select(t => wholes[t.Trace] with { Spansets = t.Spansets.ConvertAll(s => new SpansetMatch(s.Matched, s.Spans)) })
            .ToList();
}
