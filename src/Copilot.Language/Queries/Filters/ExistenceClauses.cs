using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Whether an attribute is there at all: "without a route", "with an exception message", "missing version or
/// environment".</summary>
internal sealed class ExistenceClauses(TermCursor cursor, KnownNamesIndex index)
{
    public IReadOnlyList<Clause>? Read(bool missing)
    {
        var at = cursor.After(cursor.At + 1, TermKind.Article, TermKind.Function, TermKind.Both, TermKind.Filler);
        var start = cursor.At;
        var found = new List<Clause>();
        while (
            cursor.Peek(at) is { } noun
            && (noun.Kind == TermKind.Field || noun.Kind is TermKind.Name && noun.Fields.Count > 0)
            && !Compares(at + 1)
        )
        {
            found.Add(
                Making.Missing(Catalogued.Narrowed(index, noun.Fields), !missing) with
                {
                    Joint =
                        found.Count == 0 ? Joint.Beside
                        : missing ? Joint.Or
                        : Joint.And,
                }
            );
            var next = cursor.After(at + 1, TermKind.Comma, TermKind.Or, TermKind.And, TermKind.Article, TermKind.Function);
            cursor.GoTo(at + 1);
            if (next == at + 1)
                break;
            if (
                cursor.Peek(next - 1) is { Kind: TermKind.And }
                && cursor.Peek(next) is { Kind: TermKind.Field }
                && found.Count > 0
                && !missing
            )
            {
                at = next;
                continue;
            }

            at = next;
        }

        if (found.Count > 0)
            return Tailed(found);
        if (
            !missing
            && cursor.Peek(at) is { Kind: TermKind.Subject, Tag: "event" or "link" } part
            && cursor.Before is { Kind: TermKind.Subject, Tag: "span" or "request" or "call" }
            && cursor.Peek(at + 1) is null or { Kind: TermKind.Break or TermKind.Comma or TermKind.And or TermKind.Prep }
        )
        {
            cursor.GoTo(at + 1);
            return [Making.Missing([Field.Of(part.Tag == "event" ? Intrinsic.EventName : Intrinsic.LinkTraceId)], true)];
        }

        if (missing && cursor.Peek(at) is { Kind: TermKind.Condition, Condition: { } condition })
        {
            cursor.GoTo(at + 1);
            return [new Clause { Whole = Negation.Of(condition) }];
        }

        return cursor.Back(start);
    }

    // "without an exception message on any event": where the attribute hangs is known.
    private IReadOnlyList<Clause> Tailed(List<Clause> found)
    {
        if (
            cursor.Current is { Kind: TermKind.Prep }
            && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Function, TermKind.Article, TermKind.Single))
                is { Lower: "event" or "events" or "link" or "links" }
        )
            cursor.GoTo(cursor.After(cursor.At + 1, TermKind.Function, TermKind.Article, TermKind.Single) + 1);
        return found;
    }

    public bool Compares(int at)
    {
        var from = at;
        at = cursor.After(at, TermKind.Copula, TermKind.Not);
        return cursor.Peek(at) is { } next
            && (
                at > from && next is { Kind: TermKind.Unknown }
                || IsBare(from)
                || next.Kind
                    is TermKind.Compare
                        or TermKind.Match
                        or TermKind.Between
                        or TermKind.Absent
                        or TermKind.Present
                        or TermKind.Called
                || next.IsValue && next.Kind is not TermKind.Unknown
                || next.Kind == TermKind.Condition
                    && (
                        cursor.Peek(at - 1) is { Kind: TermKind.Copula }
                        || cursor.Peek(at - 1) is { Kind: TermKind.Field } field
                            && field.Fields.Any(f => f.ToString() == new Clause { Whole = next.Condition }.Key)
                    )
            );
    }

    // "spans with thread.name main"
    private bool IsBare(int at) =>
        cursor.Peek(at) is { Kind: TermKind.Unknown, Lower: not ("attribute" or "attributes" or "tag" or "tags" or "field") }
        && cursor.Peek(at - 1) is { Kind: TermKind.Field, Tag: "written" }
        && cursor.Peek(at + 1)
            is null
                or {
                    Kind: TermKind.And
                        or TermKind.Or
                        or TermKind.Comma
                        or TermKind.Break
                        or TermKind.With
                        or TermKind.Without
                        or TermKind.Whose
                        or TermKind.Prep
                };
}

/// <summary>Turns of phrase that say what no single word of theirs does.</summary>
internal sealed class IdiomClauses(TermCursor cursor)
{
    public IReadOnlyList<Clause>? Read()
    {
        var term = cursor.Current!;
        return term.Kind switch
        {
            TermKind.With or TermKind.Function => InName(),
            TermKind.Condition
                when term.Lower.StartsWith("exception", StringComparison.Ordinal) && cursor.Next is { Kind: TermKind.Match } => Mentioned(),
            TermKind.Condition
            or TermKind.Name
                when cursor.Next
                    is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.InstrumentationName }] } library =>
                Library(term, library),
            _ => null,
        };
    }

    // "services with user in the name"
    private IReadOnlyList<Clause>? InName()
    {
        var part = cursor.Peek(cursor.At + 1);
        var at = cursor.After(cursor.At + 2, TermKind.Function);
        if (
            part is not { Kind: TermKind.Unknown or TermKind.Filler or TermKind.Text or TermKind.Name }
            || cursor.Peek(at) is not { Kind: TermKind.Prep, Lower: "in" }
        )
            return null;
        at = cursor.After(at + 1, TermKind.Article, TermKind.Pronoun);
        if (
            cursor.Peek(at) is not { Kind: TermKind.Field } noun
            || !noun.Lower.EndsWith("name", StringComparison.Ordinal) && !noun.Lower.EndsWith("names", StringComparison.Ordinal)
        )
            return null;
        IReadOnlyList<FieldExpression> names =
            cursor.Before is { Kind: TermKind.Service } && noun.Lower is "name" or "names" ? [Field.Resource("service.name")] : noun.Fields;
        cursor.GoTo(at + 1);
        return [Making.Pattern(names, "contains", part.Text)];
    }

    // "exceptions that mention a timeout": the rest of the words, up to one that begins something else.
    private IReadOnlyList<Clause> Mentioned()
    {
        cursor.Skip();
        var tag = cursor.Current!.Tag;
        cursor.GoTo(cursor.After(cursor.At + 1, TermKind.Article));
        var text = "";
        while (
            cursor.Current is { } word
            && word.Kind
                is not (TermKind.And or TermKind.Or or TermKind.Comma or TermKind.Break or TermKind.Prep or TermKind.Whose or TermKind.With)
        )
        {
            text += (text.Length > 0 ? " " : "") + word.Text;
            cursor.Skip();
        }

        return [Making.Pattern([Field.Event("exception.message")], tag, text)];
    }

    // "the grpc instrumentation library"
    private IReadOnlyList<Clause> Library(Term name, Term library)
    {
        cursor.Skip(2);
        return [new Clause { Fields = library.Fields, Value = Literal.Of(name.Text) }];
    }
}
