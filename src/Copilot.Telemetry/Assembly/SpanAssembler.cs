using System.Buffers.Binary;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>Takes an attribute that has a column of its own; false leaves it to the others.</summary>
internal delegate bool AttributePromotion(ReadOnlySpan<byte> key, scoped ref System.Text.Json.Utf8JsonReader value);

/// <summary>Puts one span after the other into a batch, or says why one was rejected; used by every decoder of traces.</summary>
internal sealed class SpanAssembler(SpanBatch batch, DecodeLimits limits) : BatchAssembler(batch, limits)
{
    private readonly Utf8Buffer _events = new();
    private readonly Utf8Buffer _links = new();
    private SpanRow _row;
    private string? _rejection;
    private int _arenaStart;
    private ulong _start;
    private ulong _end;
    private int _eventCount;
    private int _linkCount;
    private long _droppedEvents;
    private long _droppedLinks;
    private bool _serverError;

    /// <summary>What takes attributes out of JSON into columns; made once a batch.</summary>
    public AttributePromotion? Promotion { get; set; }

    public void Begin()
    {
        Attributes.Begin();
        _events.Clear();
        _links.Clear();
        _row = new SpanRow
        {
            AdjustedCount = 1,
            Resource = Resource,
            Scope = Scope,
        };
        _rejection = null;
        _arenaStart = Arena.Length;
        _start = _end = 0;
        _eventCount = _linkCount = 0;
        _droppedEvents = _droppedLinks = 0;
        _serverError = false;
    }

    public void SetTraceId(ReadOnlySpan<byte> id)
    {
        if (id.Length == 16)
            _row.TraceId = TraceId.Read(id);
        else
            _rejection ??= "a trace id is not 16 bytes long";
    }

    public void SetSpanId(ReadOnlySpan<byte> id)
    {
        if (id.Length == 8)
            _row.SpanId = new SpanId(BinaryPrimitives.ReadUInt64BigEndian(id));
        else
            _rejection ??= "a span id is not 8 bytes long";
    }

    /// <summary>Empty and all zeros mean that there is no parent.</summary>
    public void SetParentSpanId(ReadOnlySpan<byte> id)
    {
        if (id.Length == 8)
            _row.ParentSpanId = new SpanId(BinaryPrimitives.ReadUInt64BigEndian(id));
        else if (id.Length != 0)
            _rejection ??= "a parent span id is not 8 bytes long";
    }

    public void SetName(ReadOnlySpan<byte> name) => _row.Name = JsonText.Append(Arena, JsonText.Cut(name, Limits.NameBytes));

    public void SetKind(long kind) => _row.Kind = kind is >= 0 and <= 5 ? (SpanKind)kind : SpanKind.Unspecified;

    public void SetStart(ulong nanos) => _start = nanos;

    public void SetEnd(ulong nanos) => _end = nanos;

    public void SetFlags(uint flags) => _row.Flags = unchecked((int)flags);

    public void SetStatus(long code) => _row.Status = code is 1 or 2 ? (SpanStatus)code : SpanStatus.Unset;

    public void SetStatusMessage(ReadOnlySpan<byte> message) => _row.StatusMessage = TextOrAbsent(message, Limits.ValueBytes);

    public void SetTraceState(ReadOnlySpan<byte> state)
    {
        _row.TraceState = TextOrAbsent(state, Limits.ValueBytes);
        _row.AdjustedCount = SamplingThreshold.AdjustedCount(state);
    }

    public void AddDroppedEvents(long count) => _droppedEvents += Math.Max(0, count);

    public void AddDroppedLinks(long count) => _droppedLinks += Math.Max(0, count);

    /// <summary>Takes a text attribute that has a column; false where it has none.</summary>
    public bool TryPromote(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        _serverError |= ServerErrors.Tells(key, text);
        var index = PromotedKeys.IndexOfText(key);
        if (index < 0)
            return false;
        Attributes.SetKey(key);
        _row.Promoted.Texts[index] = JsonText.Append(Arena, Attributes.Cut(text));
        return true;
    }

    /// <summary>Takes an integer attribute that has a column; false where it has none or does not fit.</summary>
    public bool TryPromote(ReadOnlySpan<byte> key, long number)
    {
        _serverError |= ServerErrors.Tells(key, number);
        if (number is >= 0 and <= short.MaxValue && key.SequenceEqual("http.response.status_code"u8))
        {
            _row.Promoted.HttpResponseStatusCode = (short)number;
            return true;
        }

        if (number is >= 0 and <= int.MaxValue && key.SequenceEqual("server.port"u8))
        {
            _row.Promoted.ServerPort = (int)number;
            return true;
        }

        return false;
    }

    /// <summary>An event whose attributes are in <see cref="BatchAssembler.Inner"/>; the span's times must be known by now.</summary>
    public void AddEvent(ulong time, ReadOnlySpan<byte> name)
    {
        if (!HasRoom(_events, ref _eventCount, ref _droppedEvents))
            return;
        if (Limits.Times.Refuses(time))
        {
            batch.Rejections.RemarkTime(Limits.Times, "an event's time", time, "it is shown at its span's start");
            time = 0;
        }

        _events.Write("{\"t\":"u8);
        JsonText.WriteInt64(_events, time == 0 ? 0 : unchecked((long)(time - Start)));
        _events.Write(",\"n\":"u8);
        JsonText.WriteString(_events, JsonText.Cut(name, Limits.NameBytes));
        WriteInner(_events);
    }

    /// <summary>A link whose attributes are in <see cref="BatchAssembler.Inner"/>. Links with odd ids are kept as they are.</summary>
    public void AddLink(ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId, ReadOnlySpan<byte> traceState)
    {
        if (!HasRoom(_links, ref _linkCount, ref _droppedLinks))
            return;
        _links.Write("{\"t\":\""u8);
        JsonText.WriteHex(_links, traceId[..Math.Min(16, traceId.Length)]);
        _links.Write("\",\"s\":\""u8);
        JsonText.WriteHex(_links, spanId[..Math.Min(8, spanId.Length)]);
        _links.Write((byte)'"');
        if (!traceState.IsEmpty)
        {
            _links.Write(",\"st\":"u8);
            JsonText.WriteString(_links, JsonText.Cut(traceState, Limits.NameBytes));
        }

        WriteInner(_links);
    }

    /// <summary>A reason found outside to reject this span.</summary>
    public void Reject(string reason) => _rejection ??= reason;

    public void Complete()
    {
        if (_row.TraceId.IsEmpty)
            _rejection ??= "a trace id is missing or all zero";
        if (_row.SpanId.IsEmpty)
            _rejection ??= "a span id is missing or all zero";
        if (_rejection is not null)
            batch.Rejections.Add(_rejection);
        if (_rejection is not null || TryRefuseTime("a span's start", _start) || TryRefuseTime("a span's end", _end))
        {
            Arena.Truncate(_arenaStart);
            return;
        }

        TellMissingTimes();
        _row.TimedByReceipt = _start == 0 && _end == 0;
        _row.StartNs = (long)Start;
        _row.DurationNs = _end <= Start ? 0 : (long)(_end - Start);
        _row.Entry = _row.Kind is SpanKind.Server or SpanKind.Consumer || _row.ParentSpanId.IsEmpty;
        _row.FailedByResponse = _serverError && _row.Entry && _row.Status != SpanStatus.Error;
        if (_row.Name.IsAbsent)
            _row.Name = Arena.Append([]);
        NoteDropped("otel.dropped_events_count"u8, _droppedEvents);
        NoteDropped("otel.dropped_links_count"u8, _droppedLinks);
        _row.Attributes = Attributes.Complete(Arena);
        _row.Events = List(_events);
        _row.Links = List(_links);
        batch.List.Add() = _row;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _events.Dispose();
        _links.Dispose();
    }

    /// <summary>The start as far as it is known: of a span without one its end, and of a span without any time the receipt.</summary>
    private ulong Start =>
        _start != 0 ? _start
        : _end != 0 ? _end
        : (ulong)Limits.Times.ReceivedNs;

    private bool TryRefuseTime(string what, ulong nanos)
    {
        if (!Limits.Times.Refuses(nanos))
            return false;
        batch.Rejections.AddTime(Limits.Times, what, nanos);
        return true;
    }

    private void TellMissingTimes()
    {
        if (_start == 0 && _end == 0)
            batch.Rejections.Remark("a span has neither start nor end: it was given the time of receipt and counts as 0 long");
        else if (_start == 0)
            batch.Rejections.Remark("a span has no start: it was given its end and counts as 0 long");
        else if (_end == 0)
            batch.Rejections.Remark("a span has no end: it counts as 0 long");
    }

    private bool HasRoom(Utf8Buffer buffer, ref int count, ref long dropped)
    {
        if (count >= Limits.Events || buffer.Length >= Limits.ItemBytes)
        {
            dropped++;
            return false;
        }

        if (count++ > 0)
            buffer.Write((byte)',');
        return true;
    }

    private void WriteInner(Utf8Buffer buffer)
    {
        Inner.CompleteInto(buffer, ",\"a\":"u8);
        buffer.Write((byte)'}');
    }

    private void NoteDropped(ReadOnlySpan<byte> key, long count)
    {
        if (count == 0 || !Attributes.BeginAttribute(key))
            return;
        JsonText.WriteInt64(Attributes.Buffer, count);
        Attributes.EndAttribute();
    }

    private TextSlice List(Utf8Buffer items)
    {
        if (items.IsEmpty)
            return default;
        var start = Arena.Length;
        Arena.Write((byte)'[');
        Arena.Write(items.Written);
        Arena.Write((byte)']');
        return Arena.Since(start);
    }
}
