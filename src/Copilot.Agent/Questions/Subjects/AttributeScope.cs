namespace Copilot.Agent.Questions.Subjects;

/// <summary>Where an attribute stands.</summary>
public enum AttributeScope
{
    Span,
    Resource,
    Event,
    Link,

    /// <summary>The instrumentation scope.</summary>
    Instrumentation,

    /// <summary>No attribute but a property that every span has: duration, status, kind, name.</summary>
    Intrinsic,
}
