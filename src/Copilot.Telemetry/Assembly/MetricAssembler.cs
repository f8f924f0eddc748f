using System.Text;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>Puts metric points into a batch, each under its series. Points of one metric follow each other.</summary>
internal sealed class MetricAssembler(MetricBatch batch, DecodeLimits limits) : BatchAssembler(batch, limits)
{
    private readonly Dictionary<Guid, int> _series = [];
    private readonly Utf8Buffer _exemplars = new();
    private readonly Utf8Buffer _identity = new();
    private string _name = "";
    private string _unit = "";
    private MetricKind _kind;
    private short _temporality;
    private bool _monotonic;
    private MetricPointRow _row;
    private ulong _time;
    private ulong _start;
    private int _exemplarCount;

    public MetricBuckets Buckets { get; } = new();

    public void BeginMetric(ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit)
    {
        _name = Text(name);
        _unit = Text(unit);
    }

    public void SetShape(MetricKind kind, long temporality, bool monotonic)
    {
        _kind = kind;
        _temporality = temporality is 1 or 2 ? (short)temporality : (short)0;
        _monotonic = monotonic;
    }

    public void BeginPoint()
    {
        Attributes.Begin();
        Buckets.Clear();
        _exemplars.Clear();
        _exemplarCount = 0;
        _row = default;
        _time = _start = 0;
    }

    public void SetTime(ulong nanos) => _time = nanos;

    public void SetStart(ulong nanos) => _start = nanos;

    public void SetFlags(uint flags) => _row.Flags = unchecked((int)flags);

    public void SetValue(double value) => _row.Value = value;

    public void SetCount(ulong count) => _row.Count = (long)Math.Min(count, long.MaxValue);

    public void SetSum(double sum) => _row.Sum = sum;

    public void SetMin(double min) => _row.Min = min;

    public void SetMax(double max) => _row.Max = max;

    /// <summary>An exemplar whose filtered attributes are in <see cref="BatchAssembler.Inner"/>.</summary>
    public void AddExemplar(ulong time, double value, ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId)
    {
        if (_exemplarCount >= 100)
            return;
        if (Limits.Times.Refuses(time))
        {
            batch.Rejections.RemarkTime(Limits.Times, "an exemplar's time", time, "it was left out");
            return;
        }

        _exemplars.Write(_exemplarCount++ > 0 ? ",{\"time\":"u8 : "{\"time\":"u8);
        JsonText.WriteInt64(_exemplars, (long)time);
        _exemplars.Write(",\"value\":"u8);
        JsonText.WriteDouble(_exemplars, value);
        if (traceId.Length == 16)
            WriteId(",\"traceId\":\""u8, traceId);
        if (spanId.Length == 8)
            WriteId(",\"spanId\":\""u8, spanId);
        Inner.CompleteInto(_exemplars, ",\"attributes\":"u8);
        _exemplars.Write((byte)'}');
    }

    public void CompletePoint()
    {
        if (_time == 0)
        {
            batch.Rejections.Add("a metric point has no time");
            return;
        }

        if (Limits.Times.Refuses(_time))
        {
            batch.Rejections.AddTime(Limits.Times, "a metric point's time", _time);
            return;
        }

        if (Limits.Times.Refuses(_start))
        {
            batch.Rejections.RemarkTime(Limits.Times, "a metric point's start", _start, "the point counts as one without a start");
            _start = 0;
        }

        _row.TimeNs = (long)_time;
        _row.StartNs = (long)_start;
        _row.Series = FindSeries();
        _row.Buckets = Buckets.Write(_kind, Arena);
        if (!_exemplars.IsEmpty)
        {
            var start = Arena.Length;
            Arena.Write((byte)'[');
            Arena.Write(_exemplars.Written);
            Arena.Write((byte)']');
            _row.Exemplars = Arena.Since(start);
        }

        batch.List.Add() = _row;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _exemplars.Dispose();
        _identity.Dispose();
    }

    private int FindSeries()
    {
        var start = Arena.Length;
        var attributes = Attributes.CompleteSorted(Arena);
        _identity.Clear();
        batch.Resources[Resource].Hash.TryWriteBytes(_identity.GetSpan(16));
        _identity.Advance(16);
        _identity.Write(Encoding.UTF8.GetBytes(_name));
        _identity.Write((byte)0);
        _identity.Write(Encoding.UTF8.GetBytes(_unit));
        _identity.Write([0, (byte)_kind, (byte)_temporality, _monotonic ? (byte)1 : (byte)0]);
        if (!attributes.IsAbsent)
            _identity.Write(Arena[attributes]);
        var hash = Hash(_identity.Written);
        if (_series.TryGetValue(hash, out var index))
        {
            Arena.Truncate(start);
            return index;
        }

        index = batch.Series.Count;
        _series.Add(hash, index);
        batch.Series.Add(
            new SeriesRow
            {
                Hash = hash,
                Resource = Resource,
                Name = _name,
                Unit = _unit,
                Kind = _kind,
                Temporality = _temporality,
                Monotonic = _monotonic,
                Attributes = attributes,
            }
        );
        return index;
    }

    private void WriteId(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> id)
    {
        _exemplars.Write(prefix);
        JsonText.WriteHex(_exemplars, id);
        _exemplars.Write((byte)'"');
    }

    private string Text(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(JsonText.Cut(text, Limits.NameBytes)).Replace('\0', '\uFFFD');
}
