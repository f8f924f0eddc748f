using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>Turns of phrase that say what no single word of theirs does.</summary>
internal sealed class IdiomClauses(TermCursor cursor)
{
    public IReadOnlyList<Clause>? Read()
    {
        var term = cursor.Current!;
        return term.Kind switch
        {
            TermKind.With or TermKind.Function => InName(),
            TermKind.Condition when term.Lower.StartsWith("exception", StringComparison.Ordinal) && cursor.Next is { Kind: TermKind.Match } => Mentioned(),
            TermKind.Condition or TermKind.Name when cursor.Next is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.InstrumentationName }] } library => Library(term, library),
            _ => null,
        };
    }

    // "services with user in the name"
    private IReadOnlyList<Clause>? InName()
    {
        var part = cursor.Peek(cursor.At + 1);
        var at = cursor.After(cursor.At + 2, TermKind.Function);
        if (part is not { Kind: TermKind.Unknown or TermKind.Filler or TermKind.Text or TermKind.Name } || cursor.Peek(at) is not { Kind: TermKind.Prep, Lower: "in" })
            return null;
        at = cursor.After(at + 1, TermKind.Article, TermKind.Pronoun);
        if (cursor.Peek(at) is not { Kind: TermKind.Field } noun || !noun.Lower.EndsWith("name", StringComparison.Ordinal) && !noun.Lower.EndsWith("names", StringComparison.Ordinal))
            return null;
        IReadOnlyList<FieldExpression> names = cursor.Before is { Kind: TermKind.Service } && noun.Lower is "name" or "names" ? [Field.Resource("service.name")] : noun.Fields;
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
        while (cursor.Current is { } word && word.Kind is not (TermKind.And or TermKind.Or or TermKind.Comma or TermKind.Break or TermKind.Prep or TermKind.Whose or TermKind.With))
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
