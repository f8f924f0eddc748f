using Copilot.TraceQL.Fields;

namespace Copilot.Store.Traceql;

/// <summary>An attribute that spans of a window have.</summary>
/// <param name="Type">string, int, double, bool, array, object or bytes.</param>
public sealed record KnownAttribute(AttributeScope Scope, string Key, string Type);
