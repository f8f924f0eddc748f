using System.Text.RegularExpressions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Testing.Oracle;

/// <summary>A status or a kind; equal only to its like.</summary>
public sealed record Code(string Of, long Value);

/// <summary>Field expressions over one span, one plain step after the other.</summary>
public sealed class OracleValues(OracleData data)
{
    private sealed record At(OracleSpan Span, OracleEvent? Event, OracleLink? Link);

    public bool Holds(FieldExpression condition, OracleSpan span) => Truth(condition, new At(span, null, null));

    public object? Value(FieldExpression expression, OracleSpan span) => Value(expression, new At(span, null, null));

    private object? Value(FieldExpression expression, At at) =>
        expression switch
        {
            Literal literal => Wide(Of(literal)),
            AttributeReference attribute when Lists(attribute, at) is { } found => Wide(found.Value),
            AttributeReference attribute => Wide(Attribute(attribute, at)),
            IntrinsicReference intrinsic => Wide(IntrinsicOf(intrinsic.Intrinsic, at)),
            FieldUnary { IsNot: true, Operand: AttributeReference a } => Compare(FieldOperator.Equal, a, Literal.Of(false), at),
            FieldUnary { IsNot: true } not => Value(not.Operand, at) is not true,
            FieldUnary minus => Value(minus.Operand, at) is OracleNumber number ? -number : null,
            FieldBinary { Operator: FieldOperator.And } and => Truth(and.Left, at) && Truth(and.Right, at),
            FieldBinary { Operator: FieldOperator.Or } or => Truth(or.Left, at) || Truth(or.Right, at),
            FieldBinary binary when binary.Operator.IsComparison() => Compare(binary.Operator, binary.Left, binary.Right, at),
            FieldBinary binary => Arithmetic(binary, at),
            _ => null,
        };

    /// <summary>Spans and literals hold decimals; what is reckoned with is wider.</summary>
    private static object? Wide(object? value) =>
        value switch
        {
            decimal number => OracleNumber.Of(number),
            List<object> list => list.ConvertAll(item => Wide(item)!),
            _ => value,
        };

    private bool Truth(FieldExpression expression, At at) =>
        expression is AttributeReference ? Compare(FieldOperator.Equal, expression, Literal.Of(true), at) : Value(expression, at) is true;

    private sealed record Found(object? Value);

    /// <summary>Outside of a comparison an event's or link's value is that of the first that has it.</summary>
    private static Found? Lists(AttributeReference attribute, At at) =>
        attribute.Scope switch
        {
            AttributeScope.Event when at.Event is null => new Found(
                at.Span.Events.Select(e => e.Attributes.GetValueOrDefault(attribute.Name)).FirstOrDefault(v => v is not null)
            ),
            AttributeScope.Link when at.Link is null => new Found(
                at.Span.Links.Select(e => e.Attributes.GetValueOrDefault(attribute.Name)).FirstOrDefault(v => v is not null)
            ),
            _ => null,
        };

    private static object? Attribute(AttributeReference attribute, At at) =>
        attribute.Scope switch
        {
            AttributeScope.Span => at.Span.Attributes.GetValueOrDefault(attribute.Name),
            AttributeScope.Resource when attribute.Name == "service.name" => at.Span.Service,
            AttributeScope.Resource => at.Span.Resource.GetValueOrDefault(attribute.Name),
            AttributeScope.Event => at.Event!.Attributes.GetValueOrDefault(attribute.Name),
            AttributeScope.Link => at.Link!.Attributes.GetValueOrDefault(attribute.Name),
            AttributeScope.Instrumentation => at.Span.Scope.GetValueOrDefault(attribute.Name),
            _ => at.Span.Attributes.GetValueOrDefault(attribute.Name)
                ?? (attribute.Name == "service.name" ? at.Span.Service : at.Span.Resource.GetValueOrDefault(attribute.Name)),
        };

    private object? IntrinsicOf(Intrinsic intrinsic, At at)
    {
        var span = at.Span;
        return intrinsic switch
        {
            Intrinsic.Duration => (decimal)span.Duration,
            Intrinsic.Name => span.Name,
            Intrinsic.Status => new Code("status", span.Status),
            Intrinsic.Kind => new Code("kind", span.Kind),
            Intrinsic.StatusMessage => span.StatusMessage ?? "",
            Intrinsic.SpanId => span.Id.ToString("x16", null),
            Intrinsic.ParentId => span.Parent?.ToString("x16", null) ?? "",
            Intrinsic.TraceId => span.Trace.ToString("N"),
            Intrinsic.ChildCount => (decimal)data.Around(span).Count(s => s.Parent == span.Id),
            Intrinsic.RootName => data.Root(span)?.Name,
            Intrinsic.RootServiceName => data.Root(span)?.Service,
            Intrinsic.TraceDuration => (decimal)(data.Around(span).Max(s => s.Start + s.Duration) - data.Around(span).Min(s => s.Start)),
            Intrinsic.InstrumentationName => span.ScopeName,
            Intrinsic.InstrumentationVersion => span.ScopeVersion,
            Intrinsic.NestedSetLeft => (decimal)data.NestedSet(span).Left,
            Intrinsic.NestedSetRight => (decimal)data.NestedSet(span).Right,
            Intrinsic.NestedSetParent => (decimal)data.NestedSet(span).Parent,
            Intrinsic.EventName => (at.Event ?? span.Events.FirstOrDefault())?.Name,
            Intrinsic.EventTimeSinceStart => (at.Event ?? span.Events.FirstOrDefault())?.SinceStart is { } t ? (decimal)t : null,
            Intrinsic.LinkTraceId => (at.Link ?? span.Links.FirstOrDefault())?.TraceId,
            Intrinsic.LinkSpanId => (at.Link ?? span.Links.FirstOrDefault())?.SpanId,
            _ => throw new NotSupportedException(intrinsic.ToString()),
        };
    }

    private static object? Of(Literal literal) =>
        literal.Kind switch
        {
            LiteralKind.Nil => null,
            LiteralKind.Integer or LiteralKind.Duration => (decimal)literal.Integer,
            LiteralKind.Float => (decimal)literal.Float,
            LiteralKind.Text => literal.Text,
            LiteralKind.Boolean => literal.Integer != 0,
            LiteralKind.Status => new Code("status", literal.Integer),
            _ => new Code("kind", literal.Integer),
        };

    private OracleNumber? Arithmetic(FieldBinary binary, At at)
    {
        if (Value(binary.Left, at) is not OracleNumber left || Value(binary.Right, at) is not OracleNumber right)
            return null;
        return binary.Operator switch
        {
            FieldOperator.Add => left + right,
            FieldOperator.Subtract => left - right,
            FieldOperator.Multiply => left * right,
            FieldOperator.Divide => right.IsZero ? null : left / right,
            FieldOperator.Modulo => right.IsZero ? null : left % right,
            _ => left.Power(right),
        };
    }

    /// <summary>With events or links: whether it holds for any of them; missing means that none has a value.</summary>
    private bool Compare(FieldOperator op, FieldExpression left, FieldExpression right, At at)
    {
        bool events = at.Event is null && Mentions(left, right, AttributeScope.Event),
            links = at.Link is null && Mentions(left, right, AttributeScope.Link);
        if (!events && !links)
            return Plain(op, left, right, at);
        var isNil = left is Literal { Kind: LiteralKind.Nil } || right is Literal { Kind: LiteralKind.Nil };
        if (isNil && op == FieldOperator.Equal)
            return !Compare(FieldOperator.NotEqual, left, right, at);
        return (events ? at.Span.Events.Cast<OracleEvent?>() : [at.Event]).Any(e =>
            (links ? at.Span.Links.Cast<OracleLink?>() : [at.Link]).Any(l => Plain(op, left, right, new At(at.Span, e, l)))
        );
    }

    private static bool Mentions(FieldExpression left, FieldExpression right, AttributeScope scope) =>
        new[] { left, right }.Any(side =>
            side switch
            {
                AttributeReference attribute => attribute.Scope == scope,
                IntrinsicReference intrinsic => scope == AttributeScope.Event
                    ? intrinsic.Intrinsic is Intrinsic.EventName or Intrinsic.EventTimeSinceStart
                    : intrinsic.Intrinsic is Intrinsic.LinkTraceId or Intrinsic.LinkSpanId,
                FieldBinary binary => Mentions(binary.Left, binary.Right, scope),
                FieldUnary unary => Mentions(unary.Operand, unary.Operand, scope),
                _ => false,
            }
        );

    private bool Plain(FieldOperator op, FieldExpression left, FieldExpression right, At at)
    {
        object? a = Value(left, at),
            b = Value(right, at);
        if (left is Literal { Kind: LiteralKind.Nil } || right is Literal { Kind: LiteralKind.Nil })
            return op == FieldOperator.Equal ? a is null && b is null : op == FieldOperator.NotEqual && !(a is null && b is null);
        // Items of a list compare with a literal; two lists, or a list and another attribute, never match.
        if (right is Literal && a is List<object> items)
            return Any(op, items, b);
        if (left is Literal && b is List<object> others && !op.IsRegex())
            return Any(op.Mirrored(), others, a);
        return One(op, a, b);
    }

    private static bool Any(FieldOperator op, List<object> items, object? literal) =>
        op switch
        {
            FieldOperator.NotEqual => items.Count > 0
                && items[0].GetType() == literal?.GetType()
                && !items.Any(i => One(FieldOperator.Equal, i, literal)),
            FieldOperator.NotMatches => items.Count > 0 && items[0] is string && !items.Any(i => One(FieldOperator.Matches, i, literal)),
            _ => items.Any(i => One(op, i, literal)),
        };

    private static bool One(FieldOperator op, object? a, object? b) =>
        (a, b) switch
        {
            (OracleNumber x, OracleNumber y) => Ordered(op, x.CompareTo(y)),
            (string x, string y) when op == FieldOperator.Matches => Matches(x, y),
            (string x, string y) when op == FieldOperator.NotMatches => !Matches(x, y),
            (string x, string y) => Ordered(op, string.CompareOrdinal(x, y)),
            (bool x, bool y) => op.IsEquality() && (op == FieldOperator.Equal) == (x == y),
            (Code x, Code y) when x.Of == y.Of => op.IsEquality() && (op == FieldOperator.Equal) == (x == y),
            _ => false,
        };

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, $@"^(?s:{pattern})\z");

    internal static bool Ordered(FieldOperator op, int order) =>
        op switch
        {
            FieldOperator.Equal => order == 0,
            FieldOperator.NotEqual => order != 0,
            FieldOperator.Less => order < 0,
            FieldOperator.LessOrEqual => order <= 0,
            FieldOperator.Greater => order > 0,
            _ => order >= 0,
        };
}
