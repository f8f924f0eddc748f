namespace Copilot.TraceQL.Fields;

/// <summary>Where an attribute is looked for.</summary>
public enum AttributeScope
{
    /// <summary><c>.name</c>: the span first, then its resource.</summary>
    Any,
    Span,
    Resource,
    Event,
    Link,
    Instrumentation,
}
