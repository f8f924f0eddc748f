using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Filters;

/// <summary>Names and codes without their attribute: operations, paths, status codes, ids, regions; what is a service or a title is read by
/// its own reader.</summary>
internal sealed class NameClauses
{
    private static readonly IReadOnlyList<FieldExpression> Name = [Field.Of(Intrinsic.Name)];

    /// <summary>Where HTTP spans keep their path, in old and new conventions.</summary>
    private static readonly IReadOnlyList<FieldExpression> Paths =
    [
        Field.Span("http.route"),
        Field.Span("http.target"),
        Field.Span("url.path"),
        Field.Span("http.url"),
        Field.Span("http.path"),
    ];

    private readonly TermCursor _cursor;
    private readonly KnownNamesIndex _index;
    private readonly TitleClauses _titles;
    private readonly ServiceClauses _services;
    private readonly ConditionClauses _conditions;

    public NameClauses(TermCursor cursor, KnownNamesIndex index)
    {
        (this._cursor, this._index) = (cursor, index);
        _titles = new TitleClauses(cursor);
        _services = new ServiceClauses(cursor, index);
        _conditions = new ConditionClauses(cursor, index, _services, _titles);
    }

    public IReadOnlyList<Clause>? Read(Clause? before)
    {
        var term = _cursor.Current!;
        return term.Kind switch
        {
            TermKind.Condition => _conditions.Read(term),
            TermKind.Called => _titles.Called(),
            TermKind.Operation => One(Name, term.Text),
            TermKind.Method => Method(term),
            TermKind.Path => Path(term),
            TermKind.Number when IsStatusCode(term, before) => One(StatusCode, Values.Number(term.Value)),
            TermKind.Id => Id(term),
            TermKind.Kin
                when term.Tag == "child"
                    && _cursor.Peek(_cursor.After(_cursor.At + 1, TermKind.Prep, TermKind.Article, TermKind.Subject))
                        is { Kind: TermKind.Id } id => _titles.Skipping(id, Field.Of(Intrinsic.ParentId)),
            TermKind.Kin
                when term.Tag == "parent"
                    && _cursor.Peek(_cursor.After(_cursor.At + 1, TermKind.Copula, TermKind.Article, TermKind.Subject))
                        is { Kind: TermKind.Id } parent => _titles.Skipping(parent, Field.Of(Intrinsic.ParentId)),
            TermKind.Service => _services.AfterService(),
            TermKind.Name when term.Linked => _services.Whole(term),
            TermKind.Name => Named(term),
            TermKind.Text => Quoted(term),
            TermKind.Unknown or TermKind.Filler => _services.Word(term, before) ?? _services.Alike(term, before),
            TermKind.Field
                when term.Fields
                    is [
                        IntrinsicReference
                        {
                            Intrinsic: Intrinsic.RootName or Intrinsic.TraceId or Intrinsic.SpanId or Intrinsic.LinkTraceId
                        } intrinsic,
                    ]
                    && _cursor.Next is { Kind: TermKind.Called } => _titles.AfterCalled(intrinsic),
            TermKind.Began
                when _cursor.Peek(_cursor.After(_cursor.At + 1, TermKind.Prep, TermKind.By, TermKind.With, TermKind.Article))
                    is { Kind: TermKind.Operation or TermKind.Path or TermKind.Text } root => _titles.Skipping(
                root,
                Field.Of(Intrinsic.RootName)
            ),
            TermKind.Began => _titles.RootService(),
            _ => null,
        };
    }

    private IReadOnlyList<FieldExpression> StatusCode =>
        Catalogued.Narrowed(_index, PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields);

    private IReadOnlyList<Clause>? Method(Term term)
    {
        // "under HTTP GET": where that is all that is said, it is a span's name.
        if (term.Tag != term.Text && _cursor.At == 0 && _cursor.Next is null)
            return One(Name, term.Text);
        _cursor.Skip();
        return [new Clause { Fields = Catalogued.Narrowed(_index, term.Fields), Value = Literal.Of(term.Tag) }];
    }

    private IReadOnlyList<Clause> Path(Term term)
    {
        _cursor.Skip();
        var fields = Catalogued.Narrowed(_index, Paths);
        if (
            _cursor.Current is { Lower: "url" or "urls" or "path" or "paths" or "endpoint" or "endpoints" or "prefix" }
            && _cursor.Current is { Kind: TermKind.Field } noun
        )
        {
            _cursor.Skip();
            // "any /api/ URL": a part of it.
            if (term.Text.EndsWith('/') && term.Text.Length > 1)
                return
                [
                    new Clause
                    {
                        Fields = Catalogued.Narrowed(_index, noun.Fields),
                        Operator = FieldOperator.Matches,
                        Value = Literal.Of(Values.Pattern("contains", term.Text)),
                    },
                ];
        }

        if (term.Text.EndsWith('*'))
            return
            [
                new Clause
                {
                    Fields = fields,
                    Operator = FieldOperator.Matches,
                    Value = Literal.Of(Values.Pattern("prefix", term.Text)),
                },
            ];
        return [new Clause { Fields = fields, Value = Literal.Of(term.Text) }];
    }

    private bool IsStatusCode(Term term, Clause? before)
    {
        if (term.Value is < 100 or > 599 || term.Value != Math.Floor(term.Value) || term.Text.Length != 3)
            return false;
        var previous = _cursor.Preceding(_cursor.At, TermKind.Article, TermKind.Both, TermKind.Function, TermKind.Not);
        // "a 401 followed by a 500"
        if (
            term.Value >= 200
            && (_cursor.Before is { Kind: TermKind.Article, Lower: "a" or "an" } || _cursor.Before is null && _cursor.Next is null)
            && _cursor.Next
                is null
                    or {
                        Kind: TermKind.And
                            or TermKind.Or
                            or TermKind.Comma
                            or TermKind.Break
                            or TermKind.Prep
                            or TermKind.Function
                            or TermKind.Relation
                    }
        )
            return true;
        return previous is { Kind: TermKind.Returned } or { Lower: "http" } or { Kind: TermKind.With }
            || _cursor.Next
                is { Kind: TermKind.Subject or TermKind.Condition }
                    or { Lower: "response" or "responses" or "code" or "codes" or "status" }
            || previous is { Kind: TermKind.Or or TermKind.Comma or TermKind.And }
                && before is not null
                && before.Key.Contains("status_code", StringComparison.Ordinal);
    }

    private IReadOnlyList<Clause>? Id(Term id)
    {
        var before = _cursor.Preceding(_cursor.At, TermKind.Article, TermKind.Copula, TermKind.Called);
        var field = before is { Kind: TermKind.Subject, Tag: "span" } ? Field.Of(Intrinsic.SpanId) : Field.Of(Intrinsic.TraceId);
        for (var at = _cursor.At - 1; at >= 0; at--)
        {
            if (_cursor.Peek(at) is { Kind: TermKind.Subject, Tag: "link" })
                field = Field.Of(field.Intrinsic == Intrinsic.SpanId ? Intrinsic.LinkSpanId : Intrinsic.LinkTraceId);
        }

        return One([field], id.Text);
    }

    private IReadOnlyList<Clause>? Named(Term term)
    {
        var lower = term.Lower;
        if (Conventions.IsRegion(lower) && _cursor.Next is not { Kind: TermKind.Service })
            return One(PhraseBook.FieldsOf("region"), term.Text);
        if (Conventions.IsAddress(lower) && _cursor.Before is { Lower: "from" or "coming from" or "originating from" })
            return One(
                Catalogued.Narrowed(_index, PhraseBook.StartingWith("client").First(p => p.Words is ["client", "address"]).Fields),
                term.Text
            );
        if (Conventions.IsHost(lower))
            return One(
                Catalogued.Narrowed(_index, PhraseBook.StartingWith("server").First(p => p.Words is ["server", "address"]).Fields),
                term.Text
            );
        if (_cursor.Before is { Kind: TermKind.Copula } or { Kind: TermKind.Field })
            return null;
        return _services.Starred(term) ?? (_services.IsStranger(term) ? null : _services.Trailing(term));
    }

    private IReadOnlyList<Clause>? Quoted(Term term)
    {
        var before = _cursor.Preceding(_cursor.At, TermKind.Article, TermKind.Both);
        if (
            _cursor.Next is { Kind: TermKind.Service }
            || before is { Kind: TermKind.Service }
            || before is { Kind: TermKind.Prep, Lower: "from" or "on" or "of" or "by" or "in" or "at" }
                && !term.Text.Contains(' ', StringComparison.Ordinal)
        )
            return _services.Trailing(term);
        if (term.Text.StartsWith('/'))
            return Path(term);
        return
            term.Text.StartsWith("GET ", StringComparison.Ordinal)
            || term.Text.Contains(' ', StringComparison.Ordinal)
            || before is { Kind: TermKind.Subject or TermKind.Copula }
            ? One(Name, term.Text)
            : _services.Trailing(term);
    }

    private IReadOnlyList<Clause> One(IReadOnlyList<FieldExpression> fields, string value) => One(fields, Literal.Of(value));

    private IReadOnlyList<Clause> One(IReadOnlyList<FieldExpression> fields, Literal value)
    {
        _cursor.Skip();
        return [new Clause { Fields = fields, Value = value }];
    }
}
