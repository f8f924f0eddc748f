using Copilot.TraceQL.Fields;

namespace Copilot.Store.Traceql;

/// <summary>Which levels an expression touches.</summary>
internal static class Levels
{
    public const string ServiceName = "service.name";

    public static Level Of(FieldExpression expression) => expression switch
    {
        FieldBinary binary => Of(binary.Left) | Of(binary.Right),
        FieldUnary unary => Of(unary.Operand),
        AttributeReference attribute => Of(attribute),
        IntrinsicReference intrinsic => Of(intrinsic.Intrinsic),
        _ => Level.None,
    };

    private static Level Of(AttributeReference attribute) => attribute.Scope switch
    {
        AttributeScope.Span => Level.Span,
        AttributeScope.Resource => attribute.Name == ServiceName ? Level.Service : Level.Resource,
        AttributeScope.Event => Level.Event,
        AttributeScope.Link => Level.Link,
        AttributeScope.Instrumentation => Level.Scope,
        _ => Level.Any,
    };

    private static Level Of(Intrinsic intrinsic) => intrinsic switch
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
    public static bool MentionsNestedSets(FieldExpression expression) => expression switch
    {
        FieldBinary comparison when NestedParent.TellsRoots(comparison) is not null => false,
        FieldBinary binary => MentionsNestedSets(binary.Left) || MentionsNestedSets(binary.Right),
        FieldUnary unary => MentionsNestedSets(unary.Operand),
        IntrinsicReference { Intrinsic: Intrinsic.NestedSetLeft or Intrinsic.NestedSetRight or Intrinsic.NestedSetParent } => true,
        _ => false,
    };

    /// <summary>The one level of a comparison that a dictionary can answer by itself, else null.</summary>
    public static Level? Dictionary(FieldExpression expression) =>
        Of(expression) is var level and (Level.Service or Level.Operation or Level.Resource or Level.Scope or Level.Root or Level.Trace) ? level : null;
}
