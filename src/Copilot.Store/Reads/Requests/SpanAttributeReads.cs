using Copilot.Store.Commands;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Requests;

/// <summary>The attributes of chosen spans and resources, those left out that a break-down leaves out: very many values, long
/// texts.</summary>
public sealed class SpanAttributeReads(CopilotDatabase database)
{
    private const int LongestValue = 200;

    /// <param name="spans">Spans of traces that belong to the window.</param>
    /// <param name="window">The window.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The values of each span, in the order asked for; empty for a span that is not stored or has none.</returns>
    public async Task<IReadOnlyList<(string Key, string Value)>[]> OfSpansAsync(
        IReadOnlyList<(TraceId Trace, SpanId Span)> spans,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        Guid[] traces = [.. spans.Select(s => s.Trace.ToGuid())];
        long[] ids = [.. spans.Select(s => s.Span.ToInt64())];
        Sql sql = $"""
            select w.at, a.key, a.value
            from unnest({traces}, {ids}) with ordinality w(trace_id, span_id, at)
            join spans s on s.trace_id = w.trace_id and s.span_id = w.span_id
              and s.start_ns >= {window.FromNs - SampleReads.Before} and s.start_ns < {window.ToNs + SampleReads.After}
            cross join lateral ({BreakdownReads.Attributes}) a
            where {Wanted}
            """;
        var found = new List<(string, string)>[spans.Count];
        for (var i = 0; i < found.Length; i++)
            found[i] = [];
        await database.QueryAsync(
            sql,
            reader =>
            {
                found[(int)reader.GetInt64(0) - 1].Add((reader.GetString(1), reader.GetString(2)));
                return true;
            },
            cancellationToken
        );
        return [.. found];
    }

    /// <returns>The values of each resource that has any.</returns>
    public async Task<IReadOnlyDictionary<int, IReadOnlyList<(string Key, string Value)>>> OfResourcesAsync(
        IReadOnlyCollection<int> resources,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            select r.id, a.key, a.value from resources r
            cross join lateral (select key, value from jsonb_each_text(r.attributes)
              where jsonb_typeof(r.attributes -> key) not in ('array', 'object')) a
            where r.id = any({resources.ToArray()}) and {Wanted}
            """;
        var found = await database.QueryAsync(
            sql,
            reader => (Id: reader.GetInt32(0), Value: (reader.GetString(1), reader.GetString(2))),
            cancellationToken
        );
        return found.GroupBy(f => f.Id, f => f.Value).ToDictionary(g => g.Key, g => (IReadOnlyList<(string, string)>)[.. g]);
    }

    private static Sql Wanted =>
        Sql.Of($"length(a.value) <= {LongestValue} and not (a.key = any(array(select key from attribute_keys where many_values)))");
}
