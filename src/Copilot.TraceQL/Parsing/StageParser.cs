using System.Diagnostics.CodeAnalysis;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>The leaves outside the braces: filters, grouping, selection, aggregates, numbers, hints.</summary>
internal sealed class StageParser(TokenReader tokens, FieldParser fields)
{
    private static readonly Dictionary<string, AggregateKind> Aggregates = Enum.GetValues<AggregateKind>()
        .ToDictionary(k => k.ToString().ToLowerInvariant());

    public SpansetFilter ParseFilter()
    {
        var open = tokens.Expect("{");
        FieldExpression condition = Literal.Of(true);
        if (!tokens.Current.IsSymbol("}") && !(tokens.Lenient && tokens.Current.Kind == TokenKind.End))
            condition = fields.Parse();
        if (!(tokens.Lenient && tokens.Current.Kind == TokenKind.End))
            ExpectEndOfFilter();
        return new SpansetFilter(condition) { At = open.At.To(tokens.Previous.At) };
    }

    private void ExpectEndOfFilter()
    {
        if (!tokens.Current.IsSymbol("}"))
            throw tokens.Unexpected("an operator or `}`");
        tokens.Take();
    }

    public bool TryParseStage(bool first, [NotNullWhen(true)] out PipelineStage? stage)
    {
        var start = tokens.Current.At;
        stage = null;
        if (tokens.AtCall("by"))
        {
            stage = new GroupBy(ParseBracketed(fields.Parse)) { At = start.To(tokens.Previous.At) };
        }
        else if (tokens.AtCall("select"))
        {
            stage = new Select(ParseReferences()) { At = start.To(tokens.Previous.At) };
        }
        else if (tokens.AtCall("coalesce"))
        {
            if (first)
                throw new SyntaxException("unexpected `coalesce`, a pipeline cannot begin with it", start);
            tokens.Take();
            tokens.Expect("(");
            tokens.Expect(")");
            stage = new Coalesce { At = start.To(tokens.Previous.At) };
        }

        return stage is not null;
    }

    public bool TryParseAggregate([NotNullWhen(true)] out Aggregate? aggregate)
    {
        aggregate = null;
        var start = tokens.Current;
        if (start.Kind != TokenKind.Word || !tokens.Next.IsSymbol("(") || !Aggregates.TryGetValue(start.Text, out var kind))
            return false;
        FieldExpression? expression = null;
        if (kind != AggregateKind.Count)
        {
            expression = ParseBracketed(fields.Parse);
        }
        else
        {
            tokens.Take();
            tokens.Take();
            tokens.Expect(")");
        }

        aggregate = new Aggregate(kind, expression) { At = start.At.To(tokens.Previous.At) };
        return true;
    }

    public bool TryParseNumber([NotNullWhen(true)] out Literal? number)
    {
        number = null;
        var start = tokens.Current;
        var negative = start.IsSymbol("-");
        var token = negative ? tokens.Next : start;
        if (token.Kind is not (TokenKind.Integer or TokenKind.Float or TokenKind.Duration))
            return false;
        if (negative)
            tokens.Take();
        number = Literals.Read(tokens.Take(), negative) with { At = start.At.To(tokens.Previous.At) };
        return true;
    }

    /// <summary><c>(a, b)</c> after the word at hand: attributes and intrinsics, no calculation.</summary>
    public EquatableList<FieldExpression> ParseReferences()
    {
        tokens.Take();
        tokens.Expect("(");
        var references = new List<FieldExpression>();
        do references.Add(fields.ParseReference());
        while (tokens.TakeIf(","));
        if (!tokens.Current.IsSymbol(")"))
            throw tokens.Unexpected("`,` or `)`");
        tokens.Take();
        return [.. references];
    }

    public EquatableList<Hint> ParseHints()
    {
        tokens.Take();
        tokens.Expect("(");
        var hints = new List<Hint>();
        do
        {
            if (tokens.Current.Kind != TokenKind.Word)
                throw tokens.Unexpected("a hint's name");
            var name = tokens.Take().Text;
            tokens.Expect("=");
            hints.Add(new Hint(name, ParseHintValue()));
        } while (tokens.TakeIf(","));
        tokens.Expect(")");
        return [.. hints];
    }

    private Literal ParseHintValue()
    {
        if (TryParseNumber(out var number))
            return number;
        if (tokens.Current.Kind == TokenKind.Text)
            return Literals.Read(tokens.Take(), negative: false);
        if (tokens.Current.Kind == TokenKind.Word && Literals.Keyword(tokens.Current.Text) is { } keyword)
        {
            tokens.Take();
            return keyword;
        }

        throw tokens.Unexpected("a hint's value, such as true or 0.1");
    }

    private T ParseBracketed<T>(Func<T> parse)
    {
        tokens.Take();
        tokens.Expect("(");
        var inner = parse();
        tokens.Expect(")");
        return inner;
    }
}
