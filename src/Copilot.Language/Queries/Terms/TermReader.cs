using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>From the tokens of a sentence to terms. What means a time, and so the window, is left out.</summary>
internal sealed class TermReader
{
    private readonly Sentence _sentence;
    private readonly IReadOnlyList<WordToken> _tokens;
    private readonly List<Term> _terms = [];

    private TermReader(Sentence sentence)
    {
        this._sentence = sentence;
        _tokens = sentence.Tokens;
    }

    public static IReadOnlyList<Term> Read(Sentence sentence)
    {
        var reader = new TermReader(sentence);
        for (var i = 0; i < reader._tokens.Count; )
            i = reader.Next(i);
        return reader._terms;
    }

    private Term? Last => _terms.Count > 0 ? _terms[^1] : null;

    private int Next(int i)
    {
        if (_sentence.TimeAt(i) is { } time && _tokens[i].Kind is not WordTokenKind.Duration && !IsCount(time))
            return Math.Max(time.End, i + 1);
        if (AttributeMentions.Read(_tokens, i, _sentence.Index, (from, to) => _sentence.Words(from, to)) is { } attribute)
            return Add(attribute);
        // "a non-2xx answer"
        if (_tokens[i].Lower == "non" && GroupEnd(i) == i + 2 && Conventions.StatusClass(_tokens[i + 1].Lower) is not null)
            return Add(new Term(TermKind.Not, _tokens[i].Text, i, i + 1));
        if (Typed(i) is { } typed)
            return Add(typed);
        var end = GroupEnd(i);
        if (Linked(i, end) is { } linked)
            return Add(linked);
        if (Known(i, end) is { } known)
            return Add(known);
        if (end > i + 1 && Enumerable.Range(i, end - i).All(k => _tokens[k].Text.All(char.IsDigit) && (k == i || _tokens[k].Glue == '/')))
        {
            for (; i < end; i++)
                Add(
                    new Term(TermKind.Number, _tokens[i].Text, i, i + 1)
                    {
                        Value = double.Parse(_tokens[i].Text, System.Globalization.CultureInfo.InvariantCulture),
                    }
                );
            return end;
        }

        return end > i + 1 ? Add(Named(i, end)) : Add(Plain(i));
    }

    // "between 5 and 10 spans" is no time.
    private bool IsCount(TimeMention time) =>
        _terms.LastOrDefault(t => t.End <= time.Start)
            is { Kind: TermKind.Field or TermKind.Copula }
                or { Kind: TermKind.Name, Fields.Count: > 0 }
            && Enumerable
                .Range(time.Start, time.End - time.Start)
                .All(k => _tokens[k].Kind is WordTokenKind.Number || _tokens[k].Lower is "between" or "and" or "from" or "to")
        || time.End < _tokens.Count
            && Enumerable
                .Range(time.Start, time.End - time.Start)
                .All(k => _tokens[k].Kind is WordTokenKind.Number or WordTokenKind.Word or WordTokenKind.Symbol)
            && Enumerable.Range(time.Start, time.End - time.Start).Any(k => _tokens[k].Kind == WordTokenKind.Number)
            && PhraseBook.StartingWith(_tokens[time.End].Lower).Any(p => p.Kind is TermKind.Subject or TermKind.Condition);

    private int Add(Term term)
    {
        _terms.Add(term);
        return term.End;
    }

    /// <summary>What the shape alone tells.</summary>
    private Term? Typed(int i)
    {
        var wordToken = _tokens[i];
        if (wordToken.Kind is WordTokenKind.Quoted)
            return new Term(TermKind.Text, wordToken.Text, i, i + 1);
        if (wordToken.Kind is WordTokenKind.TraceId or WordTokenKind.SpanId)
            return new Term(TermKind.Id, wordToken.Text, i, i + 1);
        if (wordToken.Kind is WordTokenKind.Path)
            return new Term(TermKind.Path, wordToken.Text, i, i + 1);
        if (Code(i) is { } code)
            return code;
        if (
            wordToken.IsSymbol("-")
            && i + 1 < _tokens.Count
            && _tokens[i + 1].Kind == WordTokenKind.Number
            && Last is not { IsValue: true }
        )
            return new Term(TermKind.Number, "-" + _tokens[i + 1].Text, i, i + 2) { Value = -_tokens[i + 1].Value };
        if (GroupEnd(i) > i + 1 && wordToken.Kind == WordTokenKind.Word)
            return null;
        if (Numerals.Duration(_tokens, i) is { } length && !(Last is { Kind: TermKind.By or TermKind.Rate }))
            return new Term(TermKind.Duration, _sentence.Words(i, length.End), i, length.End) { Value = length.Nanos };
        if (wordToken.Kind == WordTokenKind.Number && wordToken.Text.Length >= 12)
            return new Term(TermKind.Id, wordToken.Text, i, i + 1);
        if (wordToken.Kind is WordTokenKind.Percent)
            return new Term(TermKind.Number, wordToken.Text, i, i + 1) { Value = wordToken.Value, Tag = "%" };
        if (wordToken.Lower is "once" or "twice" or "thrice" && Last is { Kind: TermKind.Compare })
            return new Term(TermKind.Number, wordToken.Text, i, i + 1)
            {
                Value = wordToken.Lower switch
                {
                    "once" => 1,
                    "twice" => 2,
                    _ => 3,
                },
                Tag = "times",
            };
        if (wordToken.Kind is WordTokenKind.Version)
            return new Term(TermKind.Name, wordToken.Text, i, i + 1);
        return wordToken.Lower is "one" or "ones"
            && Last is not ({ Kind: TermKind.Compare or TermKind.Top or TermKind.Not } or { Lower: "only" or "just" })
            && !(i + 1 < _tokens.Count && _tokens[i + 1].Lower is "or" or "more")
                ? null
            : Numerals.Number(_tokens, i) is { } number
                ? new Term(TermKind.Number, _sentence.Words(i, number.End), i, number.End) { Value = number.Value }
            : null;
    }

    /// <summary>"5xx", "404s", "GET", "GET /x", "p99", "SELECTs", "2kb".</summary>
    private Term? Code(int i)
    {
        var wordToken = _tokens[i];
        if (
            Conventions.StatusClass(wordToken.Lower) is { } group
            && (wordToken.Glue is '\0' or '/' || Last is { Kind: TermKind.Not, Lower: "non" })
        )
            return new Term(TermKind.Condition, wordToken.Text, i, i + 1)
            {
                Condition = StatusCodes(c =>
                    c.Compared(FieldOperator.GreaterOrEqual, Literal.Of(group * 100L))
                        .And(c.Compared(FieldOperator.Less, Literal.Of(group * 100L + 100)))
                ),
            };
        if (
            wordToken.Lower.Length == 4
            && wordToken.Lower[3] == 's'
            && wordToken.Lower[..3].All(char.IsDigit)
            && wordToken.Lower[0] is >= '1' and <= '5'
            && Last is not { Kind: TermKind.Compare or TermKind.Between }
        )
            return new Term(TermKind.Condition, wordToken.Text, i, i + 1)
            {
                Condition = StatusCodes(c => c.Is(long.Parse(wordToken.Lower[..3], System.Globalization.CultureInfo.InvariantCulture))),
            };
        var verb = wordToken.Text is "HTTP" && i + 1 < _tokens.Count ? i + 1 : i;
        // "successful POSTs"
        if (wordToken.Text is [.., 's'] && Conventions.IsMethod(wordToken.Text[..^1]) && GroupEnd(i) == i + 1)
            return new Term(TermKind.Method, wordToken.Text, i, i + 1)
            {
                Tag = wordToken.Text[..^1],
                Fields = PhraseBook.FieldsOf("method"),
            };
        if (Conventions.IsMethod(_tokens[verb].Text) && GroupEnd(i) == i + 1)
        {
            return verb + 1 < _tokens.Count && _tokens[verb + 1].Kind == WordTokenKind.Path
                ? new Term(TermKind.Operation, _tokens[verb].Text + " " + _tokens[verb + 1].Text, i, verb + 2)
                : new Term(TermKind.Method, _sentence.Words(i, verb + 1), i, verb + 1)
                {
                    Tag = _tokens[verb].Text,
                    Fields = PhraseBook.FieldsOf("method"),
                };
        }

        if (GroupEnd(i) > i + 1 && wordToken.Glue == '\0' && _tokens[i + 1].Glue != '/')
            return null;
        if (Conventions.Quantile(wordToken.Lower) is { } quantile)
            return new Term(TermKind.Quantile, wordToken.Text, i, i + 1) { Value = quantile };
        if (
            wordToken.Lower.Length > 2
            && wordToken.Lower[^2..] is "th" or "nd" or "st"
            && Conventions.Quantile("p" + wordToken.Lower[..^2]) is { } nth
        )
            return new Term(TermKind.Quantile, wordToken.Text, i, i + 1) { Value = nth };
        if (Conventions.Size(wordToken.Lower) is { } size)
            return new Term(TermKind.Number, wordToken.Text, i, i + 1) { Value = size };
        var written =
            i + 1 < _tokens.Count && _tokens[i + 1].Lower is "queries" or "query" or "statement" or "statements"
                ? wordToken.Text.ToUpperInvariant()
                : wordToken.Text;
        return Conventions.Statement(written) is { } statement
            ? new Term(TermKind.Condition, wordToken.Text, i, i + 1)
            {
                Condition = Field.AnyOf(
                    PhraseBook.StartingWith("db").First(p => p.Words is [_, "operation"]).Fields.Select(f => f.Is(statement))
                ),
            }
            : null;
    }

    private static FieldExpression StatusCodes(Func<FieldExpression, FieldExpression> of) =>
        Field.AnyOf(PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields.Select(of))!;

    private int GroupEnd(int i)
    {
        var end = i + 1;
        while (end < _tokens.Count && _tokens[end].Group == _tokens[i].Group && _tokens[end].Glue != '\0')
            end++;
        return end;
    }

    private Term? Known(int i, int end)
    {
        if (_tokens[i].Kind is not (WordTokenKind.Word or WordTokenKind.Symbol))
            return null;
        foreach (var phrase in PhraseBook.StartingWith(_tokens[i].Lower))
        {
            var stop = i + phrase.Words.Count;
            if (
                stop > _tokens.Count
                || !Enumerable.Range(0, phrase.Words.Count).All(k => Same(_tokens[i + k], phrase.Words[k]))
                || Splits(i, stop)
                || !PhraseSense.Fits(phrase, _tokens, stop, _terms)
            )
                continue;
            return new Term(phrase.Kind, _sentence.Words(i, stop), i, stop)
            {
                Tag = phrase.Tag,
                Fields = phrase.Fields,
                Condition = phrase.Condition,
            };
        }

        return end > i + 1 && _tokens[i + 1].Glue is '-' or '/' && AllKnown(i, end) && Known(i, i + 1) is { } first ? first : null;
    }

    private static bool Same(WordToken wordToken, string word) => wordToken.Lower == word || wordToken.Text == word;

    // A phrase must not end inside of a name, unless the whole name is words of the lexicon: "order-service", but "server-side spans".
    private bool Splits(int i, int stop)
    {
        for (var k = i; k < stop; k++)
        {
            if (k > i && _tokens[k].Glue is '.' or '_' or WordToken.CamelGlue or ':')
                return true;
        }

        return stop < _tokens.Count && _tokens[stop].Glue != '\0' && !AllKnown(i, GroupEnd(stop - 1))
            || _tokens[i].Glue is '.' or '_' or ':';
    }

    private bool AllKnown(int i, int end)
    {
        while (i > 0 && _tokens[i].Glue != '\0')
            i--;
        return Enumerable.Range(i, end - i).All(k => PhraseBook.Knows(_tokens[k].Lower) && (k == i || _tokens[k].Glue is '-' or '/'))
            && PhraseBook
                .StartingWith(_tokens[i].Lower)
                .All(p => p.Words.Count > 1 || p.Kind is not (TermKind.Article or TermKind.Prep or TermKind.Service or TermKind.Function))
            && !PhraseBook.StartingWith(_tokens[end - 1].Lower).Any(p => p.Words.Count == 1 && p.Kind is TermKind.Service);
    }

    private Term? Linked(int i, int end)
    {
        if (_sentence.LinkAt(i) is not { } link || link.Start != i || link.Quality < 0.85 || link.Targets.Count == 0)
            return null;
        var target = link.Targets[0];
        var text = _sentence.Words(i, link.End);
        // A plain word of the lexicon means what it says there, also where some value of an attribute is called like it.
        if (
            link.Kind != LinkKind.Service
            && link.Length == 1
            && end == i + 1
            && PhraseBook
                .StartingWith(_tokens[i].Lower)
                .Any(p => p.Words.Count == 1 && p.Kind is not (TermKind.Field or TermKind.Condition))
        )
            return null;
        // What it says of every span goes before what some attribute is called: "client spans", "database calls".
        if (
            end == i + 1
            && PhraseBook.StartingWith(_tokens[i].Lower).FirstOrDefault(p => p.Words.Count == 1 && p.Kind == TermKind.Condition)
                is { Condition: { } said }
            && (link.Kind == LinkKind.Key || said is FieldBinary { Left: IntrinsicReference })
            && link.Kind != LinkKind.Service
        )
            return null;
        return link.Kind switch
        {
            LinkKind.Service when link.Quality >= 0.9 => new Term(TermKind.Name, text, i, link.End)
            {
                Tag = "service",
                Linked = true,
                Condition = Field.AnyOf(link.Targets.Take(4).Select(t => (FieldExpression)Field.Service(t.Name))),
            },
            LinkKind.Key when Catalogued.FieldOf(target) is { } field => new Term(TermKind.Field, text, i, link.End)
            {
                Fields = [field],
                Linked = true,
            },
            LinkKind.Value when link.Quality >= 0.95 => new Term(TermKind.Condition, text, i, link.End)
            {
                Condition = Field.AnyOf(link.Targets.Take(4).Select(Catalogued.Condition).OfType<FieldExpression>()),
                Linked = true,
            },
            LinkKind.Operation when link.Quality >= 0.95 => new Term(TermKind.Condition, text, i, link.End)
            {
                Condition = Field.AnyOf(
                    link.Targets.Select(t => t.Name).Distinct().Take(4).Select(n => (FieldExpression)Field.Of(Intrinsic.Name).Is(n))
                ),
                Linked = true,
            },
            _ => null,
        };
    }

    private Term Named(int i, int end)
    {
        var text = _sentence.Words(i, end);
        if (text is "i.e" or "e.g")
            return new Term(TermKind.Break, text, i, end);
        if (Conventions.IsId(text.Replace("-", "", StringComparison.Ordinal)))
            return new Term(TermKind.Id, text, i, end);
        if (Conventions.IsException(text))
            return new Term(TermKind.Condition, text, i, end) { Condition = Field.Event("exception.type").Is(text) };
        if (text.Length > 4 && text[^2..] is "th" && Conventions.Quantile("p" + text[..^2]) is { } quantile)
            return new Term(TermKind.Quantile, text, i, end) { Value = quantile };
        var fields =
            Conventions.IsHost(text.ToLowerInvariant()) || text.Contains('/', StringComparison.Ordinal) ? null : Conventions.Written(text);
        var dotted = text.Contains('.', StringComparison.Ordinal) || fields is IntrinsicReference;
        return fields is not null && dotted
            ? new Term(TermKind.Field, text, i, end)
            {
                Tag = "written",
                Fields =
                    Catalogued.Known(_sentence.Index, text) is { Count: > 0 } known
                    && fields is AttributeReference
                    && !text.StartsWith("span.", StringComparison.Ordinal)
                    && !text.StartsWith("resource.", StringComparison.Ordinal)
                        ? known
                        : [fields],
            }
            : new Term(TermKind.Name, text, i, end)
            {
                Fields = fields is not null && text.Contains('_', StringComparison.Ordinal) ? [fields] : [],
            };
    }

    private Term Plain(int i)
    {
        var wordToken = _tokens[i];
        if (wordToken.Kind == WordTokenKind.Word && Conventions.IsException(wordToken.Text))
            return new Term(TermKind.Condition, wordToken.Text, i, i + 1)
            {
                Condition = Field.Event("exception.type").Is(wordToken.Text.TrimEnd('s')),
            };
        if (wordToken.Kind == WordTokenKind.Word && Conventions.IsId(wordToken.Text))
            return new Term(TermKind.Id, wordToken.Text, i, i + 1);
        // "Checkout spans": a sentence begins with a capital, a name seldom does.
        if (
            _terms.Count == 0
            && wordToken.Kind == WordTokenKind.Word
            && wordToken.Text.Length > 0
            && char.IsUpper(wordToken.Text[0])
            && wordToken.Text.Skip(1).All(char.IsLower)
        )
            return new Term(IsEmpty(wordToken.Lower) ? TermKind.Filler : TermKind.Unknown, wordToken.Lower, i, i + 1);
        if (wordToken.Kind == WordTokenKind.Symbol && wordToken.Text is "[" or "]" or "{" or "}" or "^" or "$" or "~" or "|")
            return new Term(TermKind.Sign, wordToken.Text, i, i + 1);
        if (wordToken.Kind != WordTokenKind.Word)
            return new Term(TermKind.Function, wordToken.Text, i, i + 1);
        return new Term(IsEmpty(wordToken.Lower) ? TermKind.Filler : TermKind.Unknown, wordToken.Text, i, i + 1);
    }

    // "users" says nothing in a question; here it may well be a table or a service.
    private static bool IsEmpty(string lower) =>
        FillerWords.IsFiller(lower) && lower is not ("user" or "users" or "customer" or "customers" or "client" or "clients");
}
