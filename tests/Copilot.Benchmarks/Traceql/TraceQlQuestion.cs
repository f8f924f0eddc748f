using System.Globalization;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks.Traceql;

/// <summary>A question asked both ways: in TraceQL of the store, and in SQL of the plain table. Both must give the same answer.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Query">TraceQL.</param>
/// <param name="Window">What time is asked about.</param>
/// <param name="Plain">SQL; of series the rows step, service, value, of searches the spans found, as <c>hits</c>.</param>
internal sealed record TraceQlQuestion(string Name, string Query, TimeWindow Window, string Plain)
{
    private static readonly TimeWindow _hour = new(
        QueryDay.Window.ToNs - (120 * UnixNanos.PerMinute),
        QueryDay.Window.ToNs - (60 * UnixNanos.PerMinute)
    );

    public static IReadOnlyList<TraceQlQuestion> All { get; } =
    [
        new(
            "service, attribute and duration over 1 h",
            """{ resource.service.name = "service-3" && span.tenant = "tenant-7" && duration > 200ms }""",
            _hour,
            Found(
                """
                select p.* from bench_plain p
                where p.data @> '{"service.name": "service-3", "tenant": "tenant-7"}' and p.duration_ns > 200000000 and {window}
                """
            )
        ),
        new(
            "rare attribute over 24 h, no service",
            """{ span.coupon = "C-7" }""",
            QueryDay.Window,
            Found(
                """
                select p.* from bench_plain p where p.data @> '{"coupon": "C-7"}' and {window}
                """
            )
        ),
        new(
            "rate by service over 24 h",
            "{ } | rate() by (resource.service.name)",
            QueryDay.Window,
            """
            select (p.start_ns - {from}) / 900000000000, p.data ->> 'service.name', count(*) / 900.0
            from bench_plain p where {window} group by 1, 2
            """
        ),
        new(
            "structure over 1 h",
            """{ resource.service.name = "service-1" && kind = client } >> { resource.service.name = "service-9" && status = error }""",
            _hour,
            Found(
                """
                with recursive up as (
                  select p.trace_id, p.span_id, p.parent_span_id as at from bench_plain p
                  where p.data @> '{"service.name": "service-9", "status": 2}' and {window}
                  union
                  select u.trace_id, u.span_id, p.parent_span_id
                  from up u join bench_plain p on p.trace_id = u.trace_id and p.span_id = u.at)
                select p.* from bench_plain p where {window} and (p.trace_id, p.span_id) in (
                  select u.trace_id, u.span_id from up u join bench_plain p on p.trace_id = u.trace_id and p.span_id = u.at
                  where p.data @> '{"service.name": "service-1", "kind": 3}' and {window})
                """
            )
        ),
    ];

    public string PlainSql =>
        Plain
            .Replace(
                "{window}",
                FormattableString.Invariant($"p.start_ns >= {Window.FromNs} and p.start_ns < {Window.ToNs}"),
                StringComparison.Ordinal
            )
            .Replace("{from}", Window.FromNs.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>What a search answers of its spans: the twenty latest traces, each with root, length and its first three spans.</summary>
    private static string Found(string hits) =>
        $$"""
            with hits as materialized ({{hits}}),
            latest as (select trace_id, max(start_ns) as latest from hits group by 1 order by 2 desc, 1 limit 20),
            wholes as (
              select p.trace_id, min(p.start_ns) as began, max(p.start_ns + p.duration_ns) as ended,
                max(p.data ->> 'service.name') filter (where p.parent_span_id is null) as root_service,
                max(p.data ->> 'name') filter (where p.parent_span_id is null) as root_name,
                count(*) as spans, count(*) filter (where p.data @> '{"status": 2}') as failed
              from bench_plain p where p.trace_id in (select trace_id from latest) group by 1),
            shown as (
              select h.*, row_number() over (partition by h.trace_id order by h.start_ns, h.span_id) as place,
                count(*) over (partition by h.trace_id) as matched
              from hits h where h.trace_id in (select trace_id from latest))
            select l.trace_id::text, w.began, w.ended - w.began, w.root_service, w.root_name, w.spans, w.failed, s.matched,
              s.span_id, s.start_ns, s.duration_ns, s.data ->> 'service.name', s.data ->> 'name', s.data ->> 'status', s.data ->> 'kind'
            from latest l join wholes w on w.trace_id = l.trace_id join shown s on s.trace_id = l.trace_id
            where s.place <= 3 order by l.latest desc, l.trace_id, s.place
            """;
}
