using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Traceql.Conditions;
using Copilot.Store.Traceql.Plans;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Series;

/// <summary>Which metrics queries the counted minutes and hours answer, and from which rows.</summary>
internal static class RollupSql
{
    /// <summary>Whether all that the query asks for is in the rollups: whole minutes, and nothing but service, operation, kind and
    /// status.</summary>
    public static bool Answers(MetricsQuery query, SeriesRequest request) =>
        request.Window.FromNs % UnixNanos.PerMinute == 0
        && request.Window.ToNs % UnixNanos.PerMinute == 0
        && request.StepNs % UnixNanos.PerMinute == 0
        && query.Source is { Stages: [SpansetFilter filter] }
        && query.Function
            is { Kind: MetricsFunctionKind.Rate or MetricsFunctionKind.CountOverTime }
                or {
                    Kind: >= MetricsFunctionKind.MinOverTime and <= MetricsFunctionKind.SumOverTime,
                    Field: IntrinsicReference { Intrinsic: Intrinsic.Duration }
                }
        && IsCounted(filter.Condition)
        && query.Function.By.All(IsCounted);

    private static bool IsCounted(FieldExpression expression) =>
        expression switch
        {
            FieldBinary binary => IsCounted(binary.Left) && IsCounted(binary.Right),
            FieldUnary unary => IsCounted(unary.Operand),
            AttributeReference attribute => attribute is { Scope: AttributeScope.Resource, Name: Levels.ServiceName },
            IntrinsicReference intrinsic => intrinsic.Intrinsic is Intrinsic.Name or Intrinsic.Kind or Intrinsic.Status,
            _ => true,
        };

    /// <summary>Rows with start_ns, service, operation, kind, status and counts; whole hours where the steps allow.</summary>
    /// <param name="request">The window and the step.</param>
    /// <param name="withOperations">Whether kinds are needed, which the dictionary of operations has.</param>
    /// <param name="parameters">Takes the values.</param>
    public static string Rows(SeriesRequest request, bool withOperations, SqlParameters parameters)
    {
        var window = request.Window;
        var minutes = new List<TimeWindow> { window };
        var from = new List<string>();
        if (request.StepNs % UnixNanos.PerHour == 0 && window.FromNs % UnixNanos.PerHour == 0)
        {
            var lastHour = window.ToNs - (window.ToNs % UnixNanos.PerHour);
            from.Add(Table("span_rollup_hours", new TimeWindow(window.FromNs, lastHour), parameters));
            minutes = [new TimeWindow(lastHour, window.ToNs)];
        }

        from.AddRange(minutes.Where(m => !m.IsEmpty).Select(m => Table("span_rollup_minutes", m, parameters)));
        from.Add(Table("span_rollup_deltas", window, parameters));
        var kind = withOperations ? ", o.kind" : "";
        return $"(select r.minute_ns as start_ns, r.service_id, r.operation_id{kind}, {FailedSpans.SentStatus("r")} as status, "
            + $"r.count, r.sum_ns, r.min_ns, r.max_ns from ({string.Join(" union all ", from)}) r"
            + $"{(withOperations ? " join operations o on o.id = r.operation_id" : "")})";
    }

    /// <summary>The column of the rollups behind a label.</summary>
    public static string KeyOf(FieldExpression label) =>
        label switch
        {
            IntrinsicReference { Intrinsic: Intrinsic.Name } => "operation_id",
            IntrinsicReference { Intrinsic: Intrinsic.Kind } => "kind",
            IntrinsicReference { Intrinsic: Intrinsic.Status } => "status",
            _ => "service_id",
        };

    public static bool NeedsOperation(FieldExpression expression) =>
        expression switch
        {
            FieldBinary binary => NeedsOperation(binary.Left) || NeedsOperation(binary.Right),
            FieldUnary unary => NeedsOperation(unary.Operand),
            IntrinsicReference { Intrinsic: Intrinsic.Kind } => true,
            _ => false,
        };

    private static string Table(string table, TimeWindow window, SqlParameters parameters) =>
        $"select minute_ns, service_id, operation_id, status, count, sum_ns, min_ns, max_ns from {table}"
        + $" where minute_ns >= {parameters.Bigint(window.FromNs)} and minute_ns < {parameters.Bigint(window.ToNs)}";
}
