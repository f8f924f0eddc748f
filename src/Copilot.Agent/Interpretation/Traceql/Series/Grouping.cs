using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Series;

/// <summary>What series are kept apart by: "by route and method", "per service", "each pod's".</summary>
internal static class Grouping
{
    /// <summary>Takes the words of the grouping out of the list.</summary>
    public static List<FieldExpression> Take(List<Term> rest, CatalogueIndex index)
    {
        var fields = new List<FieldExpression>();
        for (var i = 0; i < rest.Count; i++)
        {
            if (!(rest[i].Kind == TermKind.By || rest[i] is { Kind: TermKind.Single or TermKind.Function, Lower: "each" or "every" }) || i + 1 >= rest.Count)
                continue;
            var at = i + 1;
            var found = new List<FieldExpression>();
            while (at < rest.Count)
            {
                if (rest[at].Kind is TermKind.Comma or TermKind.And or TermKind.Article or TermKind.Function or TermKind.Prep or TermKind.Both && found.Count + (at == i + 1 ? 1 : 0) > 0 && at + 1 < rest.Count)
                {
                    at++;
                    continue;
                }

                if (Of(rest, at, index) is not { } field)
                    break;
                found.Add(field);
                at++;
                if (at < rest.Count && rest[at].Kind is not (TermKind.Comma or TermKind.And))
                    break;
            }

            if (found.Count == 0)
                continue;
            while (at > i + 1 && rest[at - 1].Kind is TermKind.Comma or TermKind.And or TermKind.Article)
                at--;
            fields.AddRange(found);
            rest.RemoveRange(i, at - i);
            i--;
        }

        return [.. fields.Distinct()];
    }

    /// <summary>The attribute that a noun stands for; null where it names a thing of that kind ("service foo").</summary>
    public static FieldExpression? Of(List<Term> rest, int at, CatalogueIndex index)
    {
        var noun = rest[at];
        var next = at + 1 < rest.Count ? rest[at + 1] : null;
        if (noun.Kind == TermKind.Service)
            return next is { Kind: TermKind.Name or TermKind.Text or TermKind.Unknown } ? null : Field.Resource("service.name");
        if (noun is { Kind: TermKind.Condition, Lower: "database" or "databases" or "db" })
            return Catalogued.Narrowed(index, PhraseBook.StartingWith("db").First(p => p.Words is ["db", "system"]).Fields)[0];
        if (noun is { Kind: TermKind.Condition, Lower: "exception" or "exceptions" })
            return Field.Event("exception.type");
        // "exceptions by type"
        if (noun is { Kind: TermKind.Unknown or TermKind.Filler, Lower: "type" or "class" } && at > 0 && rest[at - 1].Kind == TermKind.By && rest.Any(t => t.Lower is "exception" or "exceptions"))
            return Field.Event("exception.type");
        if (noun.Kind == TermKind.Name && noun.Fields.Count > 0)
            return noun.Fields[0];
        // "recorded by the library foo": what is named is no grouping.
        if (next is { Kind: TermKind.Name or TermKind.Text or TermKind.Operation } && (at < 1 || rest[at - 1].Kind == TermKind.Article) && !(at + 2 < rest.Count && rest[at + 2].Kind == TermKind.Service))
            return null;
        return noun.Kind == TermKind.Field && next is not { Kind: TermKind.Compare or TermKind.Match } ? Catalogued.Narrowed(index, noun.Fields)[0] : null;
    }
}
