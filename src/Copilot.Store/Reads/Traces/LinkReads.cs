using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Traces;

/// <summary>The spans that link to a trace: messages that were taken up later, batches, what was started and not waited for.</summary>
public sealed class LinkReads(CopilotDatabase database)
{
    /// <summary>More than anybody follows.</summary>
    public const int Most = 200;

    /// <summary>The links to spans of the trace, by the start of the spans that hold them, at most <see cref="Most"/>.</summary>
    public async Task<IReadOnlyList<IncomingLink>> ToAsync(TraceId trace, CancellationToken cancellationToken)
    {
        var wanted = JsonSerializer.Serialize(new[] { new { t = trace.ToString() } });
        Sql sql = $"""
            select l.v ->> 's', s.trace_id, s.span_id, v.name, o.name, s.start_ns, coalesce(l.v -> 'a', jsonb_build_object())::text
            from spans s
            join services v on v.id = s.service_id
            join operations o on o.id = s.operation_id
            cross join lateral jsonb_array_elements(s.links) l(v)
            where s.links is not null and s.links @> {wanted}::jsonb and l.v ->> 't' = {trace.ToString()}
            order by s.start_ns, s.span_id limit {Most}
            """;
        return await database.QueryAsync(
            sql,
            reader =>
            {
                using var attributes = JsonDocument.Parse(reader.GetString(6));
                return new IncomingLink(
                    SpanId.TryParse(reader.GetString(0), out var to) ? to : default,
                    TraceId.FromGuid(reader.GetGuid(1)),
                    SpanId.FromInt64(reader.GetInt64(2)),
                    reader.GetString(3),
                    reader.GetString(4),
                    reader.GetInt64(5),
                    attributes.RootElement.Clone()
                );
            },
            cancellationToken
        );
    }
}

/// <summary>A link from a span elsewhere to one of a trace.</summary>
/// <param name="To">The span that is linked to.</param>
/// <param name="Trace">Of the span that holds the link, as all that follows.</param>
/// <param name="Attributes">The link's own, an object.</param>
public sealed record IncomingLink(
    SpanId To,
    TraceId Trace,
    SpanId Span,
    string Service,
    string Operation,
    long StartNs,
    JsonElement Attributes
);
