using Copilot.Store.Intake;
using Copilot.Telemetry.Histograms;

namespace Copilot.Store.Rollups;

/// <summary>The numbers of one edge and minute: as the callee saw it, and as the callers' client spans did.</summary>
internal sealed class EdgeRow
{
    public const string Columns =
        "minute_ns, caller_service_id, callee_service_id, peer, count, failed, sum_ns, histogram, "
        + "client_count, client_failed, client_sum_ns, client_histogram";

    private readonly Side _callee = new();
    private readonly Side _client = new();

    public void AddCallee(long durationNs, bool failed) => _callee.Add(durationNs, failed);

    public void AddClient(long durationNs, bool failed) => _client.Add(durationNs, failed);

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

        public void Add(long durationNs, bool failed)
        {
            _histogram.Add(durationNs);
            _failed += failed ? 1 : 0;
            _sumNs = RollupRow.AddSaturating(_sumNs, durationNs);
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
