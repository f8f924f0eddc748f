namespace Copilot.TraceQL.Syntax;

/// <summary>What stands between the braces of a spanset filter: a value computed from one span.</summary>
public abstract record FieldExpression : SyntaxNode
{
    private protected FieldExpression() { }

    private protected FieldExpression(SyntaxNode first, SyntaxNode last)
        : base(first, last) { }

    /// <summary>Readable TraceQL: no brackets that precedence makes needless.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}

/// <summary>Two operands and what stands between them: <c>.a = 1</c>, <c>a &amp;&amp; b</c>, <c>.x + 2</c>.</summary>
public sealed record FieldBinary(FieldOperator Operator, FieldExpression Left, FieldExpression Right) : FieldExpression(Left, Right);

/// <summary><c>!x</c> or <c>-x</c>.</summary>
/// <param name="IsNot">True for <c>!</c>, false for the unary minus.</param>
public sealed record FieldUnary(bool IsNot, FieldExpression Operand) : FieldExpression(Operand, Operand);

/// <summary>An attribute: <c>span.http.route</c>, <c>resource.service.name</c>, <c>.foo</c>, <c>parent.foo</c>.</summary>
public sealed record AttributeReference(AttributeScope Scope, string Name, bool OfParent = false) : FieldExpression;

/// <summary>An intrinsic: <c>duration</c>, <c>status</c>, <c>trace:rootService</c>.</summary>
public sealed record IntrinsicReference(Intrinsic Intrinsic) : FieldExpression;

/// <summary>Where an attribute is looked for, or stands. Turns of conversations keep the names.</summary>
public enum AttributeScope
{
    /// <summary><c>.name</c>: the span first, then its resource.</summary>
    Any,
    Span,
    Resource,
    Event,
    Link,

    /// <summary>The instrumentation scope.</summary>
    Instrumentation,

    /// <summary>No attribute but a property that every span has: duration, status, kind, name. In TraceQL it is an
    /// <see cref="IntrinsicReference"/>.</summary>
    Intrinsic,
}
