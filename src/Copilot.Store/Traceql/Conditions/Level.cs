namespace Copilot.Store.Traceql;

/// <summary>Where a reference's value is held; a comparison that stays within one dictionary is answered there.</summary>
[Flags]
internal enum Level
{
    None = 0,
    Service = 1,
    Operation = 2,
    Resource = 4,
    Scope = 8,

    /// <summary>The trace's root span.</summary>
    Root = 16,

    /// <summary>All spans of the trace.</summary>
    Trace = 32,
    Span = 64,
    Event = 128,
    Link = 256,

    /// <summary><c>.name</c>: the span, then its resource.</summary>
    Any = 512,
}
