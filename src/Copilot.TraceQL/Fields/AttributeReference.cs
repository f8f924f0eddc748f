namespace Copilot.TraceQL.Fields;

/// <summary>An attribute: <c>span.http.route</c>, <c>resource.service.name</c>, <c>.foo</c>, <c>parent.foo</c>.</summary>
public sealed record AttributeReference(AttributeScope Scope, string Name, bool OfParent = false) : FieldExpression;
