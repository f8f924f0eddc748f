using Copilot.Telemetry.Spans;

namespace Copilot.Telemetry.Intake;

/// <summary>One span as it goes into the store; texts and JSON are slices of the batch's arena.</summary>
public struct SpanRow
{
    public TraceId TraceId;
    public SpanId SpanId;

    /// <summary>Empty: the span has no parent.</summary>
    public SpanId ParentSpanId;
    public long StartNs;

    /// <summary>Never negative: a span that ends before it starts (a clock set back) counts as 0 long.</summary>
    public long DurationNs;

    /// <summary>Indexes into the batch's resources and scopes.</summary>
    public int Resource;
    public int Scope;
    public int Flags;
    public SpanKind Kind;
    public SpanStatus Status;

    /// <summary>Kind SERVER or CONSUMER, or no parent: a request to the service.</summary>
    public bool Entry;

    /// <summary>A request whose response says that the server failed, though its status does not say so: HTTP 500 and above, or a gRPC
    /// status that the conventions call a server's error.</summary>
    public bool FailedByResponse;

    /// <summary>
    /// The sender gave no time, so the time of receipt stands for it: sent again it would be another span, unless its request is known.
    /// </summary>
    public bool TimedByReceipt;

    /// <summary>Counted in the rollups, but not stored (overload). Set by admission, whole traces at a time.</summary>
    public bool Shed;

    /// <summary>How many spans this one stands for where others like it were shed; 0: itself. Set by admission.</summary>
    public float Weight;

    /// <summary>How many spans this one stands for where the sender sampled (<c>tracestate</c> <c>ot=th:…</c>), else 1.</summary>
    public double AdjustedCount;

    public TextSlice Name;
    public TextSlice StatusMessage;
    public TextSlice TraceState;
    public TextSlice Attributes;
    public TextSlice Events;
    public TextSlice Links;

    /// <summary>The attributes that have columns of their own.</summary>
    public PromotedAttributes Promoted;
}
