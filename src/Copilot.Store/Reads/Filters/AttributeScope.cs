namespace Copilot.Store.Reads.Filters;

/// <summary>Where an attribute is looked for.</summary>
public enum AttributeScope
{
    /// <summary>On the span, and where it is not there, on its resource.</summary>
    Any,
    Span,
    Resource,

    /// <summary>On any of the span's events.</summary>
    Event,

    /// <summary>On any of the span's links.</summary>
    Link,

    /// <summary>On the instrumentation scope.</summary>
    Instrumentation,

    /// <summary>No attribute but what every span has: name, kind, status, statusMessage, duration (in nanoseconds).</summary>
    Intrinsic,
}
