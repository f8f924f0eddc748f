using System.Globalization;
using Copilot.Telemetry.Records;

namespace Copilot.Benchmarks.Traceql;

/// <summary>The day that queries are measured on, as SQL that the server makes it by: traces of ten spans, twelve services.</summary>
internal static class QueryDay
{
    public const int Hours = 24;

    public const int SpansPerTrace = 10;

    /// <summary>Seven traces an hour: the seventh uses the coupon that is asked for.</summary>
    public const int FewestSpans = 7 * Hours * SpansPerTrace;

    public const string PlainTable = """
        create table bench_plain (
          trace_id uuid, span_id bigint, parent_span_id bigint, start_ns bigint, duration_ns bigint, data jsonb)
        """;

    public const string Dictionaries = """
        insert into services (name) select 'service-' || i from generate_series(0, 11) i;
        insert into resources (hash, service_id, attributes)
          select md5(v.name)::uuid, v.id, jsonb_build_object(
            'service.name', v.name, 'service.namespace', 'shop', 'k8s.pod.name', v.name || '-0', 'cloud.region', 'eu-central-1')
          from services v;
        insert into operations (service_id, kind, name)
          select v.id, k, case k when 2 then 'GET /items/' else 'call ' end || o
          from services v, generate_series(0, 7) o, (values (2), (3)) a(k);
        insert into scopes (hash, name, version) values (md5('bench')::uuid, 'bench', '1');
        """;

    public const string Rollups = """
        insert into span_rollup_minutes (
            minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram)
          select start_ns - start_ns % 60000000000, service_id, operation_id, entry, parent_span_id is null, status,
            count(*), count(*), sum(duration_ns), min(duration_ns), max(duration_ns), ''
          from spans group by 1, 2, 3, 4, 5, 6;
        insert into span_rollup_hours (
            minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram)
          select minute_ns - minute_ns % 3600000000000, service_id, operation_id, entry, root, status,
            sum(count), sum(count), sum(sum_ns), min(min_ns), max(max_ns), ''
          from span_rollup_minutes group by 1, 2, 3, 4, 5, 6;
        """;

    private const long HourNs = 60 * UnixNanos.PerMinute;

    /// <summary>Whole hours, long past.</summary>
    public static TimeWindow Window { get; } =
        new(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 3, 2, 0, 0, 0, TimeSpan.Zero));

    /// <summary>One hour's spans, in the store and in the plain table.</summary>
    public static string Hour(int hour, int traces)
    {
        var from = Window.FromNs + (hour * HourNs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            create table spans_bench_{{hour}} partition of spans for values from ({{from}}) to ({{from + HourNs}});
            insert into telemetry_partitions (parent, from_ns, to_ns, name, imported)
              values ('spans', {{from}}, {{from + HourNs}}, 'spans_bench_{{hour}}', true);
            insert into spans (
              trace_id, span_id, parent_span_id, start_ns, duration_ns, service_id, operation_id, resource_id, scope_id, kind, status,
              entry, http_response_status_code, http_route, attributes)
            select md5('{{hour}}-' || t)::uuid, t::bigint * 16 + s + 1, case when s > 0 then t::bigint * 16 + (s - 1) / 2 + 1 end,
              {{from}} + (t * {{3_599_000_000_000 / traces}}) + s * 1000000, (50 + (t * 7919 + s * 104729) % 400) * 1000000::bigint,
              v.id, (select min(o.id) from operations o where o.service_id = v.id and o.kind = 2 + s % 2) + ((t + s) % 8)::int,
              r.id, (select min(id) from scopes), 2 + s % 2,
              case when (t * 31 + s * 17) % 53 = 0 then 2 else 0 end, s % 2 = 0,
              case when s % 2 = 0 then 200 + 300 * ((t * 31 + s * 17) % 53 = 0)::int end, '/items/' || (t + s) % 8,
              jsonb_build_object(
                'tenant', 'tenant-' || (t % 200), 'order.id', md5('o' || t || s), 'items', t % 9, 'thread.id', s, 'net.peer.port', 8080,
                'flag', t % 2 = 0) || case when t % 20000 = 7 then jsonb_build_object('coupon', 'C-' || t) else '{}' end
            from generate_series(1::bigint, {{traces}}) t, generate_series(0, {{SpansPerTrace - 1}}) s
              join services v on v.name = 'service-' || s join resources r on r.service_id = v.id;
            insert into bench_plain select s.trace_id, s.span_id, s.parent_span_id, s.start_ns, s.duration_ns,
              s.attributes || r.attributes || jsonb_build_object(
                'name', o.name, 'status', s.status, 'kind', s.kind, 'http.route', s.http_route,
                'http.response.status_code', s.http_response_status_code)
            from spans_bench_{{hour}} s join resources r on r.id = s.resource_id join operations o on o.id = s.operation_id;
            """
        );
    }
}
