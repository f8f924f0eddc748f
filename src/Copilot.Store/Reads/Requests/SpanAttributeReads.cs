using System.Collections.Concurrent;
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

    /// <summary>Resources whose attributes are kept: pods come and go.</summary>
    private const int MostKnown = 20_000;

    private readonly ConcurrentDictionary<int, IReadOnlyList<(string Key, string Value)>> _resources = new();

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
        var known = new Dictionary<int, IReadOnlyList<(string Key, string Value)>>(resources.Count);
        var unknown = new List<int>();
        foreach (var id in resources)
        {
            if (_resources.TryGetValue(id, out var attributes))
                known[id] = attributes;
            else
                unknown.Add(id);
        }

        foreach (var (id, attributes) in await AttributesAsync([.. unknown], cancellationToken))
            known[id] = attributes;
        var many = (
            await database.QueryAsync($"select distinct key from attribute_keys where many_values", r => r.GetString(0), cancellationToken)
        ).ToHashSet(StringComparer.Ordinal);
        return known
            .Select(k => (k.Key, Values: k.Value.Any(a => many.Contains(a.Key)) ? [.. k.Value.Where(a => !many.Contains(a.Key))] : k.Value))
            .Where(k => k.Values.Count > 0)
            .ToDictionary(k => k.Key, k => k.Values);
    }

    /// <summary>A resource's attributes never change, as its number is theirs: what was read once is known.</summary>
    private async Task<IEnumerable<KeyValuePair<int, IReadOnlyList<(string Key, string Value)>>>> AttributesAsync(
        int[] unknown,
        CancellationToken cancellationToken
    )
    {
        if (unknown.Length == 0)
            return [];
        Sql sql = $"""
            select r.id, a.key, a.value from resources r
            cross join lateral (select key, value from jsonb_each_text(r.attributes)
              where jsonb_typeof(r.attributes -> key) not in ('array', 'object')) a
            where r.id = any({unknown}) and length(a.value) <= {LongestValue}
            """;
        var read = await database.QueryAsync(
            sql,
            reader => (Id: reader.GetInt32(0), Value: (reader.GetString(1), reader.GetString(2))),
            cancellationToken
        );
        var found = read.GroupBy(r => r.Id, r => r.Value).ToDictionary(g => g.Key, g => (IReadOnlyList<(string Key, string Value)>)[.. g]);
        if (_resources.Count > MostKnown)
            _resources.Clear();
        foreach (var (id, attributes) in found)
            _resources[id] = attributes;
        return found;
    }

    private static Sql Wanted =>
        Sql.Of($"length(a.value) <= {LongestValue} and not (a.key = any(array(select key from attribute_keys where many_values)))");
}
