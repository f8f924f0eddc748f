using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL;

/// <summary>One <c>name=value</c> of <c>with(…)</c>.</summary>
public sealed record Hint(string Name, Literal Value);
