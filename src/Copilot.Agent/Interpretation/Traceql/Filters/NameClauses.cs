using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>Names and codes without their attribute: operations, paths, status codes, ids, regions; what is a service or a title is read by its own reader.</summary>
internal sealed class NameClauses
{
    private static readonly IReadOnlyList<FieldExpression> Name = [Field.Of(Intrinsic.Name)];

    /// <summary>Where HTTP spans keep their path, in old and new conventions.</summary>
    private static readonly IReadOnlyList<FieldExpression> Paths = [Field.Span("http.route"), Field.Span("http.target"), Field.Span("url.path"), Field.Span("http.url"), Field.Span("http.path")];

    private readonly TermCursor cursor;
    private readonly CatalogueIndex index;
    private readonly TitleClauses titles;
    private readonly ServiceClauses services;
    private readonly ConditionClauses conditions;

    public NameClauses(TermCursor cursor, CatalogueIndex index)
    {
        (this.cursor, this.index) = (cursor, index);
        titles = new TitleClauses(cursor);
        services = new ServiceClauses(cursor, index);
        conditions = new ConditionClauses(cursor, index, services, titles);
    }

    public IReadOnlyList<Clause>? Read(Clause? before)
    {
        var term = cursor.Current!;
        return term.Kind switch
        {
            TermKind.Condition => conditions.Read(term),
            TermKind.Called => titles.Called(),
            TermKind.Operation => One(Name, term.Text),
            TermKind.Method => Method(term),
            TermKind.Path => Path(term),
            TermKind.Number when IsStatusCode(term, before) => One(StatusCode, Values.Number(term.Value)),
            TermKind.Id => Id(term),
            TermKind.Kin when term.Tag == "child" && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Prep, TermKind.Article, TermKind.Subject)) is { Kind: TermKind.Id } id => titles.Skipping(id, Field.Of(Intrinsic.ParentId)),
            TermKind.Kin when term.Tag == "parent" && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Copula, TermKind.Article, TermKind.Subject)) is { Kind: TermKind.Id } parent => titles.Skipping(parent, Field.Of(Intrinsic.ParentId)),
            TermKind.Service => services.AfterService(),
            TermKind.Name when term.Linked => services.Whole(term),
            TermKind.Name => Named(term),
            TermKind.Text => Quoted(term),
            TermKind.Unknown or TermKind.Filler => services.Word(term, before) ?? services.Alike(term, before),
            TermKind.Field when term.Fields is [IntrinsicReference { Intrinsic: Intrinsic.RootName or Intrinsic.TraceId or Intrinsic.SpanId or Intrinsic.LinkTraceId } intrinsic] && cursor.Next is { Kind: TermKind.Called } => titles.AfterCalled(intrinsic),
            TermKind.Began when cursor.Peek(cursor.After(cursor.At + 1, TermKind.Prep, TermKind.By, TermKind.With, TermKind.Article)) is { Kind: TermKind.Operation or TermKind.Path or TermKind.Text } root => titles.Skipping(root, Field.Of(Intrinsic.RootName)),
            TermKind.Began => titles.RootService(),
            _ => null,
        };
    }

    private IReadOnlyList<FieldExpression> StatusCode => Catalogued.Narrowed(index, PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields);

    private IReadOnlyList<Clause>? Method(Term term)
    {
        // "under HTTP GET": where that is all that is said, it is a span's name.
        if (term.Tag != term.Text && cursor.At == 0 && cursor.Next is null)
            return One(Name, term.Text);
        cursor.Skip();
        return [new Clause { Fields = Catalogued.Narrowed(index, term.Fields), Value = Literal.Of(term.Tag) }];
    }

    private IReadOnlyList<Clause> Path(Term term)
    {
        cursor.Skip();
        var fields = Catalogued.Narrowed(index, Paths);
        if (cursor.Current is { Lower: "url" or "urls" or "path" or "paths" or "endpoint" or "endpoints" or "prefix" } && cursor.Current is { Kind: TermKind.Field } noun)
        {
            cursor.Skip();
            // "any /api/ URL": a part of it.
            if (term.Text.EndsWith('/') && term.Text.Length > 1)
                return [new Clause { Fields = Catalogued.Narrowed(index, noun.Fields), Operator = FieldOperator.Matches, Value = Literal.Of(Values.Pattern("contains", term.Text)) }];
        }

        if (term.Text.EndsWith('*'))
            return [new Clause { Fields = fields, Operator = FieldOperator.Matches, Value = Literal.Of(Values.Pattern("prefix", term.Text)) }];
        return [new Clause { Fields = fields, Value = Literal.Of(term.Text) }];
    }

    private bool IsStatusCode(Term term, Clause? before)
    {
        if (term.Value is < 100 or > 599 || term.Value != Math.Floor(term.Value) || term.Text.Length != 3)
            return false;
        var previous = cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both, TermKind.Function, TermKind.Not);
        // "a 401 followed by a 500"
        if (term.Value >= 200 && (cursor.Before is { Kind: TermKind.Article, Lower: "a" or "an" } || cursor.Before is null && cursor.Next is null) && cursor.Next is null or { Kind: TermKind.And or TermKind.Or or TermKind.Comma or TermKind.Break or TermKind.Prep or TermKind.Function or TermKind.Relation })
            return true;
        return previous is { Kind: TermKind.Returned } or { Lower: "http" } or { Kind: TermKind.With } || cursor.Next is { Kind: TermKind.Subject or TermKind.Condition } or { Lower: "response" or "responses" or "code" or "codes" or "status" }
            || previous is { Kind: TermKind.Or or TermKind.Comma or TermKind.And } && before is not null && before.Key.Contains("status_code", StringComparison.Ordinal);
    }

    private IReadOnlyList<Clause>? Id(Term id)
    {
        var before = cursor.Preceding(cursor.At, TermKind.Article, TermKind.Copula, TermKind.Called);
        var field = before is { Kind: TermKind.Subject, Tag: "span" } ? Field.Of(Intrinsic.SpanId) : Field.Of(Intrinsic.TraceId);
        for (var at = cursor.At - 1; at >= 0; at--)
        {
            if (cursor.Peek(at) is { Kind: TermKind.Subject, Tag: "link" })
                field = Field.Of(field.Intrinsic == Intrinsic.SpanId ? Intrinsic.LinkSpanId : Intrinsic.LinkTraceId);
        }

        return One([field], id.Text);
    }

    private IReadOnlyList<Clause>? Named(Term term)
    {
        var lower = term.Lower;
        if (Conventions.IsRegion(lower) && cursor.Next is not { Kind: TermKind.Service })
            return One(PhraseBook.FieldsOf("region"), term.Text);
        if (Conventions.IsAddress(lower) && cursor.Before is { Lower: "from" or "coming from" or "originating from" })
            return One(Catalogued.Narrowed(index, PhraseBook.StartingWith("client").First(p => p.Words is ["client", "address"]).Fields), term.Text);
        if (Conventions.IsHost(lower))
            return One(Catalogued.Narrowed(index, PhraseBook.StartingWith("server").First(p => p.Words is ["server", "address"]).Fields), term.Text);
        if (cursor.Before is { Kind: TermKind.Copula } or { Kind: TermKind.Field })
            return null;
        return services.Starred(term) ?? (services.IsStranger(term) ? null : services.Trailing(term));
    }

    private IReadOnlyList<Clause>? Quoted(Term term)
    {
        var before = cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both);
        if (cursor.Next is { Kind: TermKind.Service } || before is { Kind: TermKind.Service } || before is { Kind: TermKind.Prep, Lower: "from" or "on" or "of" or "by" or "in" or "at" } && !term.Text.Contains(' ', StringComparison.Ordinal))
            return services.Trailing(term);
        if (term.Text.StartsWith('/'))
            return Path(term);
        return term.Text.StartsWith("GET ", StringComparison.Ordinal) || term.Text.Contains(' ', StringComparison.Ordinal) || before is { Kind: TermKind.Subject or TermKind.Copula } ? One(Name, term.Text) : services.Trailing(term);
    }

    private IReadOnlyList<Clause> One(IReadOnlyList<FieldExpression> fields, string value) => One(fields, Literal.Of(value));

    private IReadOnlyList<Clause> One(IReadOnlyList<FieldExpression> fields, Literal value)
    {
        cursor.Skip();
        return [new Clause { Fields = fields, Value = value }];
    }
}
