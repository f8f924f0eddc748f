using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Values beside their attribute: "status 500, 502 or 503", "region eu-west-1", "the checkout namespace".</summary>
internal sealed class ValueClauses(TermCursor cursor, KnownNamesIndex index)
{
    /// <summary>Further values of the same attribute: "500, 502 or 503".</summary>
    public IReadOnlyList<Clause> More(IReadOnlyList<FieldExpression> names, Clause first)
    {
        var all = new List<Clause> { first };
        while (true)
        {
            var at = cursor.After(cursor.At, TermKind.Comma, TermKind.Or, TermKind.And, TermKind.Both, TermKind.Article);
            var joints = Enumerable.Range(cursor.At, at - cursor.At).Select(k => cursor.Peek(k)!.Kind).ToList();
            if (
                at == cursor.At
                || !joints.Any(k => k is TermKind.Or or TermKind.Comma or TermKind.And)
                || cursor.Peek(at) is not { IsValue: true } next
                || cursor.Peek(at + 1)
                    is {
                        Kind: TermKind.Copula
                            or TermKind.Compare
                            or TermKind.Match
                            or TermKind.Field
                            or TermKind.Subject
                            or TermKind.Service
                    }
                || first.Value.Kind != Values.Of(names, next)?.Kind
                || joints is [TermKind.And] && next.Kind == TermKind.Unknown
            )
                return all;
            var start = cursor.At;
            cursor.GoTo(at);
            if (Value(names) is not { } more)
            {
                cursor.GoTo(start);
                return all;
            }

            all.Add(
                more with
                {
                    Operator = first.Operator,
                    Joint =
                        joints.Contains(TermKind.Comma) && !joints.Contains(TermKind.Or) && !joints.Contains(TermKind.And) ? Joint.Comma
                        : first.Operator == FieldOperator.NotEqual ? Joint.And
                        : Joint.Or,
                }
            );
        }
    }

    public IReadOnlyList<Clause>? ValueFirst(ExistenceClauses existence)
    {
        var value = cursor.Current!;
        var noun = cursor.After(cursor.At + 1, TermKind.Function);
        var field = cursor.Peek(noun)!;
        // "the flaky endpoints": a word before a plural noun is seldom the name of one.
        if (value.Kind is TermKind.Unknown && field.Lower.EndsWith('s') && PhraseBook.Knows(field.Lower[..^1]))
            return null;
        if (
            value.Kind == TermKind.Filler
                && !(
                    cursor.Before is { Kind: TermKind.Article, Lower: "the" }
                    && field.Fields is [AttributeReference { Scope: AttributeScope.Resource }, ..]
                )
            || !(field.Lower == "operation" && cursor.Before is { Kind: TermKind.Article } or { Kind: TermKind.Prep })
                && field.Fields
                    is [
                        IntrinsicReference
                        {
                            Intrinsic: not (
                                Intrinsic.ChildCount
                                or Intrinsic.RootName
                                or Intrinsic.RootServiceName
                                or Intrinsic.InstrumentationName
                                or Intrinsic.InstrumentationVersion
                            )
                        },
                    ]
            || existence.Compares(noun + 1)
                && cursor.Peek(noun + 1) is not { Kind: TermKind.Unknown }
                && !(cursor.Peek(noun + 2) is { Kind: TermKind.Duration } && !Making.HasLength(field.Fields))
        )
            return null;
        var names = Catalogued.Narrowed(index, field.Fields);
        if (
            Values.Of(names, value) is not { } literal
            || cursor.Before is { Kind: TermKind.By or TermKind.Top }
            || value.Kind == TermKind.Unknown && cursor.Before is { Kind: TermKind.Function } or null && value.Kind == TermKind.Unknown
        )
            return null;
        cursor.GoTo(noun + 1);
        return [new Clause { Fields = names, Value = literal }];
    }

    /// <summary>The value that stands here, if it fits the attribute.</summary>
    public Clause? Value(IReadOnlyList<FieldExpression> names)
    {
        var at = cursor.After(cursor.At, TermKind.Article, TermKind.Both);
        if (cursor.Peek(at) is not { } term)
            return null;
        if (term is { Kind: TermKind.Condition, Condition: { } condition })
        {
            if (new Clause { Whole = condition }.Key is var key && names.Any(n => n.ToString() == key))
            {
                cursor.GoTo(at + 1);
                return new Clause { Whole = condition };
            }

            // "the process postgres": the noun says what is called so.
            var named =
                cursor.Before is { Kind: TermKind.Field, Tag: not "written" }
                && names is [AttributeReference { Scope: AttributeScope.Resource }, ..]
                && condition is FieldBinary
                && cursor.Preceding(cursor.At - 1) is { Kind: TermKind.Article or TermKind.Prep };
            if (names is [IntrinsicReference] || at != cursor.At || cursor.Before is not { Kind: TermKind.Copula } && !named)
                return null;
            cursor.GoTo(at + 1);
            return new Clause { Fields = names, Value = Literal.Of(term.Text) };
        }

        if (
            !term.IsValue
                && !(
                    term is { Kind: TermKind.Field, Tag: "written" }
                    && cursor.Before is { Kind: TermKind.Copula or TermKind.Called } or { Kind: TermKind.Field, Tag: not "written" }
                )
            || term.Kind == TermKind.Unknown && cursor.Peek(at + 1) is { Kind: TermKind.Subject }
            || Values.Of(names, term) is not { } literal
        )
            return null;
        cursor.GoTo(at + 1);
        var text = term.Text;
        if (cursor.Current is { Text: "*" } && literal.Kind == LiteralKind.Text)
        {
            cursor.Skip();
            return new Clause
            {
                Fields = names,
                Operator = FieldOperator.Matches,
                Value = Literal.Of(Values.Pattern("prefix", text)),
            };
        }

        return new Clause { Fields = names, Value = literal };
    }
}
