using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>Names and codes without their attribute: services, operations, paths, status codes, ids, regions; and words that say all by themselves.</summary>
internal sealed class NameClauses(TermCursor cursor, CatalogueIndex index)
{
    private static readonly IReadOnlyList<FieldExpression> ServiceName = [Field.Resource("service.name")];
    private static readonly IReadOnlyList<FieldExpression> Name = [Field.Of(Intrinsic.Name)];

    /// <summary>Where HTTP spans keep their path, in old and new conventions.</summary>
    private static readonly IReadOnlyList<FieldExpression> Paths = [Field.Span("http.route"), Field.Span("http.target"), Field.Span("url.path"), Field.Span("http.url"), Field.Span("http.path")];

    public IReadOnlyList<Clause>? Read(Clause? before)
    {
        var term = cursor.Current!;
        return term.Kind switch
        {
            TermKind.Condition => Condition(term),
            TermKind.Called => Called(),
            TermKind.Operation => One(Name, term.Text),
            TermKind.Method => Method(term),
            TermKind.Path => Path(term),
            TermKind.Number when IsStatusCode(term, before) => One(StatusCode, Values.Number(term.Value)),
            TermKind.Id => Id(term),
            TermKind.Kin when term.Tag == "child" && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Prep, TermKind.Article, TermKind.Subject)) is { Kind: TermKind.Id } id => Skipping(id, Field.Of(Intrinsic.ParentId)),
            TermKind.Kin when term.Tag == "parent" && cursor.Peek(cursor.After(cursor.At + 1, TermKind.Copula, TermKind.Prep, TermKind.Article, TermKind.Subject)) is { Kind: TermKind.Id } parent => Skipping(parent, Field.Of(Intrinsic.ParentId)),
            TermKind.Service => AfterService(),
            TermKind.Name when term.Linked => Whole(term),
            TermKind.Name => Named(term),
            TermKind.Text => Quoted(term),
            TermKind.Unknown or TermKind.Filler => Word(term, before) ?? Alike(term, before),
            TermKind.Field when term.Fields is [IntrinsicReference { Intrinsic: Intrinsic.RootName or Intrinsic.TraceId or Intrinsic.SpanId or Intrinsic.LinkTraceId } intrinsic] && cursor.Next is { Kind: TermKind.Called } => AfterCalled(intrinsic),
            TermKind.Began when cursor.Peek(cursor.After(cursor.At + 1, TermKind.Prep, TermKind.By, TermKind.With, TermKind.Article)) is { Kind: TermKind.Operation or TermKind.Path or TermKind.Text } root => Skipping(root, Field.Of(Intrinsic.RootName)),
            TermKind.Began => RootService(),
            _ => null,
        };
    }

    // "traces that started in the gateway service"
    private IReadOnlyList<Clause>? RootService()
    {
        var at = cursor.After(cursor.At + 1, TermKind.Prep, TermKind.By, TermKind.Article, TermKind.Service);
        if (at == cursor.At + 1 || cursor.Peek(at) is not { Kind: TermKind.Name or TermKind.Unknown or TermKind.Text or TermKind.Filler } name || name.Kind == TermKind.Filler && cursor.Peek(at + 1) is not { Kind: TermKind.Service })
            return null;
        cursor.GoTo(cursor.After(at + 1, TermKind.Service));
        return [new Clause { Fields = [Field.Of(Intrinsic.RootServiceName)], Value = Literal.Of(name.Text) }];
    }

    private IReadOnlyList<FieldExpression> StatusCode => Catalogued.Narrowed(index, PhraseBook.StartingWith("status").First(p => p.Words is ["status", "code"]).Fields);

    private IReadOnlyList<Clause>? Condition(Term term)
    {
        var phrase = PhraseBook.StartingWith(term.Lower.Split(' ', '-')[0]).FirstOrDefault(p => p.Condition == term.Condition && p.NeedsNoun);
        var next = cursor.Next;
        if (phrase is not null && (next is { Kind: TermKind.Service or TermKind.And or TermKind.Or } && IsServiceList() || next is { Kind: TermKind.Service }))
            return ServiceList();
        // "the db service", "the kafka service"
        if (next is { Kind: TermKind.Service, Lower: "service" } && cursor.Before is { Kind: TermKind.Article, Lower: "the" } && !term.Linked && new Clause { Whole = term.Condition }.Alternatives.Any(f => f is AttributeReference { Name: "db.system" or "messaging.system" }))
            return ServiceList();
        // "HTTP 500", "HTTP GET": the code or method says it all.
        if (term.Lower == "http" && cursor.Peek(cursor.At + 1) is { Kind: TermKind.Number or TermKind.Method or TermKind.Operation } or { Kind: TermKind.Condition, Lower: ['1' or '2' or '3' or '4' or '5', ..] })
        {
            cursor.Skip();
            return [];
        }

        if (term.Lower is "exception" or "exceptions" && next is { Kind: TermKind.Text or TermKind.Name } type)
        {
            cursor.Skip(2);
            return [new Clause { Fields = [Field.Event("exception.type")], Value = Literal.Of(type.Text) }];
        }

        if (IsDatabase(term) && next is { Kind: TermKind.Called } && Title(cursor.At + 2, PhraseBook.StartingWith("db").First(p => p.Words is ["db", "name"]).Fields) is { } called)
            return called;
        if (IsDatabase(term) && next is { Kind: TermKind.Name or TermKind.Text } database && !database.Linked)
        {
            cursor.Skip(2);
            return [new Clause { Fields = PhraseBook.StartingWith("db").First(p => p.Words is ["db", "name"]).Fields, Value = Literal.Of(database.Text) }];
        }

        cursor.Skip();
        // "PostgreSQL database": the system says that it is one.
        if (cursor.Current is { Kind: TermKind.Condition } database2 && IsDatabase(database2) && term.Condition!.ToString().Contains("span.db.", StringComparison.Ordinal) && !IsDatabase(term))
            cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Field, Tag: not "written" } noun && noun.Fields.Any(f => f.ToString() == new Clause { Whole = term.Condition }.Key))
            cursor.Skip();
        return [new Clause { Whole = Simplified(term.Condition!) }];
    }

    private static bool IsDatabase(Term term) => term.Lower is "database" or "databases" or "db" or "sql" && term.Kind == TermKind.Condition;

    /// <summary>Without the names that the catalogue knows no span to carry.</summary>
    private FieldExpression Simplified(FieldExpression condition)
    {
        if (condition is not FieldBinary { Operator: FieldOperator.Or } or)
            return condition;
        var left = Known(or.Left);
        var right = Known(or.Right);
        return left == right ? condition : left ? Simplified(or.Left) : or.Right;
    }

    private bool Known(FieldExpression e) => e is FieldBinary b && (b.Operator.IsLogical() ? Known(b.Left) || Known(b.Right) : b.Left is AttributeReference a && index.Attributes.Keyed(a.Name).Count > 0);

    private IReadOnlyList<Clause>? Called()
    {
        var of = cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Copula, TermKind.Function, TermKind.Article);
        var root = of is { Kind: TermKind.Condition, Lower: "root" } or { Kind: TermKind.Subject } && cursor.Peek(cursor.At - 2) is { Lower: "root" };
        var fields = of is { Kind: TermKind.Service } ? ServiceName : of is { Kind: TermKind.Subject, Tag: "event" } ? [Field.Of(Intrinsic.EventName)] : root ? [Field.Of(Intrinsic.RootName)] : Name;
        return Title(cursor.At + 1, fields);
    }

    private IReadOnlyList<Clause>? AfterCalled(FieldExpression field) => Title(cursor.At + 2, [field]);

    /// <summary>The name after "called": quoted, an operation, a path, or the words up to the next one that has a meaning.</summary>
    private IReadOnlyList<Clause>? Title(int at, IReadOnlyList<FieldExpression> fields)
    {
        at = cursor.After(at, TermKind.Copula, TermKind.Both);
        var clauses = new List<Clause>();
        while (true)
        {
            if (cursor.Peek(at) is not { } first || !(first.IsValue || first is { Kind: TermKind.Condition or TermKind.Filler or TermKind.Article } or { Kind: TermKind.Field, Tag: "written" }))
                break;
            var text = first.Text;
            at++;
            while (first.Kind is not (TermKind.Text or TermKind.Operation) && cursor.Peek(at) is { Kind: TermKind.Unknown or TermKind.Method or TermKind.Name or TermKind.Path or TermKind.Number } more)
            {
                text += " " + more.Text;
                at++;
            }

            clauses.Add(new Clause { Fields = fields, Value = Literal.Of(text), Joint = clauses.Count == 0 ? Joint.Beside : Joint.Or });
            var next = cursor.After(at, TermKind.Comma, TermKind.Or);
            if (next == at || cursor.Peek(next) is not { Kind: TermKind.Text or TermKind.Operation or TermKind.Name })
                break;
            at = next;
        }

        if (clauses.Count == 0)
            return null;
        cursor.GoTo(at);
        return clauses;
    }

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

    private IReadOnlyList<Clause> Skipping(Term to, FieldExpression field)
    {
        while (!ReferenceEquals(cursor.Current, to))
            cursor.Skip();
        return One([field], to.Text);
    }

    private IReadOnlyList<Clause>? AfterService()
    {
        var next = cursor.Next;
        if (next is { Linked: true, Condition: not null })
        {
            cursor.Skip();
            return Whole(next);
        }

        // "the search service": a word that does something else elsewhere.
        if (cursor.Before is { Kind: TermKind.Function, Lower: "search" or "list" or "display" or "lookup" or "filter" or "show" or "fetch" or "locate" } named && cursor.Peek(cursor.At - 2) is { Kind: TermKind.Article })
            return One(ServiceName, named.Text);
        var letter = next is { Kind: TermKind.Article, Lower: "a" } && cursor.Peek(cursor.At + 2) is null or { Kind: TermKind.Break or TermKind.And };
        if (!letter && next is not { Kind: TermKind.Name or TermKind.Text or TermKind.Unknown } || cursor.Before is { Kind: TermKind.Name or TermKind.Unknown or TermKind.Text })
            return null;
        cursor.Skip();
        return One(ServiceName, next!.Text);
    }

    private bool IsServiceList()
    {
        var at = cursor.At + 1;
        while (cursor.Peek(at) is { Kind: TermKind.And or TermKind.Or or TermKind.Comma or TermKind.Article or TermKind.Unknown or TermKind.Name or TermKind.Condition or TermKind.Filler })
            at++;
        return cursor.Peek(at) is { Kind: TermKind.Service } && at > cursor.At + 1;
    }

    // "the server and the client services"
    private IReadOnlyList<Clause> ServiceList()
    {
        var text = cursor.Current!.Text;
        cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Service })
            cursor.Skip();
        return [Service(text)];
    }

    private static Clause Service(string name) => new() { Fields = ServiceName, Value = Literal.Of(name) };

    private IReadOnlyList<Clause> Whole(Term term)
    {
        cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Service })
            cursor.Skip();
        return [new Clause { Whole = term.Condition }];
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
        return Starred(term) ?? (IsStranger(term) ? null : Trailing(term));
    }

    private IReadOnlyList<Clause>? Starred(Term term)
    {
        if (cursor.Next is not { Text: "*" })
            return null;
        cursor.Skip(2);
        return [new Clause { Fields = ServiceName, Operator = FieldOperator.Matches, Value = Literal.Of(Values.Pattern("prefix", term.Text)) }];
    }

    private IReadOnlyList<Clause> Trailing(Term term)
    {
        cursor.Skip();
        if (cursor.Current is { Kind: TermKind.Service })
            cursor.Skip();
        return [Service(term.Text)];
    }

    private IReadOnlyList<Clause>? Quoted(Term term)
    {
        var before = cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both);
        if (cursor.Next is { Kind: TermKind.Service } || before is { Kind: TermKind.Service } || before is { Kind: TermKind.Prep, Lower: "from" or "on" or "of" or "by" or "in" or "at" } && !term.Text.Contains(' ', StringComparison.Ordinal))
            return Trailing(term);
        if (term.Text.StartsWith('/'))
            return Path(term);
        return term.Text.StartsWith("GET ", StringComparison.Ordinal) || term.Text.Contains(' ', StringComparison.Ordinal) || before is { Kind: TermKind.Subject or TermKind.Copula } ? One(Name, term.Text) : Trailing(term);
    }

    /// <summary>A plain word is a service only where it stands like one: "the api service", "on frontend", "checkout spans".</summary>
    private IReadOnlyList<Clause>? Word(Term term, Clause? said)
    {
        var next = cursor.Next;
        var before = cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both);
        if (next is { Kind: TermKind.Service } || IsServiceList())
            return term.Kind == TermKind.Unknown || cursor.Before is { Kind: TermKind.Article } || next is { Kind: TermKind.Service } ? Trailing(term) : null;
        if (next is { Kind: TermKind.Subject, Tag: "event", Lower: "event" or "events" })
            return One([Field.Of(Intrinsic.EventName)], term.Text);
        if (term.Kind == TermKind.Filler || IsStranger(term) || IsOrdinary(term))
            return null;
        if (before is { Kind: TermKind.Whose } && next is { Kind: TermKind.Also } or { Kind: TermKind.Function, Lower: "appears" or "shows up" or "appeared" })
            return Trailing(term);
        if (before is { Kind: TermKind.And or TermKind.Comma } && next is { Kind: TermKind.Condition, Lower: "fails" or "fail" or "failed" or "errors" })
            return Trailing(term);
        if (before is { Kind: TermKind.Function, Lower: "does" or "do" or "did" } && next is { Kind: TermKind.Condition or TermKind.Relation })
            return Trailing(term);
        // "errors that are not timeouts"
        if (before is { Kind: TermKind.Not } && cursor.Preceding(cursor.At, TermKind.Article, TermKind.Both, TermKind.Not) is { Kind: TermKind.Copula })
            return null;
        // "of the login route /login"
        if (next is { Kind: TermKind.Field } && cursor.Peek(cursor.At + 2) is { Kind: TermKind.Path or TermKind.Text or TermKind.Name })
            return null;
        if (before is { Kind: TermKind.Prep or TermKind.Relation or TermKind.Not } or { Kind: TermKind.By } && next is not { Kind: TermKind.Unknown })
            return Trailing(term);
        if (before is { Kind: TermKind.Or } && said is { IsEquality: true } && said.Key != "resource.service.name")
            return null;
        if (before is { Kind: TermKind.Or or TermKind.And or TermKind.Comma } && (next is null or { Kind: TermKind.Break or TermKind.Or or TermKind.And or TermKind.Comma }))
            return Trailing(term);
        return next is { Kind: TermKind.Subject } or { Kind: TermKind.Condition, Lower: "errors" or "failures" or "error" } or { Kind: TermKind.Field, Lower: "latency" or "duration" or "response time" } ? Guessed(term) : null;
    }

    // "from production or canary", "in a or b with errors": a value of what was said last.
    private IReadOnlyList<Clause>? Alike(Term term, Clause? before) =>
        term.Kind == TermKind.Unknown && cursor.Before is { Kind: TermKind.Or } && before is { IsEquality: true } && before.Alternatives is { Count: > 0 } fields && cursor.Next is null or { Kind: TermKind.With or TermKind.Whose or TermKind.Without or TermKind.Break or TermKind.And or TermKind.Prep }
            ? One(fields, term.Text) : null;

    /// <summary>Where there is a catalogue, a name that it does not know is none: better left unread than looked for.</summary>
    private bool IsStranger(Term term) => index.Catalogue.Services.Count > 0 && cursor.Next is not { Kind: TermKind.Service } && index.Services.Find(NameParts.Joined(NameParts.Of(term.Text))) is null;

    // "throttled", "medians": participles, and plurals of words that mean something else.
    private static bool IsOrdinary(Term term) =>
        term.Lower.Length > 4 && (term.Lower.EndsWith("ed", StringComparison.Ordinal) && !term.Lower.EndsWith("eed", StringComparison.Ordinal) || term.Lower.EndsWith("ly", StringComparison.Ordinal) && !term.Lower.EndsWith("ply", StringComparison.Ordinal)
        || term.Lower.EndsWith('s') && PhraseBook.StartingWith(term.Lower[..^1]).Any(p => p.Words.Count == 1));

    private IReadOnlyList<Clause> Guessed(Term term) => [Trailing(term)[0] with { Weak = true }];

    private IReadOnlyList<Clause> One(IReadOnlyList<FieldExpression> fields, string value) => One(fields, Literal.Of(value));

    private IReadOnlyList<Clause> One(IReadOnlyList<FieldExpression> fields, Literal value)
    {
        cursor.Skip();
        return [new Clause { Fields = fields, Value = value }];
    }
}
