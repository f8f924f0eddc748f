using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Scalars;

/// <summary>A number or duration in a scalar expression.</summary>
public sealed record ScalarLiteral(Literal Value) : ScalarExpression;
