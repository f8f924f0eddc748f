using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>Field expressions: what stands in the braces of a spanset filter and in the brackets of an aggregate.</summary>
internal sealed class FieldParser(TokenReader tokens)
{
    private const string Expected = "an attribute, an intrinsic or a value";

    public FieldExpression Parse() => Parse(FieldOperators.Logical);

    /// <summary>An attribute or intrinsic alone, where the language takes no more.</summary>
    public FieldExpression ParseReference()
    {
        var start = tokens.Current;
        return ParseOperand() is var operand and (AttributeReference or IntrinsicReference)
            ? operand
            : throw new SyntaxException($"unexpected {start.Described}, expected one attribute or intrinsic", start.At);
    }

    private FieldExpression Parse(int precedence)
    {
        var left = ParsePrefix();
        while (
            tokens.Current.Kind == TokenKind.Symbol
            && FieldOperators.TryParse(tokens.Current.Text, out var op)
            && op.Precedence() >= precedence
        )
        {
            tokens.Take();
            if (tokens.Lenient && op.IsComparison() && AtMissingOperand())
            {
                left = Literal.Of(left is not FieldUnary { IsNot: true });
                continue;
            }

            // Only ^ groups to the right.
            var right = Parse(op == FieldOperator.Power ? op.Precedence() : op.Precedence() + 1);
            left =
                tokens.Lenient && op.IsLogical() && left is Literal { Kind: LiteralKind.Boolean } && left == right
                    ? left
                    : new FieldBinary(op, left, right);
            tokens.CheckDepth(left.Depth);
        }

        return left;
    }

    private FieldExpression ParsePrefix()
    {
        if (!tokens.Current.IsSymbol("!") && !tokens.Current.IsSymbol("-"))
            return ParseOperand();
        var sign = tokens.Take();
        tokens.Enter();
        // ! takes products with it, as Tempo's grammar has it; the minus binds tighter than everything.
        FieldExpression result;
        if (sign.Text == "!")
            result = new FieldUnary(true, Parse(FieldOperators.Product)) { At = sign.At.To(tokens.Previous.At) };
        else if (tokens.Current.Kind is TokenKind.Integer or TokenKind.Float or TokenKind.Duration)
            result = Literals.Read(tokens.Take(), negative: true) with { At = sign.At.To(tokens.Previous.At) };
        else
            result = new FieldUnary(false, ParsePrefix()) { At = sign.At.To(tokens.Previous.At) };
        tokens.Leave();
        tokens.CheckDepth(result.Depth);
        return result;
    }

    private FieldExpression ParseOperand()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Attribute:
                tokens.Take();
                return token.Attribute!;
            case TokenKind.Text or TokenKind.Integer or TokenKind.Float or TokenKind.Duration:
                tokens.Take();
                return Literals.Read(token, negative: false);
            case TokenKind.Word or TokenKind.ScopedIntrinsic:
                return ParseWord(token);
            case TokenKind.Symbol when token.Text == "(":
                tokens.Enter();
                tokens.Take();
                var inner = Parse(FieldOperators.Logical);
                tokens.Expect(")");
                tokens.Leave();
                return inner;
            default:
                throw tokens.Unexpected(Expected);
        }
    }

    private FieldExpression ParseWord(Token token)
    {
        FieldExpression? found = Intrinsics.TryParse(token.Text, out var intrinsic) ? new IntrinsicReference(intrinsic) : null;
        if (token.Kind == TokenKind.Word)
            found ??= Literals.Keyword(token.Text);
        if (found is not null)
        {
            tokens.Take();
            return found with { At = token.At };
        }

        throw token.Kind == TokenKind.ScopedIntrinsic
            ? new SyntaxException($"there is no intrinsic `{token.Text}`", token.At)
            : new SyntaxException(
                $"unexpected `{token.Text}`, expected {Expected}; attributes begin with span., resource. or a dot, strings stand in quotes",
                token.At
            );
    }

    private bool AtMissingOperand() =>
        tokens.Current.Kind == TokenKind.End
        || (tokens.Current.Kind == TokenKind.Symbol && tokens.Current.Text is "}" or ")" or "&&" or "||");
}

/// <summary>Carries a parse error out of the parser; <see cref="TraceQlParser"/> turns it into a result.</summary>
internal sealed class SyntaxException(string message, SourceSpan at) : Exception(message)
{
    public SourceSpan At { get; } = at;

    public TraceQlError ToError(string text) => TextPosition.Locate(text, At, TraceQlErrorKind.Syntax, Message);
}
