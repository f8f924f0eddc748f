namespace Copilot.TraceQL.Syntax;

/// <summary>Builds conditions in code: <c>Field.Service("x").And(Field.Span("currency").Is("EUR"))</c>.</summary>
public static class Field
{
    public static AttributeReference Any(string name) => new(AttributeScope.Any, name);

    public static AttributeReference Span(string name) => new(AttributeScope.Span, name);

    public static AttributeReference Resource(string name) => new(AttributeScope.Resource, name);

    public static AttributeReference Event(string name) => new(AttributeScope.Event, name);

    public static AttributeReference Link(string name) => new(AttributeScope.Link, name);

    public static AttributeReference Instrumentation(string name) => new(AttributeScope.Instrumentation, name);

    public static IntrinsicReference Of(Intrinsic intrinsic) => new(intrinsic);

    /// <summary><c>resource.service.name = "…"</c>.</summary>
    public static FieldBinary Service(string name) => Resource("service.name").Is(name);

    /// <summary><c>status = error</c>.</summary>
    public static FieldBinary Failed() => Of(Intrinsic.Status).Is(Literal.Status(2));

    /// <summary><c>duration > …</c>.</summary>
    public static FieldBinary SlowerThan(TimeSpan duration) => Of(Intrinsic.Duration).Compared(FieldOperator.Greater, Literal.Of(duration));

    public static FieldBinary Is(this FieldExpression left, string value) => left.Is(Literal.Of(value));

    public static FieldBinary Is(this FieldExpression left, long value) => left.Is(Literal.Of(value));

    public static FieldBinary Is(this FieldExpression left, double value) => left.Is(Literal.Of(value));

    public static FieldBinary Is(this FieldExpression left, bool value) => left.Is(Literal.Of(value));

    public static FieldBinary Is(this FieldExpression left, FieldExpression value) => new(FieldOperator.Equal, left, value);

    public static FieldBinary IsNot(this FieldExpression left, FieldExpression value) => new(FieldOperator.NotEqual, left, value);

    /// <summary><c>… != nil</c>.</summary>
    public static FieldBinary Exists(this FieldExpression left) => left.IsNot(Literal.Nil());

    /// <summary><c>… = nil</c>; not for intrinsics and not for resource.service.name, which always exist.</summary>
    public static FieldBinary IsMissing(this FieldExpression left) => left.Is(Literal.Nil());

    /// <summary>An RE2 expression that must match the whole value.</summary>
    public static FieldBinary Matches(this FieldExpression left, string regex) => new(FieldOperator.Matches, left, Literal.Of(regex));

    public static FieldBinary Compared(this FieldExpression left, FieldOperator op, FieldExpression value) => new(op, left, value);

    public static FieldBinary And(this FieldExpression left, FieldExpression right) => new(FieldOperator.And, left, right);

    public static FieldBinary Or(this FieldExpression left, FieldExpression right) => new(FieldOperator.Or, left, right);

    public static FieldUnary Not(this FieldExpression operand) => new(true, operand);

    /// <summary>All of them, or null where there is none.</summary>
    public static FieldExpression? All(IEnumerable<FieldExpression> conditions) =>
        conditions.Aggregate((FieldExpression?)null, (all, next) => all?.And(next) ?? next);

    /// <summary>Any of them, or null where there is none.</summary>
    public static FieldExpression? AnyOf(IEnumerable<FieldExpression> conditions) =>
        conditions.Aggregate((FieldExpression?)null, (any, next) => any?.Or(next) ?? next);
}
