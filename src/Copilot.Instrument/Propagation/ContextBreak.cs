using System.Text.Json.Serialization;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Propagation;

/// <summary>A place where the context of a trace is lost: what is called there starts a trace of its own.</summary>
public sealed record ContextBreak
{
    /// <summary>Whose calls it is that lose it.</summary>
    public required string Caller { get; init; }

    /// <summary>Whose requests start traces of their own; the caller itself where it is lost within the service.</summary>
    public required string Callee { get; init; }

    /// <summary>What is called: method and route, procedure or queue.</summary>
    public required string Operation { get; init; }

    public required BreakCause Cause { get; init; }

    /// <summary>Which of the two loses it; null where that cannot be told.</summary>
    public string? Culprit { get; init; }

    /// <summary>Calls whose request was found in a trace of its own.</summary>
    public required int Matched { get; init; }

    /// <summary>Calls looked at that no span of another service answers.</summary>
    public required int Calls { get; init; }

    /// <summary>What the same requests would match when they are moved in time: 0 to 1.</summary>
    public required double ByChance { get; init; }

    /// <summary>How far the callee's clock is ahead, in milliseconds; 0 where it needs no difference.</summary>
    public double ClockAheadMs { get; init; }

    /// <summary>Calls a minute that lose their context, by all that was received.</summary>
    public double LostPerMinute { get; init; }

    /// <summary>Sentences with the figures.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>What usually does this, as far as the evidence goes.</summary>
    public required string Why { get; init; }

    /// <summary>What to do.</summary>
    public required string Fix { get; init; }

    /// <summary>A call's trace and the trace of the request that it made.</summary>
    public required IReadOnlyList<TracePair> Examples { get; init; }
}

/// <summary>The two halves of what should be one trace.</summary>
public sealed record TracePair([property: JsonIgnore] TraceId CallTrace, [property: JsonIgnore] TraceId RequestTrace)
{
    public string Call => CallTrace.ToString();

    public string Request => RequestTrace.ToString();
}

/// <summary>What the evidence says loses the context.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BreakCause>))]
public enum BreakCause
{
    /// <summary>The caller's calls arrive nowhere with their context.</summary>
    [JsonStringEnumMemberName("caller_does_not_send")]
    CallerDoesNotSend,

    /// <summary>The callee takes nobody's context.</summary>
    [JsonStringEnumMemberName("callee_does_not_read")]
    CalleeDoesNotRead,

    /// <summary>The caller sends and the callee reads it elsewhere: what is between them takes it away.</summary>
    [JsonStringEnumMemberName("between")]
    Between,

    /// <summary>The call goes through another address, which sends no spans.</summary>
    [JsonStringEnumMemberName("proxy")]
    Proxy,

    /// <summary>Messages of a queue carry none.</summary>
    [JsonStringEnumMemberName("queue")]
    Queue,

    /// <summary>The two make different kinds of ids.</summary>
    [JsonStringEnumMemberName("mixed_propagators")]
    MixedPropagators,

    /// <summary>Lost between a request and the calls that it makes, within one service.</summary>
    [JsonStringEnumMemberName("within_service")]
    WithinService,

    /// <summary>That it is lost is seen; why cannot be told.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
