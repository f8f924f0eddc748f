using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>Which levels an expression touches.</summary>
internal static class Levels
{
    public const string ServiceName = "service.name";

    public static Level Of(FieldExpression expression) =>
        expression switch
        {
            FieldBinary binary => Of(binary.Left) | Of(binary.Right),
            FieldUnary unary => Of(unary.Operand),
            AttributeReference attribute => Of(attribute),
            IntrinsicReference intrinsic => Of(intrinsic.Intrinsic),
            _ => Level.None,
        };

    private static Level Of(AttributeReference attribute) =>
        attribute.Scope switch
        {
            AttributeScope.Span => Level.Span,
            AttributeScope.Resource => attribute.Name == ServiceName ? Level.Service : Level.Resource,
            AttributeScope.Event => Level.Event,
            AttributeScope.Link => Level.Link,
            AttributeScope.Instrumentation => Level.Scope,
            _ => Level.Any,
        };

    private static Level Of(Intrinsic intrinsic) =>
        intrinsic switch
        {
            Intrinsic.Name => Level.Operation,
            Intrinsic.TraceDuration => Level.Trace,
            Intrinsic.RootName or Intrinsic.RootServiceName => Level.Root,
            Intrinsic.EventName or Intrinsic.EventTimeSinceStart => Level.Event,
            Intrinsic.LinkTraceId or Intrinsic.LinkSpanId => Level.Link,
            Intrinsic.InstrumentationName or Intrinsic.InstrumentationVersion => Level.Scope,
            _ => Level.Span,
        };

    /// <summary>Whether it takes the nested set numbers of a trace to work it out.</summary>
    public static bool MentionsNestedSets(FieldExpression expression) =>
        expression switch
        {
            FieldBinary comparison when NestedParent.TellsRoots(comparison) is not null => false,
            FieldBinary binary => MentionsNestedSets(binary.Left) || MentionsNestedSets(binary.Right),
            FieldUnary unary => MentionsNestedSets(unary.Operand),
            IntrinsicReference { Intrinsic: Intrinsic.NestedSetLeft or Intrinsic.NestedSetRight or Intrinsic.NestedSetParent } => true,
            _ => false,
        };

    /// <summary>The one level of a comparison that a dictionary can answer by itself, else null.</summary>
    public static Level? Dictionary(FieldExpression expression) =>
        Of(expression) is var level and (Level.Service or Level.Operation or Level.Resource or Level.Scope or Level.Root or Level.Trace)
            ? level
            : null;
}

/// <summary>Where a reference's value is held; a comparison that stays within one dictionary is answered there.</summary>
[Flags]
internal enum Level
{
    None = 0,
    Service = 1,
    Operation = 2,
    Resource = 4,
    Scope = 8,

    /// <summary>The trace's root span.</summary>
    Root = 16,

    /// <summary>All spans of the trace.</summary>
    Trace = 32,
    Span = 64,
    Event = 128,
    Link = 256,

    /// <summary><c>.name</c>: the span, then its resource.</summary>
    Any = 512,
}

/// <summary>
/// <c>nestedSetParent</c> is -1 for roots, 1 or more for what hangs below them, 0 for what does not. Grafana asks for roots with it: what
/// tells them from all others alone needs no numbers.
/// </summary>
internal static class NestedParent
{
    public static string? Comparison(FieldBinary comparison, RowAliases rows) =>
        TellsRoots(comparison) switch
        {
            null => null,
            (true, true) => "true",
            (false, false) => "false",
            (true, false) => $"({rows.Span}.parent_span_id is null)",
            _ => $"({rows.Span}.parent_span_id is not null)",
        };

    /// <summary>Whether a comparison holds for roots and for the others, where that is all there is to it; else null.</summary>
    public static (bool Roots, bool Others)? TellsRoots(FieldBinary comparison)
    {
        var (left, op, right) =
            comparison.Left is Literal
                ? (comparison.Right, comparison.Operator.Mirrored(), comparison.Left)
                : (comparison.Left, comparison.Operator, comparison.Right);
        if (
            left is not IntrinsicReference { Intrinsic: Intrinsic.NestedSetParent }
            || right is not Literal { IsNumber: true } literal
            || !op.IsComparison()
        )
            return null;
        var bound = literal.Number;
        var (least, most) = (op.Holds(0, bound), op.Holds(double.MaxValue, bound));
        if (least != most || (op.IsEquality() && bound >= 0))
            return null;
        return (op.Holds(-1, bound), least);
    }
}
