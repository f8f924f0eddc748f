namespace Copilot.Store.Reads.Filters;

/// <summary>Where an attribute that requests are grouped by is looked for.</summary>
public enum AttributeScope
{
    /// <summary>On the span, and where it is not there, on its resource.</summary>
    Any,
    Span,
    Resource,
}
