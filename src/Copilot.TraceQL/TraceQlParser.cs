using System.Diagnostics.CodeAnalysis;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Parsing;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL;

/// <summary>The way from text to a syntax tree.</summary>
public static class TraceQlParser
{
    /// <summary>The longest text that is looked at; a query a person can read is far shorter.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Parses and checks a query.</summary>
    /// <exception cref="TraceQlException">It is no TraceQL, means nothing, or is not supported.</exception>
    public static TraceQlQuery Parse(string text) =>
        TryParse(text, out var query, out var error) ? query : throw new TraceQlException(error);

    /// <summary>Parses and checks a query; the error tells where the trouble is.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TraceQlQuery? query, [NotNullWhen(false)] out TraceQlError? error)
    {
        if (!TryParseSyntax(text, out query, out error))
            return false;
        error = QueryChecker.Check(query, text);
        if (error is null)
            return true;
        query = null;
        return false;
    }

    /// <summary>Parses without checking types: the query may still be invalid or unsupported.</summary>
    public static bool TryParseSyntax(
        string text,
        [NotNullWhen(true)] out TraceQlQuery? query,
        [NotNullWhen(false)] out TraceQlError? error
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            query = new RootParser(text, lenient: false).ParseRoot();
            error = null;
            return true;
        }
        catch (SyntaxException e)
        {
            query = null;
            error = e.ToError(text);
            return false;
        }
    }

    /// <summary>
    /// Makes the best of a query that is still being typed: a comparison without its right side counts as <c>true</c>,
    /// a missing last brace as written. Null where nothing can be made of it.
    /// </summary>
    public static TraceQlQuery? ParseLenient(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new RootParser(text, lenient: true).ParseRoot();
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    /// <summary>Parses a query that must be nothing but one spanset filter, such as a scope.</summary>
    /// <exception cref="TraceQlException">It is anything else.</exception>
    public static SpansetFilter ParseFilter(string text)
    {
        var query = Parse(text);
        return query.SingleFilter
            ?? throw new TraceQlException(
                new TraceQlError
                {
                    Kind = TraceQlErrorKind.Invalid,
                    Message = "only one spanset filter can stand here, such as { resource.service.name = \"api\" && duration > 1s }",
                    Line = 1,
                    Column = 1,
                    Length = text.Length,
                }
            );
    }
}
