using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>A sentence as it was written: names keep their spelling, and nothing is mended towards the lexicon of questions.</summary>
internal static class WrittenWords
{
    public static Sentence Read(string words, DateTimeOffset asOf, TimeZoneInfo zone, KnownNamesIndex index)
    {
        var wordTokens = Joined(Tokenizer.Tokenize(PastedText.Clean(words)));
        var times = new TimeReader(wordTokens, asOf, zone).Read();
        bool IsFree(int i) => !times.Any(t => t.Start <= i && i < t.End);
        return new Sentence(wordTokens, times, new Linker(wordTokens, [], IsFree, index).Read(), [], index);
    }

    // "PostgreSQL" is one word here.
    private static List<WordToken> Joined(IReadOnlyList<WordToken> wordTokens)
    {
        var joined = new List<WordToken>();
        foreach (var wordToken in wordTokens)
        {
            if (wordToken.Glue == WordToken.CamelGlue && joined.Count > 0)
                joined[^1] = joined[^1] with
                {
                    Text = joined[^1].Text + wordToken.Text,
                    Lower = joined[^1].Lower + wordToken.Lower,
                    Stem = joined[^1].Lower + wordToken.Stem,
                };
            else
                joined.Add(wordToken);
        }

        return joined;
    }
}

/// <summary>Attributes that are called so: "the resource attribute team", "span tag foo.bar", "the plan attribute".</summary>
internal static class AttributeMentions
{
    /// <summary>Null where no attribute is mentioned here.</summary>
    /// <param name="wordTokens">The sentence.</param>
    /// <param name="i">Where the mention may begin.</param>
    /// <param name="index">What names there are.</param>
    /// <param name="text">The words from one token to another, as they were written.</param>
    public static Term? Read(IReadOnlyList<WordToken> wordTokens, int i, KnownNamesIndex index, Func<int, int, string> text)
    {
        var scope = wordTokens[i].Lower is "resource" or "span" or "event" or "link" or "instrumentation" or "scope"
            ? wordTokens[i].Lower
            : "";
        var at = scope.Length > 0 ? i + 1 : i;
        if (at + 1 < wordTokens.Count && IsAttribute(wordTokens[at]) && !IsAttribute(wordTokens[at + 1]))
        {
            at += wordTokens[at + 1].Lower is "called" or "named" or "key" ? 2 : 1;
            var end = End(wordTokens, at);
            // "the attribute foo.bar"; of single words only what is compared with something.
            if (
                at < wordTokens.Count
                && wordTokens[at].Kind is WordTokenKind.Word or WordTokenKind.Quoted
                && (end > at + 1 || scope.Length > 0 || Compares(wordTokens, end))
                && !Compares(wordTokens, at)
            )
                return new Term(TermKind.Field, text(at, end), i, end) { Tag = "written", Fields = Named(text(at, end), scope, index) };
            return null;
        }

        // "the referer header"
        if (
            scope.Length == 0
            && i + 2 < wordTokens.Count
            && wordTokens[i].Kind == WordTokenKind.Word
            && wordTokens[i].Glue == '\0'
            && wordTokens[i + 1].Lower is "header"
            && Compares(wordTokens, i + 2)
            && !PhraseBook.Knows(wordTokens[i].Lower)
        )
            return new Term(TermKind.Field, text(i, i + 2), i, i + 2)
            {
                Tag = "written",
                Fields = [Field.Span("http.request.header." + wordTokens[i].Text)],
            };
        return
            scope.Length == 0
            && i + 2 < wordTokens.Count
            && wordTokens[i].Kind == WordTokenKind.Word
            && wordTokens[i].Glue == '\0'
            && wordTokens[i + 1].Glue == '\0'
            && IsAttribute(wordTokens[i + 1])
            && !PhraseBook.StartingWith(wordTokens[i].Lower).Any(p => p.Words.Count == 1)
            && Compares(wordTokens, i + 2)
            ? new Term(TermKind.Field, wordTokens[i].Text, i, i + 2) { Tag = "written", Fields = Named(wordTokens[i].Text, "", index) }
            : null;
    }

    private static bool IsAttribute(WordToken wordToken) => wordToken.Lower is "attribute" or "attributes" or "tag" or "label";

    private static bool Compares(IReadOnlyList<WordToken> wordTokens, int at) =>
        at < wordTokens.Count
        && PhraseBook
            .StartingWith(wordTokens[at].Lower)
            .Any(p =>
                p.Kind
                    is TermKind.Copula
                        or TermKind.Compare
                        or TermKind.Match
                        or TermKind.Present
                        or TermKind.Absent
                        or TermKind.Between
                        or TermKind.Not
                || p.Words is ["of"]
            );

    private static int End(IReadOnlyList<WordToken> wordTokens, int at)
    {
        var end = at + 1;
        while (end < wordTokens.Count && wordTokens[end].Group == wordTokens[at].Group && wordTokens[end].Glue != '\0')
            end++;
        return end;
    }

    private static IReadOnlyList<FieldExpression> Named(string name, string scope, KnownNamesIndex index) =>
        scope switch
        {
            "resource" => [Field.Resource(name)],
            "span" => [Field.Span(name)],
            "event" => [Field.Event(name)],
            "link" => [Field.Link(name)],
            "instrumentation" or "scope" => [Field.Instrumentation(name)],
            _ => Catalogued.Known(index, name) is { Count: > 0 } known ? known : [Conventions.Scoped(name)],
        };
}

/// <summary>What the live catalogue knows, as fields and conditions.</summary>
internal static class Catalogued
{
    public static FieldExpression? FieldOf(LinkTarget key) => key.Key.Length == 0 ? null : Reference(key);

    public static FieldExpression? Condition(LinkTarget value) =>
        value.Key.Length == 0 ? null : Reference(value).Compared(FieldOperator.Equal, LiteralOf(value));

    /// <summary>The attributes of exactly this key, in the scopes where spans carry them.</summary>
    public static IReadOnlyList<FieldExpression> Known(KnownNamesIndex index, string key) =>
        [.. index.Attributes.Keyed(key).Select(t => (FieldExpression)Reference(t)).Distinct()];

    /// <summary>Of several names of one thing, those that spans carry; all where the catalogue knows none.</summary>
    public static IReadOnlyList<FieldExpression> Narrowed(KnownNamesIndex index, IReadOnlyList<FieldExpression> fields)
    {
        if (fields.Count < 2)
            return fields;
        IReadOnlyList<FieldExpression> known =
        [
            .. fields.Where(f => f is AttributeReference a && index.Attributes.Keyed(a.Name).Count > 0),
        ];
        return known.Count > 0 ? known : fields;
    }

    private static AttributeReference Reference(LinkTarget target) =>
        target.Scope switch
        {
            AttributeScope.Resource => Field.Resource(target.Key),
            AttributeScope.Event => Field.Event(target.Key),
            AttributeScope.Link => Field.Link(target.Key),
            _ => Field.Span(target.Key),
        };

    private static Literal LiteralOf(LinkTarget value) =>
        value.Type switch
        {
            "int" when long.TryParse(value.Name, System.Globalization.CultureInfo.InvariantCulture, out var number) => Literal.Of(number),
            "double" when double.TryParse(value.Name, System.Globalization.CultureInfo.InvariantCulture, out var number) => Literal.Of(
                number
            ),
            "bool" when bool.TryParse(value.Name, out var truth) => Literal.Of(truth),
            _ => Literal.Of(value.Name),
        };
}
