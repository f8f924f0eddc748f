using Copilot.TraceQL.Parsing.Tokens;

namespace Copilot.TraceQL.Parsing;

/// <summary>Carries a parse error out of the parser; <see cref="TraceQlParser"/> turns it into a result.</summary>
internal sealed class SyntaxException(string message, SourceSpan at) : Exception(message)
{
    public SourceSpan At { get; } = at;

    public TraceQlError ToError(string text) => TextPosition.Locate(text, At, TraceQlErrorKind.Syntax, Message);
}
