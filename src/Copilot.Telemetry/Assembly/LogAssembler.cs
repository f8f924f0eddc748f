using System.Buffers.Binary;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>Puts one log record after the other into a batch, or says why one was rejected.</summary>
internal sealed class LogAssembler(LogBatch batch, DecodeLimits limits) : BatchAssembler(batch, limits)
{
    private LogRow _row;
    private string? _rejection;
    private int _arenaStart;
    private ulong _time;
    private ulong _observed;

    public void Begin()
    {
        Attributes.Begin();
        _row = new LogRow { Resource = Resource, Scope = Scope };
        _rejection = null;
        _arenaStart = Arena.Length;
        _time = _observed = 0;
    }

    public void SetTime(ulong nanos) => _time = nanos;

    public void SetObservedTime(ulong nanos) => _observed = nanos;

    public void SetSeverity(long number) => _row.Severity = number is >= 0 and <= 24 ? (short)number : (short)0;

    public void SetSeverityText(ReadOnlySpan<byte> text) => _row.SeverityText = TextOrAbsent(text, Limits.NameBytes);

    public void SetEventName(ReadOnlySpan<byte> name) => _row.EventName = TextOrAbsent(name, Limits.NameBytes);

    public void SetFlags(uint flags) => _row.Flags = unchecked((int)flags);

    /// <summary>A record may have no trace: empty or all zeros.</summary>
    public void SetTraceId(ReadOnlySpan<byte> id)
    {
        if (id.Length == 16)
            _row.TraceId = TraceId.Read(id);
        else if (id.Length != 0)
            _rejection ??= "a trace id is not 16 bytes long";
    }

    public void SetSpanId(ReadOnlySpan<byte> id)
    {
        if (id.Length == 8)
            _row.SpanId = new SpanId(BinaryPrimitives.ReadUInt64BigEndian(id));
        else if (id.Length != 0)
            _rejection ??= "a span id is not 8 bytes long";
    }

    public void SetBody(ReadOnlySpan<byte> text)
    {
        _row.Body = JsonText.Append(Arena, JsonText.Cut(text, Limits.ValueBytes));
        if (text.Length > Limits.ValueBytes)
            Attributes.MarkTruncated("body"u8);
    }

    /// <summary>A body of another shape than text, which was written into <see cref="BatchAssembler.Inner"/>.</summary>
    public void SetJsonBody()
    {
        _row.Body = Arena.Append(Inner.Buffer.Written);
        _row.BodyIsJson = true;
    }

    public void Reject(string reason) => _rejection ??= reason;

    public void Complete()
    {
        if (_rejection is not null)
            batch.Rejections.Add(_rejection);
        if (_rejection is not null || !TryPlace(out var time))
        {
            Arena.Truncate(_arenaStart);
            return;
        }

        _row.TimeNs = (long)time;
        _row.Attributes = Attributes.Complete(Arena);
        batch.List.Add() = _row;
    }

    /// <summary>The record's own time, else when it was observed, else the receipt; false, and told, where what was given is not
    /// taken.</summary>
    private bool TryPlace(out ulong time)
    {
        var bounds = Limits.Times;
        var (own, observed) = (bounds.Judge(_time), bounds.Judge(_observed));
        time =
            own == TimeFit.Sound ? _time
            : observed == TimeFit.Sound ? _observed
            : (ulong)bounds.ReceivedNs;
        if (own is TimeFit.Sound || (own, observed) is (TimeFit.Missing, TimeFit.Sound))
            return true;
        if ((own, observed) is (TimeFit.Missing, TimeFit.Missing))
        {
            batch.Rejections.Remark("a log record has no time: it was given the time of receipt");
            return true;
        }

        if (observed == TimeFit.Sound)
        {
            batch.Rejections.RemarkTime(bounds, "a log record's time", _time, "the time it was observed stands for it");
            return true;
        }

        if (own == TimeFit.Missing)
            batch.Rejections.AddTime(bounds, "a log record's observed time", _observed);
        else
            batch.Rejections.AddTime(bounds, "a log record's time", _time);
        return false;
    }
}
