using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Scalars;

/// <summary><c>count()</c>, <c>avg(duration)</c>. Only <c>count</c> has no expression.</summary>
public sealed record Aggregate(AggregateKind Kind, FieldExpression? Expression) : ScalarExpression;
