using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Words that say something of a span all by themselves: "failed", "redis", "production"; beside other words they may be
/// names.</summary>
internal sealed class ConditionClauses(TermCursor cursor, KnownNamesIndex index, ServiceClauses services, TitleClauses titles)
{
    public IReadOnlyList<Clause>? Read(Term term)
    {
        var phrase = PhraseBook
            .StartingWith(term.Lower.Split(' ', '-')[0])
            .FirstOrDefault(p => p.Condition == term.Condition && p.NeedsNoun);
        var next = cursor.Next;
        if (
            phrase is not null
            && (
                next is { Kind: TermKind.Service or TermKind.And or TermKind.Or } && services.IsList() || next is { Kind: TermKind.Service }
            )
        )
            return services.List();
        // "the db service", "the kafka service"
        if (
            next is { Kind: TermKind.Service, Lower: "service" }
            && cursor.Before is { Kind: TermKind.Article, Lower: "the" }
            && !term.Linked
            && new Clause { Whole = term.Condition }.Alternatives.Any(f =>
                f is AttributeReference { Name: "db.system" or "messaging.system" }
            )
        )
            return services.List();
        // "HTTP 500", "HTTP GET": the code or method says it all.
        if (
            term.Lower == "http"
            && cursor.Peek(cursor.At + 1)
                is { Kind: TermKind.Number or TermKind.Method or TermKind.Operation }
                    or { Kind: TermKind.Condition, Lower: ['1' or '2' or '3' or '4' or '5', ..] }
        )
        {
            cursor.Skip();
            return [];
        }

        if (term.Lower is "exception" or "exceptions" && next is { Kind: TermKind.Text or TermKind.Name } type)
        {
            cursor.Skip(2);
            return [new Clause { Fields = [Field.Event("exception.type")], Value = Literal.Of(type.Text) }];
        }

        if (
            IsDatabase(term)
            && next is { Kind: TermKind.Called }
            && titles.Title(cursor.At + 2, PhraseBook.StartingWith("db").First(p => p.Words is ["db", "name"]).Fields) is { } called
        )
            return called;
        if (IsDatabase(term) && next is { Kind: TermKind.Name or TermKind.Text } database && !database.Linked)
        {
            cursor.Skip(2);
            return
            [
                new Clause
                {
                    Fields = PhraseBook.StartingWith("db").First(p => p.Words is ["db", "name"]).Fields,
                    Value = Literal.Of(database.Text),
                },
            ];
        }

        cursor.Skip();
        // "PostgreSQL database": the system says that it is one.
        if (
            cursor.Current is { Kind: TermKind.Condition } database2
            && IsDatabase(database2)
            && term.Condition!.ToString().Contains("span.db.", StringComparison.Ordinal)
            && !IsDatabase(term)
        )
            cursor.Skip();
        if (
            cursor.Current is { Kind: TermKind.Field, Tag: not "written" } noun
            && noun.Fields.Any(f => f.ToString() == new Clause { Whole = term.Condition }.Key)
        )
            cursor.Skip();
        return [new Clause { Whole = Simplified(term.Condition!) }];
    }

    private static bool IsDatabase(Term term) =>
        term.Lower is "database" or "databases" or "db" or "sql" && term.Kind == TermKind.Condition;

    /// <summary>Without the names that the catalogue knows no span to carry.</summary>
    private FieldExpression Simplified(FieldExpression condition)
    {
        if (condition is not FieldBinary { Operator: FieldOperator.Or } or)
            return condition;
        var left = Known(or.Left);
        var right = Known(or.Right);
        return left == right ? condition
            : left ? Simplified(or.Left)
            : or.Right;
    }

    private bool Known(FieldExpression e) =>
        e is FieldBinary b
        && (
            b.Operator.IsLogical()
                ? Known(b.Left) || Known(b.Right)
                : b.Left is AttributeReference a && index.Attributes.Keyed(a.Name).Count > 0
        );
}

/// <summary>A place among terms.</summary>
internal sealed class TermCursor(IReadOnlyList<Term> terms)
{
    public int At { get; private set; }

    public bool AtEnd => At >= terms.Count;

    public Term? Current => Peek(At);

    public Term? Next => Peek(At + 1);

    public Term? Before => Peek(At - 1);

    public Term? Peek(int at) => at >= 0 && at < terms.Count ? terms[at] : null;

    public bool Any(Func<Term, bool> which) => terms.Any(which);

    public void Skip(int count = 1) => At += count;

    public void GoTo(int at) => At = at;

    /// <summary>Back to where a reading began that came to nothing.</summary>
    public IReadOnlyList<Clause>? Back(int to)
    {
        At = to;
        return null;
    }

    /// <summary>The place of the first term from here that is none of these.</summary>
    public int After(int from, params ReadOnlySpan<TermKind> kinds)
    {
        while (Peek(from) is { } term && kinds.Contains(term.Kind))
            from++;
        return from;
    }

    /// <summary>The last term before a place that is none of these.</summary>
    public Term? Preceding(int at, params ReadOnlySpan<TermKind> kinds)
    {
        at--;
        while (Peek(at) is { } term && kinds.Contains(term.Kind))
            at--;
        return Peek(at);
    }
}
