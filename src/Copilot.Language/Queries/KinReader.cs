using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>Nouns of relation: "failing children of a", "spans with a failed descendant", "a and all its descendants", "a whose parent is
/// b", "leaf spans".</summary>
internal static class KinReader
{
    public static Spansets? Read(IReadOnlyList<Term> terms, KnownNamesIndex index)
    {
        terms = Remarks(terms);
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Kind == TermKind.Kin && !IsCounted(terms, i) && At(terms, i, index) is { } found)
                return found;
        }

        return null;
    }

    // "parents (over 2 s) of …": what is said of the parents goes before them.
    private static IReadOnlyList<Term> Remarks(IReadOnlyList<Term> terms)
    {
        var kin = terms.ToList().FindIndex(t => t.Kind == TermKind.Kin);
        var end = terms.ToList().FindIndex(t => t.Text == ")");
        return kin >= 0 && kin + 1 < terms.Count && terms[kin + 1].Text == "(" && end > kin
            ? [.. terms.Take(kin), .. terms.Skip(kin + 2).Take(end - kin - 2), terms[kin], .. terms.Skip(end + 1)]
            : terms;
    }

    // "more than ten children", "no children", "children of span 12ab…" are said of single spans.
    private static bool IsCounted(IReadOnlyList<Term> terms, int i)
    {
        for (var k = i - 1; k >= 0 && k >= i - 3; k--)
        {
            if (terms[k].Kind is TermKind.Number)
                return true;
        }

        // "the parent of span 12ab…" is another span.
        return terms.Skip(i + 1).Take(4).Any(t => t.Kind == TermKind.Id)
            && !(terms[i].Tag != "child" && terms[i + 1] is { Kind: TermKind.Prep, Lower: "of" });
    }

    private static Spansets? At(IReadOnlyList<Term> terms, int i, KnownNamesIndex index)
    {
        var direct = terms.Any(t => t.Kind == TermKind.Direct);
        var op = Operator(terms[i].Tag, direct);
        var after = terms.Skip(i + 1).ToList();
        // "children of a", "a child of a"
        if (after.FirstOrDefault() is { Kind: TermKind.Prep, Lower: "of" })
        {
            var (adjectives, head) = Head(terms.Take(i).ToList());
            // "children of the gateway that failed": the children did, unless it is "children of spans that failed".
            var that = after.FindIndex(t => t.Kind == TermKind.Whose);
            var ofWhom = SpansetReader.Read(RelationReader.Lone(that > 1 ? after.Take(that).ToList() : after), index);
            var cut = that > 1 && ofWhom.Says && !after.Take(that).Any(t => t.Kind == TermKind.Subject) ? that : after.Count;
            var of = SpansetReader.Read(RelationReader.Lone(after.Take(cut).ToList()), index);
            var kin = SpansetReader.Single([.. head, .. adjectives, .. after.Skip(cut)], index);
            return new Spansets(
                new SpansetOperation(Denied(terms, i) ? Negated(op) : op, of.Expression, kin.Expression),
                true,
                [.. of.Unread, .. kin.Unread]
            );
        }

        // "a with (no) failed children in b", "a whose parent is b"
        var with = terms.Take(i).ToList().FindLastIndex(t => t.Kind is TermKind.With or TermKind.Without or TermKind.Whose);
        if (with > 0)
        {
            // "spans that do not have a failing child"
            var not = terms[with - 1].Kind == TermKind.Not ? 1 : 0;
            var here = SpansetReader.Read(terms.Take(with - not).ToList(), index);
            var there = SpansetReader.Read(
                RelationReader.Lone([
                    .. terms.Skip(with + 1).Take(i - with - 1).SkipWhile(t => t.Kind == TermKind.Without),
                    .. after.SkipWhile(t => t.Kind is TermKind.Copula or TermKind.Whose),
                ]),
                index
            );
            if (
                !there.Says
                && terms[i].Tag == "parent"
                && terms[with].Kind == TermKind.Without
                && here.Expression is SpansetFilter { Condition: var said }
            )
                return new Spansets(new SpansetFilter(said is Literal ? PhraseBook.Root : said.And(PhraseBook.Root)), true, here.Unread);
            if (!there.Says && !here.Says && terms[with].Kind != TermKind.Without)
                return null;
            var inverse = Inverse(op);
            var denied =
                not > 0
                || terms[with].Kind == TermKind.Without
                || terms.Skip(with).Take(i - with).Any(t => t.Kind is TermKind.Without or TermKind.Not);
            return new Spansets(
                new SpansetOperation(denied ? Negated(inverse) : inverse, there.Expression, here.Expression),
                true,
                [.. here.Unread, .. there.Unread]
            );
        }

        // "are a and b siblings?"
        var pair = terms.Take(i).ToList();
        var both = pair.FindIndex(t => t.Kind == TermKind.And);
        if (
            terms[i].Tag == "sibling"
            && both > 0
            && pair[0].Lower is "are" or "is" or "do"
            && after.All(t => t.Kind == TermKind.Break)
            && SpansetReader.Single(RelationReader.Lone([.. pair.Take(both).Skip(1)]), index) is { Says: true } one
            && SpansetReader.Single(RelationReader.Lone([.. pair.Skip(both + 1)]), index) is { Says: true } other
        )
            return new Spansets(new SpansetOperation(op, one.Expression, other.Expression), true, [.. one.Unread, .. other.Unread]);

        // "a and all failing descendants"
        var and = terms.Take(i).ToList().FindLastIndex(t => t.Kind is TermKind.And or TermKind.Also or TermKind.Select);
        if (and > 0)
        {
            var here = SpansetReader.Read(terms.Take(and).ToList(), index);
            var kin = SpansetReader.Single([.. terms.Skip(and + 1).Take(i - and - 1), .. after], index);
            return here.Says
                ? new Spansets(
                    new SpansetOperation(op - SpansetOperator.Child + SpansetOperator.UnionChild, here.Expression, kin.Expression),
                    true,
                    [.. here.Unread, .. kin.Unread]
                )
                : null;
        }

        // "checkout's children"
        var owner = SpansetReader.Single(terms.Take(i).ToList(), index);
        var rest = SpansetReader.Single(after, index);
        return owner.Says
            ? new Spansets(new SpansetOperation(op, owner.Expression, rest.Expression), true, [.. owner.Unread, .. rest.Unread])
            : null;
    }

    private static (List<Term> Adjectives, List<Term> Head) Head(List<Term> before)
    {
        var cut = before.FindLastIndex(t => t.Kind is TermKind.Whose or TermKind.Copula or TermKind.Subject);
        return (
            before.Skip(cut + 1).Where(t => t.Kind is not (TermKind.Not or TermKind.Direct)).ToList(),
            before.Take(cut + 1).Where(t => t.Kind is not TermKind.Not).ToList()
        );
    }

    private static bool Denied(IReadOnlyList<Term> terms, int i) =>
        terms
            .Take(i)
            .Reverse()
            .TakeWhile(t => t.Kind is TermKind.Not or TermKind.Article or TermKind.Direct or TermKind.Copula or TermKind.Function)
            .Any(t => t.Kind == TermKind.Not);

    private static SpansetOperator Operator(string kin, bool direct) =>
        kin switch
        {
            "child" => SpansetOperator.Child,
            "parent" => SpansetOperator.Parent,
            "descendant" => direct ? SpansetOperator.Child : SpansetOperator.Descendant,
            "ancestor" => direct ? SpansetOperator.Parent : SpansetOperator.Ancestor,
            _ => SpansetOperator.Sibling,
        };

    private static SpansetOperator Inverse(SpansetOperator op) =>
        op switch
        {
            SpansetOperator.Child => SpansetOperator.Parent,
            SpansetOperator.Parent => SpansetOperator.Child,
            SpansetOperator.Descendant => SpansetOperator.Ancestor,
            SpansetOperator.Ancestor => SpansetOperator.Descendant,
            _ => op,
        };

    private static SpansetOperator Negated(SpansetOperator op) => op - SpansetOperator.Child + SpansetOperator.NotChild;
}
