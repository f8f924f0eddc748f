namespace Copilot.TraceQL.Syntax;

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

/// <summary>How intrinsics are written and what their values are.</summary>
public static class Intrinsics
{
    private static readonly (string Written, Intrinsic Intrinsic)[] Spellings =
    [
        ("duration", Intrinsic.Duration),
        ("span:duration", Intrinsic.Duration),
        ("name", Intrinsic.Name),
        ("span:name", Intrinsic.Name),
        ("status", Intrinsic.Status),
        ("span:status", Intrinsic.Status),
        ("statusMessage", Intrinsic.StatusMessage),
        ("span:statusMessage", Intrinsic.StatusMessage),
        ("kind", Intrinsic.Kind),
        ("span:kind", Intrinsic.Kind),
        ("parent", Intrinsic.Parent),
        ("span:childCount", Intrinsic.ChildCount),
        ("childCount", Intrinsic.ChildCount),
        ("span:id", Intrinsic.SpanId),
        ("span:parentID", Intrinsic.ParentId),
        ("traceDuration", Intrinsic.TraceDuration),
        ("trace:duration", Intrinsic.TraceDuration),
        ("rootName", Intrinsic.RootName),
        ("trace:rootName", Intrinsic.RootName),
        ("rootServiceName", Intrinsic.RootServiceName),
        ("trace:rootService", Intrinsic.RootServiceName),
        ("trace:id", Intrinsic.TraceId),
        ("nestedSetLeft", Intrinsic.NestedSetLeft),
        ("nestedSetRight", Intrinsic.NestedSetRight),
        ("nestedSetParent", Intrinsic.NestedSetParent),
        ("event:name", Intrinsic.EventName),
        ("event:timeSinceStart", Intrinsic.EventTimeSinceStart),
        ("link:traceID", Intrinsic.LinkTraceId),
        ("link:spanID", Intrinsic.LinkSpanId),
        ("instrumentation:name", Intrinsic.InstrumentationName),
        ("instrumentation:version", Intrinsic.InstrumentationVersion),
    ];

    private static readonly Dictionary<string, Intrinsic> BySpelling = Spellings.ToDictionary(s => s.Written, s => s.Intrinsic);

    private static readonly Dictionary<Intrinsic, string> Canonical = Spellings
        .DistinctBy(s => s.Intrinsic)
        .ToDictionary(s => s.Intrinsic, s => s.Written);

    /// <summary>Every spelling that the language knows, unscoped and scoped.</summary>
    public static IReadOnlyCollection<string> AllSpellings => BySpelling.Keys;

    public static string Written(this Intrinsic intrinsic) => Canonical[intrinsic];

    public static bool TryParse(string written, out Intrinsic intrinsic) => BySpelling.TryGetValue(written, out intrinsic);

    public static TraceQlType Type(this Intrinsic intrinsic) =>
        intrinsic switch
        {
            Intrinsic.Duration or Intrinsic.TraceDuration or Intrinsic.EventTimeSinceStart => TraceQlType.Duration,
            Intrinsic.Status => TraceQlType.Status,
            Intrinsic.Kind => TraceQlType.SpanKind,
            Intrinsic.ChildCount or Intrinsic.NestedSetLeft or Intrinsic.NestedSetRight or Intrinsic.NestedSetParent => TraceQlType.Integer,
            Intrinsic.Parent => TraceQlType.Unknown,
            _ => TraceQlType.Text,
        };
}
