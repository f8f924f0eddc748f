using Copilot.Store.Intake;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Rollups;

/// <summary>The numbers of one edge and minute: as the callee saw it, and as the callers' client spans did.</summary>
internal sealed class EdgeRow
{
    public const string Columns =
        "minute_ns, caller_service_id, callee_service_id, peer, count, failed, sum_ns, histogram, "
        + "client_count, client_failed, client_sum_ns, client_histogram";

    private readonly Side _callee = new();
    private readonly Side _client = new();

    /// <param name="durationNs">Of the callee's span.</param>
    /// <param name="failed">Its status is ERROR.</param>
    /// <param name="calls">For how many calls it stands.</param>
    public void AddCallee(long durationNs, bool failed, long calls) => _callee.Add(durationNs, failed, calls);

    public void AddClient(long durationNs, bool failed, long calls) => _client.Add(durationNs, failed, calls);

    /// <summary>Adds what was counted before: failed calls, the durations' sum and histogram, of the callee's and of the client's
    /// side.</summary>
    public void Merge((long Failed, long SumNs, byte[] Histogram) callee, (long Failed, long SumNs, byte[] Histogram) client)
    {
        _callee.Merge(callee.Failed, callee.SumNs, callee.Histogram);
        _client.Merge(client.Failed, client.SumNs, client.Histogram);
    }

    public void Write(CopyBuffer copy, EdgeKey key)
    {
        copy.BeginRow(12);
        copy.Value(key.MinuteNs);
        copy.Value(key.CallerServiceId);
        if (key.CalleeServiceId is { } callee)
            copy.Value(callee);
        else
            copy.Null();
        if (key.Peer is { } peer)
            copy.Text(peer);
        else
            copy.Null();
        _callee.Write(copy);
        _client.Write(copy);
    }

    private sealed class Side
    {
        private readonly DurationHistogram _histogram = new();
        private long _failed;
        private long _sumNs;

        public void Add(long durationNs, bool failed, long calls)
        {
            _histogram.Add(durationNs, calls);
            _failed += failed ? calls : 0;
            var sum = (Int128)durationNs * calls;
            _sumNs = RollupRow.AddSaturating(_sumNs, sum > long.MaxValue ? long.MaxValue : (long)sum);
        }

        public void Merge(long failed, long sumNs, byte[] histogram)
        {
            _histogram.Merge(histogram);
            _failed += failed;
            _sumNs = RollupRow.AddSaturating(_sumNs, sumNs);
        }

        public void Write(CopyBuffer copy)
        {
            copy.Value(_histogram.Count);
            copy.Value(_failed);
            copy.Value(_sumNs);
            copy.Bytes(_histogram.ToBytes());
        }
    }
}

/// <summary>Who calls whom in a minute: a service, or a peer by its address.</summary>
internal readonly record struct EdgeKey(long MinuteNs, int CallerServiceId, int? CalleeServiceId, string? Peer);
