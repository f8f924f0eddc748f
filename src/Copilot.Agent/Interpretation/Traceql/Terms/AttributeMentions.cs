using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>Attributes that are called so: "the resource attribute team", "span tag foo.bar", "the plan attribute".</summary>
internal static class AttributeMentions
{
    /// <summary>Null where no attribute is mentioned here.</summary>
    /// <param name="tokens">The sentence.</param>
    /// <param name="i">Where the mention may begin.</param>
    /// <param name="index">What names there are.</param>
    /// <param name="text">The words from one token to another, as they were written.</param>
    public static Term? Read(IReadOnlyList<Token> tokens, int i, CatalogueIndex index, Func<int, int, string> text)
    {
        var scope = tokens[i].Lower is "resource" or "span" or "event" or "link" or "instrumentation" or "scope" ? tokens[i].Lower : "";
        var at = scope.Length > 0 ? i + 1 : i;
        if (at + 1 < tokens.Count && IsAttribute(tokens[at]) && !IsAttribute(tokens[at + 1]))
        {
            at += tokens[at + 1].Lower is "called" or "named" or "key" ? 2 : 1;
            var end = End(tokens, at);
            // "the attribute foo.bar"; of single words only what is compared with something.
            if (at < tokens.Count && tokens[at].Kind is TokenKind.Word or TokenKind.Quoted && (end > at + 1 || scope.Length > 0 || Compares(tokens, end)) && !Compares(tokens, at))
                return new Term(TermKind.Field, text(at, end), i, end) { Tag = "written", Fields = Named(text(at, end), scope, index) };
            return null;
        }

        // "the referer header"
        if (scope.Length == 0 && i + 2 < tokens.Count && tokens[i].Kind == TokenKind.Word && tokens[i].Glue == '\0' && tokens[i + 1].Lower is "header" && Compares(tokens, i + 2) && !PhraseBook.Knows(tokens[i].Lower))
            return new Term(TermKind.Field, text(i, i + 2), i, i + 2) { Tag = "written", Fields = [Field.Span("http.request.header." + tokens[i].Text)] };
        return scope.Length == 0 && i + 2 < tokens.Count && tokens[i].Kind == TokenKind.Word && tokens[i].Glue == '\0' && tokens[i + 1].Glue == '\0' && IsAttribute(tokens[i + 1]) && !PhraseBook.StartingWith(tokens[i].Lower).Any(p => p.Words.Count == 1) && Compares(tokens, i + 2)
            ? new Term(TermKind.Field, tokens[i].Text, i, i + 2) { Tag = "written", Fields = Named(tokens[i].Text, "", index) } : null;
    }

    private static bool IsAttribute(Token token) => token.Lower is "attribute" or "attributes" or "tag" or "label";

    private static bool Compares(IReadOnlyList<Token> tokens, int at) => at < tokens.Count && PhraseBook.StartingWith(tokens[at].Lower).Any(p => p.Kind is TermKind.Copula or TermKind.Compare or TermKind.Match or TermKind.Present or TermKind.Absent or TermKind.Between or TermKind.Not || p.Words is ["of"]);

    private static int End(IReadOnlyList<Token> tokens, int at)
    {
        var end = at + 1;
        while (end < tokens.Count && tokens[end].Group == tokens[at].Group && tokens[end].Glue != '\0')
            end++;
        return end;
    }

    private static IReadOnlyList<FieldExpression> Named(string name, string scope, CatalogueIndex index) => scope switch
    {
        "resource" => [Field.Resource(name)],
        "span" => [Field.Span(name)],
        "event" => [Field.Event(name)],
        "link" => [Field.Link(name)],
        "instrumentation" or "scope" => [Field.Instrumentation(name)],
        _ => Catalogued.Known(index, name) is { Count: > 0 } known ? known : [Conventions.Scoped(name)],
    };
}
