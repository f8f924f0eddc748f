using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Plans;

/// <summary>What bounds the spans that a query reads: named services, or one trace.</summary>
internal sealed record ServiceBound(IReadOnlySet<string> Services, bool OneTrace)
{
    /// <summary>Null where nothing bounds them.</summary>
    public static ServiceBound? Of(TraceQlQuery query) => query.Pipeline is { } pipeline ? Of(pipeline) : Of(query.Metrics!);

    private static ServiceBound? Of(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => Of(query.Source),
            StagedMetrics staged => Of(staged.Source),
            MetricsArithmetic { Left: MetricsConstant } o => Of(o.Right),
            MetricsArithmetic { Right: MetricsConstant } o => Of(o.Left),
            MetricsArithmetic o => Together(Of(o.Left), Of(o.Right)),
            _ => null,
        };

    private static ServiceBound? Of(PipelineStage stage) =>
        stage switch
        {
            SpansetFilter filter => Of(filter.Condition),
            Pipeline pipeline => Of(pipeline.Stages[0]),
            SpansetOperation operation => Together(Of(operation.Left), Of(operation.Right)),
            _ => null,
        };

    private static ServiceBound? Of(FieldExpression condition) =>
        condition switch
        {
            FieldBinary { Operator: FieldOperator.And } and => Of(and.Left) ?? Of(and.Right),
            FieldBinary { Operator: FieldOperator.Or } or => Together(Of(or.Left), Of(or.Right)),
            FieldBinary
            {
                Operator: FieldOperator.Equal,
                Left: AttributeReference { Scope: AttributeScope.Resource, Name: Levels.ServiceName },
                Right: Literal service
            } => new ServiceBound(new HashSet<string> { service.Text }, false),
            FieldBinary { Operator: FieldOperator.Equal, Left: IntrinsicReference { Intrinsic: Intrinsic.TraceId }, Right: Literal } =>
                new ServiceBound(new HashSet<string>(), true),
            _ => null,
        };

    private static ServiceBound? Together(ServiceBound? left, ServiceBound? right) =>
        left is null || right is null
            ? null
            : new ServiceBound(left.Services.Union(right.Services).ToHashSet(), left.OneTrace && right.OneTrace);
}

/// <summary>How many spans a window holds, from statistics alone: no span is read.</summary>
internal sealed class SpanEstimate(NpgsqlDataSource source)
{
    /// <summary>What a span and its share of the indexes take where a partition has not been analysed yet.</summary>
    private const int BytesASpan = 300;

    /// <summary>The partitions that the window touches, each with the spans of it that start in the window.</summary>
    public async Task<IReadOnlyList<(string Partition, long Spans)>> PartitionsAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select c.relname,
              (case when c.reltuples > 0 then c.reltuples else pg_relation_size(c.oid) / $3 end
                * case when t.from_ns is null then 1
                  else (least(t.to_ns, $2) - greatest(t.from_ns, $1))::float8 / (t.to_ns - t.from_ns) end)::bigint
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
              left join telemetry_partitions t on t.parent = 'spans' and t.name = c.relname
            where i.inhparent = 'spans'::regclass and (t.from_ns is null or (t.from_ns < $2 and t.to_ns > $1))
            order by t.from_ns nulls last, c.relname
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BytesASpan });
        var partitions = new List<(string, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            partitions.Add((reader.GetString(0), reader.GetInt64(1)));
        return partitions;
    }

    /// <summary>How many spans of these services were received in the window, by whole hours around it.</summary>
    public async Task<long> OfServicesAsync(IReadOnlySet<string> services, TimeWindow window, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(sum(r.count), 0)::bigint from (
              select service_id, count from span_rollup_hours where minute_ns >= $1 and minute_ns < $2
              union all select service_id, count from span_rollup_deltas where minute_ns >= $1 and minute_ns < $2) r
            where r.service_id = any (array(select id from services where name = any ($3)))
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs - (window.FromNs % UnixNanos.PerHour) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services] });
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
    }
}
