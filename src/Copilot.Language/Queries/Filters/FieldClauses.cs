using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Comparisons of attributes: "status code is 500 or 503", "over 2 s", "without a route", "url contains /api/".</summary>
internal sealed class FieldClauses(TermCursor cursor, KnownNamesIndex index, bool traces)
{
    private readonly PatternClauses _patterns = new(cursor);
    private readonly ComparisonClauses _comparisons = new(cursor, index, traces);
    private readonly ExistenceClauses _existence = new(cursor, index);
    private readonly ValueClauses _values = new(cursor, index);

    /// <summary>The clauses that begin here, with the cursor behind them; null where none does.</summary>
    public IReadOnlyList<Clause>? Read(ref bool denied)
    {
        var term = cursor.Current!;
        _comparisons.See(term);
        return term.Kind switch
        {
            TermKind.Field or TermKind.Name when term.Fields.Count > 0 => OfField(ref denied),
            TermKind.Service
                when cursor.Peek(cursor.After(cursor.At + 1, TermKind.Whose))
                    is { Kind: TermKind.Called or TermKind.Field or TermKind.Match or TermKind.Compare } => OfService(ref denied),
            TermKind.With or TermKind.Without => _existence.Read(term.Kind == TermKind.Without),
            TermKind.Compare or TermKind.Took => _comparisons.Compared(),
            TermKind.Between => _comparisons.LengthRange(),
            TermKind.Prep
                when term.Lower == "from"
                    && cursor.Next is { Kind: TermKind.Duration }
                    && cursor.Peek(cursor.At + 2) is { Kind: TermKind.Prep, Lower: "to" }
                    && cursor.Peek(cursor.At + 3) is { Kind: TermKind.Duration } => _comparisons.LengthRange(),
            TermKind.Duration when cursor.Next is { Kind: TermKind.Postfix } => _comparisons.LengthOrMore(),
            TermKind.Number when cursor.Peek(cursor.After(cursor.At + 1, TermKind.Function)) is { Kind: TermKind.Field } => ValueFirst(),
            TermKind.Number
                when cursor.Next is { Kind: TermKind.Postfix, Tag: var tag }
                    && cursor.Peek(cursor.At + 2) is { Kind: TermKind.Field } counted
                    && Making.HasNumber(counted.Fields) => _comparisons.AtLeast(counted, tag),
            TermKind.Name
            or TermKind.Text
            or TermKind.Unknown
            or TermKind.Filler
            or TermKind.Method when cursor.Next is { Kind: TermKind.Field, Tag: not "written" } => ValueFirst(),
            // "the prod cluster"
            TermKind.Condition
                when cursor.Next
                    is {
                        Kind: TermKind.Field,
                        Tag: not "written",
                        Fields: [AttributeReference { Scope: AttributeScope.Resource, Name: var name }, ..]
                    }
                    && !name.StartsWith("deployment.", StringComparison.Ordinal)
                    && new Clause { Whole = term.Condition }.Key.StartsWith("resource.deployment.", StringComparison.Ordinal) =>
                ValueFirst(),
            TermKind.Unknown or TermKind.Filler when cursor.Next is { Lower: "header" or "headers" } => Header(ref denied),
            TermKind.Unknown or TermKind.Filler when IsWrittenOut() => Continued([Field.Span(term.Text)], cursor.At + 1, ref denied),
            _ => null,
        };
    }

    private IReadOnlyList<Clause>? OfField(ref bool denied)
    {
        var term = cursor.Current!;
        var names = Catalogued.Narrowed(index, term.Fields);
        // "status above 399": the one of HTTP.
        if (
            names is [IntrinsicReference { Intrinsic: Intrinsic.Status }]
            && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Copula, TermKind.Compare, TermKind.Between, TermKind.Not))
                is { Kind: TermKind.Number }
        )
            names = Catalogued.Narrowed(index, PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields);
        if (
            names is [IntrinsicReference { Intrinsic: Intrinsic.Name }]
            && cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Article, TermKind.With) is { Kind: TermKind.Subject, Tag: "event" }
        )
            names = [Field.Of(Intrinsic.EventName)];
        if (
            term.Fields is [IntrinsicReference { Intrinsic: Intrinsic.Duration }]
            && traces
            && cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Function, TermKind.Article, TermKind.Prep, TermKind.With)
                is { Kind: TermKind.Subject, Tag: "trace" }
        )
            names = [Field.Of(Intrinsic.TraceDuration)];
        // "gRPC calls to the method …": the one of RPC.
        if (
            term.Lower is "method" or "methods"
            && cursor.Any(t => t is { Kind: TermKind.Condition, Lower: "grpc" or "rpc" })
            && cursor.Next is not { Kind: TermKind.Method }
        )
            names = Catalogued.Narrowed(index, PhraseBook.StartingWith("rpc").First(p => p.Words is ["rpc", "method"]).Fields);
        return Continued(names, cursor.At + 1, ref denied);
    }

    private IReadOnlyList<Clause>? OfService(ref bool denied) => Continued([Field.Resource("service.name")], cursor.At + 1, ref denied);

    private IReadOnlyList<Clause>? Header(ref bool denied)
    {
        var name = cursor.Current!.Text;
        return Continued([Field.Span("http.request.header." + name)], cursor.At + 2, ref denied);
    }

    // "where foo is bar", "foo >= 3": a name that nobody knows, taken at its word.
    private bool IsWrittenOut()
    {
        var at = cursor.After(cursor.At + 1, TermKind.Copula, TermKind.Not);
        var compares = at > cursor.At + 1 || cursor.Peek(at) is { Kind: TermKind.Compare or TermKind.Match };
        var symbol = cursor.Next is { } next && next.Text.Length > 0 && !char.IsLetter(next.Text[0]);
        var value = cursor.Peek(at) is { Kind: TermKind.Compare or TermKind.Match } ? at + 1 : at;
        // "that used over 2000 output tokens": what is compared is said behind the number.
        if (
            cursor.Peek(value) is { Kind: TermKind.Number }
            && cursor.Peek(value + 1) is { Kind: TermKind.Field or TermKind.Unknown or TermKind.Subject or TermKind.Kin }
        )
            return false;
        return compares && (cursor.Before is { Kind: TermKind.Whose } || symbol) && cursor.Peek(value) is { IsValue: true };
    }

    private IReadOnlyList<Clause>? Continued(IReadOnlyList<FieldExpression> names, int from, ref bool denied)
    {
        var start = cursor.At;
        _comparisons.Last = names;
        var at = from;
        if (cursor.Peek(at) is { Lower: "header" or "headers" or "attribute" or "attributes" or "field" or "tag" })
            at++;
        if (
            cursor.Peek(cursor.After(at, TermKind.Whose)) is
            { Kind: TermKind.Called or TermKind.Field, Lower: "name" or "name is" or "called" or "named" }
        )
            at = cursor.After(at, TermKind.Whose) + 1;
        var spoken = at > from;
        while (
            cursor.Peek(at) is { } skipped
            && (
                skipped.Kind is TermKind.Copula or TermKind.Filler or TermKind.Took or TermKind.Not or TermKind.Called
                || skipped.Kind == TermKind.Function && skipped.Lower is not ("and" or "then" or "?")
                || skipped.Kind == TermKind.Article && at > from
                || skipped.Kind == TermKind.Whose && cursor.Peek(at + 1) is { Kind: TermKind.Copula or TermKind.Compare or TermKind.Match }
            )
        )
        {
            denied ^= skipped.Kind == TermKind.Not;
            spoken |= skipped.Kind is TermKind.Copula or TermKind.Not;
            at++;
        }

        cursor.GoTo(at);
        switch (cursor.Current?.Kind)
        {
            case TermKind.Absent:
                cursor.Skip();
                return [Making.Missing(names, false)];
            case TermKind.Present:
                cursor.Skip();
                return [Making.Missing(names, true)];
            case TermKind.Match:
                return _patterns.Read(names);
            case TermKind.Compare or TermKind.Between:
                return cursor.Current!.Kind == TermKind.Between ? _comparisons.Range(names)
                    : _comparisons.Operated(names) is { } compared ? [compared]
                    : cursor.Back(start);
            case TermKind.With or TermKind.Whose or TermKind.Prep when spoken is false && names is not [IntrinsicReference]:
                return cursor.Back(start);
        }

        // "namespace foo", "status error", "region eu-west-0": a value right after the noun.
        if (_values.Value(names) is not { } value)
            return cursor.Back(start);
        if (value.Operator == FieldOperator.Equal && cursor.Current is { Kind: TermKind.Postfix })
            value = value with { Operator = Making.Op(cursor.Current!.Tag) };
        if (cursor.Current is { Kind: TermKind.Postfix })
            cursor.Skip();
        return _values.More(names, value);
    }

    private IReadOnlyList<Clause>? ValueFirst()
    {
        var said = _values.ValueFirst(_existence);
        if (said is not null)
            _comparisons.Last = said[0].Fields;
        return said;
    }
}
