namespace Copilot.TraceQL.Fields;

/// <summary>What a span has without attributes.</summary>
public enum Intrinsic
{
    Duration,
    Name,
    Status,
    StatusMessage,
    Kind,
    Parent,
    ChildCount,
    SpanId,
    ParentId,
    TraceDuration,
    RootName,
    RootServiceName,
    TraceId,
    NestedSetLeft,
    NestedSetRight,
    NestedSetParent,
    EventName,
    EventTimeSinceStart,
    LinkTraceId,
    LinkSpanId,
    InstrumentationName,
    InstrumentationVersion,
}
