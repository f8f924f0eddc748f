using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Rollups;

/// <summary>The share of one transaction's spans in the rollups.</summary>
internal sealed class RollupDeltas
{
    public const string Columns =
        "minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram";

    private readonly Dictionary<RollupKey, RollupRow> _rows = [];

    public int Count => _rows.Count;

    /// <summary>The minutes that got spans.</summary>
    public IEnumerable<long> Minutes => _rows.Keys.Select(static key => key.MinuteNs).Distinct();

    public void Clear() => _rows.Clear();

    public void Add(in SpanRow span, int serviceId, int operationId)
    {
        var key = new RollupKey(
            StartOfMinute(span.StartNs),
            serviceId,
            operationId,
            span.Entry,
            span.ParentSpanId.IsEmpty,
            (short)((short)span.Status + (span.FailedByResponse ? FailedSpans.RollupStatus : 0))
        );
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _);
        (row ??= new RollupRow()).Add(span.DurationNs, span.AdjustedCount);
    }

    public void Write(CopyBuffer copy)
    {
        foreach (var (key, row) in _rows)
            Write(copy, key, row);
    }

    public static void Write(CopyBuffer copy, in RollupKey key, RollupRow row)
    {
        copy.BeginRow(12);
        copy.Value(key.MinuteNs);
        copy.Value(key.ServiceId);
        copy.Value(key.OperationId);
        copy.Value(key.Entry);
        copy.Value(key.Root);
        copy.Value(key.Status);
        copy.Value(row.Count);
        copy.Value(row.Extrapolated);
        copy.Value(row.SumNs);
        copy.Value(row.MinNs);
        copy.Value(row.MaxNs);
        copy.Bytes(row.Histogram.ToBytes());
    }

    public static long StartOfMinute(long nanos) => nanos - (nanos % UnixNanos.PerMinute);
}
