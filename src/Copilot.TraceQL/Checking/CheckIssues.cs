using Copilot.TraceQL.Parsing.Tokens;


namespace Copilot.TraceQL.Checking;

/// <summary>What a check found. What is invalid outweighs what is merely unsupported; within each the first counts.</summary>
internal sealed class CheckIssues(string text)
{
    private TraceQlError? _invalid;
    private TraceQlError? _unsupported;

    public TraceQlError? Worst => _invalid ?? _unsupported;

    public void Invalid(SourceSpan at, string message) =>
        _invalid ??= TextPosition.Locate(text, at, TraceQlErrorKind.Invalid, message);

    public void Unsupported(SourceSpan at, string message) =>
        _unsupported ??= TextPosition.Locate(text, at, TraceQlErrorKind.Unsupported, message);
}
