namespace Copilot.TraceQL.Fields;

/// <summary>An intrinsic: <c>duration</c>, <c>status</c>, <c>trace:rootService</c>.</summary>
public sealed record IntrinsicReference(Intrinsic Intrinsic) : FieldExpression;
