using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>From the tokens of a sentence to terms. What means a time, and so the window, is left out.</summary>
internal sealed class TermReader
{
    private readonly Sentence sentence;
    private readonly IReadOnlyList<Token> tokens;
    private readonly List<Term> terms = [];

    private TermReader(Sentence sentence)
    {
        this.sentence = sentence;
        tokens = sentence.Tokens;
    }

    public static IReadOnlyList<Term> Read(Sentence sentence)
    {
        var reader = new TermReader(sentence);
        for (var i = 0; i < reader.tokens.Count;)
            i = reader.Next(i);
        return reader.terms;
    }

    private Term? Last => terms.Count > 0 ? terms[^1] : null;

    private int Next(int i)
    {
        if (sentence.TimeAt(i) is { } time && tokens[i].Kind is not TokenKind.Duration && !IsCount(time))
            return Math.Max(time.End, i + 1);
        if (AttributeMentions.Read(tokens, i, sentence.Index, (from, to) => sentence.Words(from, to)) is { } attribute)
            return Add(attribute);
        // "a non-2xx answer"
        if (tokens[i].Lower == "non" && GroupEnd(i) == i + 2 && Conventions.StatusClass(tokens[i + 1].Lower) is not null)
            return Add(new Term(TermKind.Not, tokens[i].Text, i, i + 1));
        if (Typed(i) is { } typed)
            return Add(typed);
        var end = GroupEnd(i);
        if (Linked(i, end) is { } linked)
            return Add(linked);
        if (Known(i, end) is { } known)
            return Add(known);
        if (end > i + 1 && Enumerable.Range(i, end - i).All(k => tokens[k].Text.All(char.IsDigit) && (k == i || tokens[k].Glue == '/')))
        {
            for (; i < end; i++)
                Add(new Term(TermKind.Number, tokens[i].Text, i, i + 1) { Value = double.Parse(tokens[i].Text, System.Globalization.CultureInfo.InvariantCulture) });
            return end;
        }

        return end > i + 1 ? Add(Named(i, end)) : Add(Plain(i));
    }

    // "between 5 and 10 spans" is no time.
    private bool IsCount(TimeMention time) => terms.LastOrDefault(t => t.End <= time.Start) is { Kind: TermKind.Field or TermKind.Copula } or { Kind: TermKind.Name, Fields.Count: > 0 } && Enumerable.Range(time.Start, time.End - time.Start).All(k => tokens[k].Kind is TokenKind.Number || tokens[k].Lower is "between" or "and" or "from" or "to")
        || time.End < tokens.Count && Enumerable.Range(time.Start, time.End - time.Start).All(k => tokens[k].Kind is TokenKind.Number or TokenKind.Word or TokenKind.Symbol)
        && Enumerable.Range(time.Start, time.End - time.Start).Any(k => tokens[k].Kind == TokenKind.Number) && PhraseBook.StartingWith(tokens[time.End].Lower).Any(p => p.Kind is TermKind.Subject or TermKind.Condition);

    private int Add(Term term)
    {
        terms.Add(term);
        return term.End;
    }

    /// <summary>What the shape alone tells.</summary>
    private Term? Typed(int i)
    {
        var token = tokens[i];
        if (token.Kind is TokenKind.Quoted)
            return new Term(TermKind.Text, token.Text, i, i + 1);
        if (token.Kind is TokenKind.TraceId or TokenKind.SpanId)
            return new Term(TermKind.Id, token.Text, i, i + 1);
        if (token.Kind is TokenKind.Path)
            return new Term(TermKind.Path, token.Text, i, i + 1);
        if (Code(i) is { } code)
            return code;
        if (token.IsSymbol("-") && i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.Number && Last is not { IsValue: true })
            return new Term(TermKind.Number, "-" + tokens[i + 1].Text, i, i + 2) { Value = -tokens[i + 1].Value };
        if (GroupEnd(i) > i + 1 && token.Kind == TokenKind.Word)
            return null;
        if (Numerals.Duration(tokens, i) is { } length && !(Last is { Kind: TermKind.By or TermKind.Rate }))
            return new Term(TermKind.Duration, sentence.Words(i, length.End), i, length.End) { Value = length.Nanos };
        if (token.Kind == TokenKind.Number && token.Text.Length >= 12)
            return new Term(TermKind.Id, token.Text, i, i + 1);
        if (token.Kind is TokenKind.Percent)
            return new Term(TermKind.Number, token.Text, i, i + 1) { Value = token.Value, Tag = "%" };
        if (token.Lower is "once" or "twice" or "thrice" && Last is { Kind: TermKind.Compare })
            return new Term(TermKind.Number, token.Text, i, i + 1) { Value = token.Lower switch { "once" => 1, "twice" => 2, _ => 3 }, Tag = "times" };
        if (token.Kind is TokenKind.Version)
            return new Term(TermKind.Name, token.Text, i, i + 1);
        return token.Lower is "one" or "ones" && Last is not ({ Kind: TermKind.Compare or TermKind.Top or TermKind.Not } or { Lower: "only" or "just" }) && !(i + 1 < tokens.Count && tokens[i + 1].Lower is "or" or "more") ? null
            : Numerals.Number(tokens, i) is { } number ? new Term(TermKind.Number, sentence.Words(i, number.End), i, number.End) { Value = number.Value } : null;
    }

    /// <summary>"5xx", "404s", "GET", "GET /x", "p99", "SELECTs", "2kb".</summary>
    private Term? Code(int i)
    {
        var token = tokens[i];
        if (Conventions.StatusClass(token.Lower) is { } group && (token.Glue is '\0' or '/' || Last is { Kind: TermKind.Not, Lower: "non" }))
            return new Term(TermKind.Condition, token.Text, i, i + 1) { Condition = StatusCodes(c => c.Compared(FieldOperator.GreaterOrEqual, Literal.Of(group * 100L)).And(c.Compared(FieldOperator.Less, Literal.Of(group * 100L + 100)))) };
        if (token.Lower.Length == 4 && token.Lower[3] == 's' && token.Lower[..3].All(char.IsDigit) && token.Lower[0] is >= '1' and <= '5' && Last is not { Kind: TermKind.Compare or TermKind.Between })
            return new Term(TermKind.Condition, token.Text, i, i + 1) { Condition = StatusCodes(c => c.Is(long.Parse(token.Lower[..3], System.Globalization.CultureInfo.InvariantCulture))) };
        var verb = token.Text is "HTTP" && i + 1 < tokens.Count ? i + 1 : i;
        // "successful POSTs"
        if (token.Text is [.., 's'] && Conventions.IsMethod(token.Text[..^1]) && GroupEnd(i) == i + 1)
            return new Term(TermKind.Method, token.Text, i, i + 1) { Tag = token.Text[..^1], Fields = PhraseBook.FieldsOf("method") };
        if (Conventions.IsMethod(tokens[verb].Text) && GroupEnd(i) == i + 1)
        {
            return verb + 1 < tokens.Count && tokens[verb + 1].Kind == TokenKind.Path
                ? new Term(TermKind.Operation, tokens[verb].Text + " " + tokens[verb + 1].Text, i, verb + 2)
                : new Term(TermKind.Method, sentence.Words(i, verb + 1), i, verb + 1) { Tag = tokens[verb].Text, Fields = PhraseBook.FieldsOf("method") };
        }

        if (GroupEnd(i) > i + 1 && token.Glue == '\0' && tokens[i + 1].Glue != '/')
            return null;
        if (Conventions.Quantile(token.Lower) is { } quantile)
            return new Term(TermKind.Quantile, token.Text, i, i + 1) { Value = quantile };
        if (token.Lower.Length > 2 && token.Lower[^2..] is "th" or "nd" or "st" && Conventions.Quantile("p" + token.Lower[..^2]) is { } nth)
            return new Term(TermKind.Quantile, token.Text, i, i + 1) { Value = nth };
        if (Conventions.Size(token.Lower) is { } size)
            return new Term(TermKind.Number, token.Text, i, i + 1) { Value = size };
        var written = i + 1 < tokens.Count && tokens[i + 1].Lower is "queries" or "query" or "statement" or "statements" ? token.Text.ToUpperInvariant() : token.Text;
        return Conventions.Statement(written) is { } statement
            ? new Term(TermKind.Condition, token.Text, i, i + 1) { Condition = Field.AnyOf(PhraseBook.StartingWith("db").First(p => p.Words is [_, "operation"]).Fields.Select(f => f.Is(statement))) } : null;
    }

    private static FieldExpression StatusCodes(Func<FieldExpression, FieldExpression> of) =>
        Field.AnyOf(PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields.Select(of))!;

    private int GroupEnd(int i)
    {
        var end = i + 1;
        while (end < tokens.Count && tokens[end].Group == tokens[i].Group && tokens[end].Glue != '\0')
            end++;
        return end;
    }

    private Term? Known(int i, int end)
    {
        if (tokens[i].Kind is not (TokenKind.Word or TokenKind.Symbol))
            return null;
        foreach (var phrase in PhraseBook.StartingWith(tokens[i].Lower))
        {
            var stop = i + phrase.Words.Count;
            if (stop > tokens.Count || !Enumerable.Range(0, phrase.Words.Count).All(k => Same(tokens[i + k], phrase.Words[k])) || Splits(i, stop) || !PhraseSense.Fits(phrase, tokens, stop, terms))
                continue;
            return new Term(phrase.Kind, sentence.Words(i, stop), i, stop) { Tag = phrase.Tag, Fields = phrase.Fields, Condition = phrase.Condition };
        }

        return end > i + 1 && tokens[i + 1].Glue is '-' or '/' && AllKnown(i, end) && Known(i, i + 1) is { } first ? first : null;
    }

    private static bool Same(Token token, string word) => token.Lower == word || token.Text == word;

    // A phrase must not end inside of a name, unless the whole name is words of the lexicon: "order-service", but "server-side spans".
    private bool Splits(int i, int stop)
    {
        for (var k = i; k < stop; k++)
        {
            if (k > i && tokens[k].Glue is '.' or '_' or Token.CamelGlue or ':')
                return true;
        }

        return stop < tokens.Count && tokens[stop].Glue != '\0' && !AllKnown(i, GroupEnd(stop - 1)) || tokens[i].Glue is '.' or '_' or ':';
    }

    private bool AllKnown(int i, int end)
    {
        while (i > 0 && tokens[i].Glue != '\0')
            i--;
        return Enumerable.Range(i, end - i).All(k => PhraseBook.Knows(tokens[k].Lower) && (k == i || tokens[k].Glue is '-' or '/'))
            && PhraseBook.StartingWith(tokens[i].Lower).All(p => p.Words.Count > 1 || p.Kind is not (TermKind.Article or TermKind.Prep or TermKind.Service or TermKind.Function))
            && !PhraseBook.StartingWith(tokens[end - 1].Lower).Any(p => p.Words.Count == 1 && p.Kind is TermKind.Service);
    }

    private Term? Linked(int i, int end)
    {
        if (sentence.LinkAt(i) is not { } link || link.Start != i || link.Quality < 0.85 || link.Targets.Count == 0)
            return null;
        var target = link.Targets[0];
        var text = sentence.Words(i, link.End);
        // A plain word of the lexicon means what it says there, also where some value of an attribute is called like it.
        if (link.Kind != LinkKind.Service && link.Length == 1 && end == i + 1 && PhraseBook.StartingWith(tokens[i].Lower).Any(p => p.Words.Count == 1 && p.Kind is not (TermKind.Field or TermKind.Condition)))
            return null;
        // What it says of every span goes before what some attribute is called: "client spans", "database calls".
        if (end == i + 1 && PhraseBook.StartingWith(tokens[i].Lower).FirstOrDefault(p => p.Words.Count == 1 && p.Kind == TermKind.Condition) is { Condition: { } said }
            && (link.Kind == LinkKind.Key || said is FieldBinary { Left: IntrinsicReference }) && link.Kind != LinkKind.Service)
            return null;
        return link.Kind switch
        {
            LinkKind.Service when link.Quality >= 0.9 => new Term(TermKind.Name, text, i, link.End) { Tag = "service", Linked = true, Condition = Field.AnyOf(link.Targets.Take(4).Select(t => (FieldExpression)Field.Service(t.Name))) },
            LinkKind.Key when Catalogued.Field(target) is { } field => new Term(TermKind.Field, text, i, link.End) { Fields = [field], Linked = true },
            LinkKind.Value when link.Quality >= 0.95 => new Term(TermKind.Condition, text, i, link.End) { Condition = Field.AnyOf(link.Targets.Take(4).Select(Catalogued.Condition).OfType<FieldExpression>()), Linked = true },
            LinkKind.Operation when link.Quality >= 0.95 => new Term(TermKind.Condition, text, i, link.End) { Condition = Field.AnyOf(link.Targets.Select(t => t.Name).Distinct().Take(4).Select(n => (FieldExpression)Field.Of(Intrinsic.Name).Is(n))), Linked = true },
            _ => null,
        };
    }

    private Term Named(int i, int end)
    {
        var text = sentence.Words(i, end);
        if (text is "i.e" or "e.g")
            return new Term(TermKind.Break, text, i, end);
        if (Conventions.IsId(text.Replace("-", "", StringComparison.Ordinal)))
            return new Term(TermKind.Id, text, i, end);
        if (Conventions.IsException(text))
            return new Term(TermKind.Condition, text, i, end) { Condition = Field.Event("exception.type").Is(text) };
        if (text.Length > 4 && text[^2..] is "th" && Conventions.Quantile("p" + text[..^2]) is { } quantile)
            return new Term(TermKind.Quantile, text, i, end) { Value = quantile };
        var fields = Conventions.IsHost(text.ToLowerInvariant()) || text.Contains('/', StringComparison.Ordinal) ? null : Conventions.Written(text);
        var dotted = text.Contains('.', StringComparison.Ordinal) || fields is IntrinsicReference;
        return fields is not null && dotted
            ? new Term(TermKind.Field, text, i, end) { Tag = "written", Fields = Catalogued.Known(sentence.Index, text) is { Count: > 0 } known && fields is AttributeReference && !text.StartsWith("span.", StringComparison.Ordinal) && !text.StartsWith("resource.", StringComparison.Ordinal) ? known : [fields] }
            : new Term(TermKind.Name, text, i, end) { Fields = fields is not null && text.Contains('_', StringComparison.Ordinal) ? [fields] : [] };
    }

    private Term Plain(int i)
    {
        var token = tokens[i];
        if (token.Kind == TokenKind.Word && Conventions.IsException(token.Text))
            return new Term(TermKind.Condition, token.Text, i, i + 1) { Condition = Field.Event("exception.type").Is(token.Text.TrimEnd('s')) };
        if (token.Kind == TokenKind.Word && Conventions.IsId(token.Text))
            return new Term(TermKind.Id, token.Text, i, i + 1);
        // "Checkout spans": a sentence begins with a capital, a name seldom does.
        if (terms.Count == 0 && token.Kind == TokenKind.Word && token.Text.Length > 0 && char.IsUpper(token.Text[0]) && token.Text.Skip(1).All(char.IsLower))
            return new Term(IsEmpty(token.Lower) ? TermKind.Filler : TermKind.Unknown, token.Lower, i, i + 1);
        if (token.Kind == TokenKind.Symbol && token.Text is "[" or "]" or "{" or "}" or "^" or "$" or "~" or "|")
            return new Term(TermKind.Sign, token.Text, i, i + 1);
        if (token.Kind != TokenKind.Word)
            return new Term(TermKind.Function, token.Text, i, i + 1);
        return new Term(IsEmpty(token.Lower) ? TermKind.Filler : TermKind.Unknown, token.Text, i, i + 1);
    }

    // "users" says nothing in a question; here it may well be a table or a service.
    private static bool IsEmpty(string lower) => FillerWords.IsFiller(lower) && lower is not ("user" or "users" or "customer" or "customers" or "client" or "clients");
}
