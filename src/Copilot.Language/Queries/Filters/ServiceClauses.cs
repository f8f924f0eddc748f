using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Names of services: where "service" stands beside them, where the catalogue knows them, and plain words where they stand like
/// one.</summary>
internal sealed class ServiceClauses(TermCursor cursor, KnownNamesIndex index)
{
    public static readonly IReadOnlyList<FieldExpression> ServiceName = [Field.Resource("service.name")];

    public IReadOnlyList<Clause>? AfterService()
    {
        var next = cursor.Next;
        if (next is { Linked: true, Condition: not null })
        {
            cursor.Skip();
            return Whole(next);
        }

        // "the search service": a word that does something else elsewhere.
        if (
            cursor.Before
                is {
                    Kind: TermKind.Function,
                    Lower: "search" or "list" or "display" or "lookup" or "filter" or "show" or "fetch" or "locate"
                } named
            && cursor.Peek(cursor.At - 2) is { Kind: TermKind.Article }
        )
            return Skipped(Service(named.Text));
        var letter =
            next is { Kind: TermKind.Article, Lower: "a" }
            && cursor.Peek(cursor.At + 2) is null or { Kind: TermKind.Break or TermKind.And };
        if (
            !letter && next is not { Kind: TermKind.Name or TermKind.Text or TermKind.Unknown }
            || cursor.Before is { Kind: TermKind.Name or TermKind.Unknown or TermKind.Text }
        )
            return null;
        cursor.Skip();
        return Skipped(Service(next!.Text));
    }

    public bool IsList()
    {
        var at = cursor.At + 1;
        while (
            cursor.Peek(at)
                is {
                    Kind: TermKind.And
                        or TermKind.Or
                        or TermKind.Comma
                        or TermKind.Article
                        or TermKind.Unknown
                        or TermKind.Name
                        or TermKind.Condition
                        or TermKind.Filler
                }
        )
            at++;
        return cursor.Peek(at) is { Kind: TermKind.Service } && at > cursor.At + 1;
    }

    // "the server and the client services"
    public IReadOnlyList<Clause> List()
    {
        var text = cursor.Current!.Text;
        cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Service })
            cursor.Skip();
        return [Service(text)];
    }

    private static Clause Service(string name) => new() { Fields = ServiceName, Value = Literal.Of(name) };

    public IReadOnlyList<Clause> Whole(Term term)
    {
        cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Service })
            cursor.Skip();
        return [new Clause { Whole = term.Condition }];
    }

    public IReadOnlyList<Clause>? Starred(Term term)
    {
        if (cursor.Next is not { Text: "*" })
            return null;
        cursor.Skip(2);
        return
        [
            new Clause
            {
                Fields = ServiceName,
                Operator = FieldOperator.Matches,
                Value = Literal.Of(Values.Pattern("prefix", term.Text)),
            },
        ];
    }

    public IReadOnlyList<Clause> Trailing(Term term)
    {
        cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Service })
            cursor.Skip();
        return [Service(term.Text)];
    }

    /// <summary>A plain word is a service only where it stands like one: "the api service", "on frontend", "checkout spans".</summary>
    public IReadOnlyList<Clause>? Word(Term term, Clause? said)
    {
        var next = cursor.Next;
        var before = cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both);
        if (next is { Kind: TermKind.Service } || IsList())
            return term.Kind == TermKind.Unknown || cursor.Before is { Kind: TermKind.Article } || next is { Kind: TermKind.Service }
                ? Trailing(term)
                : null;
        if (next is { Kind: TermKind.Subject, Tag: "event", Lower: "event" or "events" })
            return Skipped(new Clause { Fields = [Field.Of(Intrinsic.EventName)], Value = Literal.Of(term.Text) });
        if (term.Kind == TermKind.Filler || IsStranger(term) || IsOrdinary(term))
            return null;
        if (
            before is { Kind: TermKind.Whose }
            && next is { Kind: TermKind.Also } or { Kind: TermKind.Function, Lower: "appears" or "shows up" or "appeared" }
        )
            return Trailing(term);
        if (
            before is { Kind: TermKind.And or TermKind.Comma }
            && next is { Kind: TermKind.Condition, Lower: "fails" or "fail" or "failed" or "errors" }
        )
            return Trailing(term);
        if (
            before is { Kind: TermKind.Function, Lower: "does" or "do" or "did" }
            && next is { Kind: TermKind.Condition or TermKind.Relation }
        )
            return Trailing(term);
        // "errors that are not timeouts"
        if (
            before is { Kind: TermKind.Not }
            && cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both, TermKind.Not) is { Kind: TermKind.Copula }
        )
            return null;
        // "of the login route /login"
        if (next is { Kind: TermKind.Field } && cursor.Peek(cursor.At + 2) is { Kind: TermKind.Path or TermKind.Text or TermKind.Name })
            return null;
        if (before is { Kind: TermKind.Prep or TermKind.Relation or TermKind.Not } && next is not { Kind: TermKind.Unknown })
            return Trailing(term);
        if (before is { Kind: TermKind.Or } && said is { IsEquality: true } && said.Key != "resource.service.name")
            return null;
        if (
            before is { Kind: TermKind.Or or TermKind.And or TermKind.Comma }
            && (next is null or { Kind: TermKind.Break or TermKind.Or or TermKind.And or TermKind.Comma })
        )
            return Trailing(term);
        return
            next
                is { Kind: TermKind.Subject }
                    or { Kind: TermKind.Condition, Lower: "errors" or "failures" or "error" }
                    or { Kind: TermKind.Field, Lower: "latency" or "duration" or "response time" }
            ? Guessed(term)
            : null;
    }

    // "from production or canary", "in a or b with errors": a value of what was said last.
    public IReadOnlyList<Clause>? Alike(Term term, Clause? before) =>
        term.Kind == TermKind.Unknown
        && cursor.Before is { Kind: TermKind.Or }
        && before is { IsEquality: true }
        && before.Alternatives is { Count: > 0 } fields
        && cursor.Next
            is null
                or { Kind: TermKind.With or TermKind.Whose or TermKind.Without or TermKind.Break or TermKind.And or TermKind.Prep }
            ? Skipped(new Clause { Fields = fields, Value = Literal.Of(term.Text) })
            : null;

    /// <summary>Where there is a catalogue, a name that it does not know is none: better left unread than looked for.</summary>
    public bool IsStranger(Term term) =>
        index.Catalogue.Services.Count > 0
        && cursor.Next is not { Kind: TermKind.Service }
        && index.Services.Find(NameParts.Joined(NameParts.Of(term.Text))) is null;

    // "throttled", "medians": participles, and plurals of words that mean something else.
    private static bool IsOrdinary(Term term) =>
        term.Lower.Length > 4
        && (
            term.Lower.EndsWith("ed", StringComparison.Ordinal) && !term.Lower.EndsWith("eed", StringComparison.Ordinal)
            || term.Lower.EndsWith("ly", StringComparison.Ordinal) && !term.Lower.EndsWith("ply", StringComparison.Ordinal)
            || term.Lower.EndsWith('s') && PhraseBook.StartingWith(term.Lower[..^1]).Any(p => p.Words.Count == 1)
        );

    private IReadOnlyList<Clause> Guessed(Term term) => [Trailing(term)[0] with { Weak = true }];

    private IReadOnlyList<Clause> Skipped(Clause clause)
    {
        cursor.Skip();
        return [clause];
    }
}
