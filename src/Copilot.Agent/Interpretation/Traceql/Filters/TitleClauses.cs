using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>What is called something: "spans named a or b", "the root span called x", "traces that started in y".</summary>
internal sealed class TitleClauses(TermCursor cursor)
{
    public IReadOnlyList<Clause>? Called()
    {
        var of = cursor.Preceding(cursor.At, TermKind.Whose, TermKind.Copula, TermKind.Function, TermKind.Article);
        var root = of is { Kind: TermKind.Condition, Lower: "root" } or { Kind: TermKind.Subject } && cursor.Peek(cursor.At - 2) is { Lower: "root" };
        var fields = of is { Kind: TermKind.Service } ? ServiceClauses.ServiceName : of is { Kind: TermKind.Subject, Tag: "event" } ? [Field.Of(Intrinsic.EventName)] : root ? [Field.Of(Intrinsic.RootName)] : [Field.Of(Intrinsic.Name)];
        return Title(cursor.At + 1, fields);
    }

    public IReadOnlyList<Clause>? AfterCalled(FieldExpression field) => Title(cursor.At + 2, [field]);

    /// <summary>The name after "called": quoted, an operation, a path, or the words up to the next one that has a meaning.</summary>
    public IReadOnlyList<Clause>? Title(int at, IReadOnlyList<FieldExpression> fields)
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

    // "traces that started in the gateway service"
    public IReadOnlyList<Clause>? RootService()
    {
        var at = cursor.After(cursor.At + 1, TermKind.Prep, TermKind.By, TermKind.Article, TermKind.Service);
        if (at == cursor.At + 1 || cursor.Peek(at) is not { Kind: TermKind.Name or TermKind.Unknown or TermKind.Text or TermKind.Filler } name || name.Kind == TermKind.Filler && cursor.Peek(at + 1) is not { Kind: TermKind.Service })
            return null;
        cursor.GoTo(cursor.After(at + 1, TermKind.Service));
        return [new Clause { Fields = [Field.Of(Intrinsic.RootServiceName)], Value = Literal.Of(name.Text) }];
    }

    public IReadOnlyList<Clause> Skipping(Term to, FieldExpression field)
    {
        while (!ReferenceEquals(cursor.Current, to))
            cursor.Skip();
        cursor.Skip();
        return [new Clause { Fields = [field], Value = Literal.Of(to.Text) }];
    }
}
