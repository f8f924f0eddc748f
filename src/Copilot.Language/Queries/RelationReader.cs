using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>Verbs and prepositions between spans: "a calls b", "errors below b", "a with b somewhere beneath it", "upstream of
/// b".</summary>
internal static class RelationReader
{
    private static readonly TermKind[] Light =
    [
        TermKind.Function,
        TermKind.Filler,
        TermKind.Article,
        TermKind.Comma,
        TermKind.Break,
        TermKind.Whose,
        TermKind.Direct,
        TermKind.Pronoun,
        TermKind.Subject,
        TermKind.Copula,
        TermKind.Single,
    ];

    public static Spansets? Read(IReadOnlyList<Term> terms, KnownNamesIndex index)
    {
        for (var i = terms.Count - 1; i >= 0; i--)
        {
            if (terms[i].Kind == TermKind.Relation && terms[i].Tag == "down" && At(terms, i, index) is { } down)
                return down;
        }

        for (var i = 0; i < terms.Count; i++)
        {
            if ((terms[i].Kind == TermKind.Relation && terms[i].Tag != "down" || IsVerb(terms, i)) && At(terms, i, index) is { } found)
                return found;
        }

        // "from a through b to c": the last part is below the others.
        for (var i = terms.Count - 1; i >= 0; i--)
        {
            if (IsTo(terms, i) && At(terms, i, index) is { } way)
                return way;
        }

        return null;
    }

    // "frontend calls cart": a verb between two names; "database calls" is a noun.
    private static bool IsVerb(IReadOnlyList<Term> terms, int i) =>
        terms[i]
            is { Kind: TermKind.Subject, Lower: "call" or "calls" }
                or { Kind: TermKind.Field, Lower: "query" or "queries" }
                or { Kind: TermKind.Filler or TermKind.Unknown, Lower: "touch" or "touches" or "use" or "uses" or "using" }
            && i > 0
            && terms[i - 1]
                is { Kind: TermKind.Whose or TermKind.Not or TermKind.Direct }
                    or { Kind: TermKind.Name or TermKind.Service or TermKind.Unknown }
            && (i + 1 >= terms.Count || terms.Skip(i + 1).All(t => t.Kind is TermKind.Direct or TermKind.Break))
            && terms.Any(t => t.Lower is "does" or "do" or "did")
        || terms[i] is { Kind: TermKind.Subject, Lower: "call" or "calls" }
            && i > 0
            && terms[i - 1]
                is { Kind: TermKind.Whose or TermKind.Not or TermKind.Direct }
                    or { Kind: TermKind.Name or TermKind.Service or TermKind.Unknown }
            && i + 1 < terms.Count
            && terms[i + 1].Kind
                is TermKind.Article
                    or TermKind.Name
                    or TermKind.Unknown
                    or TermKind.Condition
                    or TermKind.Text
                    or TermKind.Both
                    or TermKind.Operation
            && !(
                terms[i - 1].Kind is TermKind.Name or TermKind.Unknown
                && terms[i + 1].Kind is not (TermKind.Article or TermKind.Name or TermKind.Text or TermKind.Unknown)
            );

    // "calls from a to b"
    private static bool IsTo(IReadOnlyList<Term> terms, int i) =>
        terms[i] is { Kind: TermKind.Prep, Lower: "to" or "through" or "via" }
        && terms.Take(i).Any(t => t is { Kind: TermKind.Prep, Lower: "from" })
        && terms.Any(t => t.Kind == TermKind.Subject);

    private static Spansets? At(IReadOnlyList<Term> terms, int i, KnownNamesIndex index)
    {
        var left = Lone(terms.Take(i).ToList());
        var right = Lone(terms.Skip(i + 1).ToList());
        // "failed calls from a to b": the call is what failed.
        if (IsTo(terms, i) && left.FindIndex(t => t is { Kind: TermKind.Prep, Lower: "from" }) is > 0 and var from)
            (left, right) = (
                [.. left.Where((t, k) => k > from || t.Kind != TermKind.Condition)],
                [.. right, .. left.Take(from).Where(t => t.Kind == TermKind.Condition)]
            );
        var direct =
            left.LastOrDefault(t => !Light.Contains(t.Kind) || t.Kind == TermKind.Direct) is { Kind: TermKind.Direct }
            || terms[i].Lower.Contains("direct", StringComparison.Ordinal)
            || left.TakeLast(3).Any(t => t.Kind == TermKind.Direct)
            || right.TakeWhile(t => t.Kind is not (TermKind.And or TermKind.Whose)).Any(t => t.Kind == TermKind.Direct);
        var tag = terms[i].Kind == TermKind.Relation ? terms[i].Tag : "down";
        // "spans below checkout that failed": those spans did, unless it is "below spans that failed".
        var that = right.FindIndex(t => t.Kind == TermKind.Whose);
        if (
            tag is "under" or "over"
            && that > 0
            && !right.Take(that).Any(t => t.Kind == TermKind.Subject)
            && SpansetReader.Read(Lone(right.Take(that).ToList()), index).Says
        )
        {
            left = [.. left, .. right.Skip(that)];
            right = Lone(right.Take(that).ToList());
        }

        // "checkout spans and everything below them that failed": what comes after the pronoun is said of those below.
        if (tag is "under" or "over" && right.Count > 1 && right[0].Kind == TermKind.Pronoun)
        {
            left = [.. left, .. right.Skip(1)];
            right = [right[0]];
        }

        // "a 502 caused by an error in b": the cause of a failure lies below it.
        if (terms[i].Lower == "caused by" && right.Any(t => t.Kind == TermKind.Condition && t.Condition == Field.Failed()))
            tag = "over";
        var denied =
            left.Count > 0
            && (left[^1].Kind == TermKind.Not || left.Count > 1 && left[^1].Kind == TermKind.Direct && left[^2].Kind == TermKind.Not);
        if (denied)
            left.RemoveAt(left.FindLastIndex(t => t.Kind == TermKind.Not));
        var here = SpansetReader.Read(left, index);
        if (right.All(t => Light.Contains(t.Kind)) && tag is "under" or "over" && Trailing(left, tag, direct, index) is { } trailing)
            return trailing;
        var there = SpansetReader.Read(right, index);
        // "what does the gateway call?"
        if (!there.Says && here.Says && tag == "down" && left.Any(t => t.Lower is "does" or "do" or "did"))
            return new Spansets(
                Operation(
                    direct ? SpansetOperator.Child : SpansetOperator.Descendant,
                    denied,
                    here.Expression,
                    left.Any(t => t.Is(TermKind.Subject, "span"))
                        ? new SpansetFilter(Literal.Of(true))
                        : SpansetReader.Others(here.Expression)
                ),
                true,
                here.Unread
            );
        if (!there.Says)
            return null;
        if (!here.Says)
            return Alone(left, there, tag, direct, denied, terms);
        var unread = here.Unread.Concat(there.Unread).ToList();
        var (target, op) = tag switch
        {
            "down" when ChoosesLeft(left) || denied => (true, direct ? SpansetOperator.Parent : SpansetOperator.Ancestor),
            "down" => (false, direct ? SpansetOperator.Child : SpansetOperator.Descendant),
            "under" => (true, direct ? SpansetOperator.Child : SpansetOperator.Descendant),
            "over" => (true, direct ? SpansetOperator.Parent : SpansetOperator.Ancestor),
            _ => (true, SpansetOperator.Sibling),
        };
        return new Spansets(
            Operation(op, denied, target ? there.Expression : here.Expression, target ? here.Expression : there.Expression),
            true,
            unread
        );
    }

    /// <summary>A lone word beside a relation is a name: "frontend calling cart".</summary>
    public static List<Term> Lone(List<Term> side)
    {
        var content = side.Where(t => !Light.Contains(t.Kind) && t.Kind is not (TermKind.Service or TermKind.Prep)).ToList();
        return content is [{ Kind: TermKind.Unknown } word] ? [.. side.Select(t => t == word ? t with { Kind = TermKind.Name } : t)] : side;
    }

    private static SpansetOperation Operation(SpansetOperator op, bool denied, SpansetExpression left, SpansetExpression right) =>
        new(denied ? op - SpansetOperator.Child + SpansetOperator.NotChild : op, left, right);

    // "spans that call x" are the callers; "requests to a that reach x" asks for the way from a to x.
    private static bool ChoosesLeft(List<Term> left)
    {
        var subject = left.FindLastIndex(t => t.Kind is TermKind.Subject or TermKind.Service);
        return subject >= 0
            && left[subject].Is(TermKind.Subject, "span")
            && left.Skip(subject + 1).All(t => t.Kind is TermKind.Whose or TermKind.Direct or TermKind.Function or TermKind.Not);
    }

    private static bool IsPeer(FieldExpression e) =>
        e is FieldBinary b
        && (
            b.Operator.IsLogical()
                ? IsPeer(b.Left) && IsPeer(b.Right)
                : b.Left is AttributeReference { Name: var name }
                    && (
                        name.StartsWith("db.", StringComparison.Ordinal)
                        || name.StartsWith("messaging.", StringComparison.Ordinal)
                        || name.StartsWith("server.", StringComparison.Ordinal)
                        || name.StartsWith("net.peer.", StringComparison.Ordinal)
                        || name is "http.host" or "peer.service"
                    )
        );

    /// <summary>"a that have b somewhere beneath them".</summary>
    private static Spansets? Trailing(List<Term> left, string tag, bool direct, KnownNamesIndex index)
    {
        var with = left.FindIndex(t => t.Kind is TermKind.With or TermKind.Without);
        // "a together with every failing span below it"
        var union = left.FindIndex(t => t.Kind is TermKind.Also || t is { Kind: TermKind.And or TermKind.Select });
        if (with <= 0 && union > 0)
        {
            var first = SpansetReader.Read(left.Take(union).ToList(), index);
            var second = SpansetReader.Read(left.Skip(union + 1).ToList(), index);
            var joined =
                tag == "under"
                    ? direct
                        ? SpansetOperator.UnionChild
                        : SpansetOperator.UnionDescendant
                    : direct
                        ? SpansetOperator.UnionParent
                        : SpansetOperator.UnionAncestor;
            // "… is fine although something below it failed": nothing more is asked for.
            if (
                left[union] is { Kind: TermKind.And, Lower: "though" or "although" or "but" or "yet" or "while" or "whilst" }
                && first.Says
                && second.Says
            )
                return new Spansets(
                    new SpansetOperation(
                        tag == "under"
                            ? direct
                                ? SpansetOperator.Parent
                                : SpansetOperator.Ancestor
                            : direct
                                ? SpansetOperator.Child
                                : SpansetOperator.Descendant,
                        second.Expression,
                        first.Expression
                    ),
                    true,
                    [.. first.Unread, .. second.Unread]
                );
            return first.Says
                ? new Spansets(new SpansetOperation(joined, first.Expression, second.Expression), true, [.. first.Unread, .. second.Unread])
                : null;
        }

        if (with <= 0)
            return null;
        var without = left[with].Kind == TermKind.Without || with + 1 < left.Count && left[with + 1].Kind == TermKind.Without;
        var here = SpansetReader.Read(left.Take(with).ToList(), index);
        var there = SpansetReader.Read(left.Skip(with + 1).SkipWhile(t => t.Kind == TermKind.Without).ToList(), index);
        if (!there.Says && !here.Says)
            return null;
        var op =
            tag == "under"
                ? direct
                    ? SpansetOperator.Parent
                    : SpansetOperator.Ancestor
                : direct
                    ? SpansetOperator.Child
                    : SpansetOperator.Descendant;
        return new Spansets(Operation(op, without, there.Expression, here.Expression), true, [.. here.Unread, .. there.Unread]);
    }

    /// <summary>Nothing is said of one side: "spans below checkout", "who calls payments?".</summary>
    private static Spansets? Alone(List<Term> left, Spansets there, string tag, bool direct, bool denied, IReadOnlyList<Term> terms)
    {
        // "downstream errors"
        if (
            terms.Any(t => t is { Kind: TermKind.Relation, Lower: "downstream" or "upstream" })
            && left.All(t => Light.Contains(t.Kind))
            && !left.Any(t => t.Kind is TermKind.Subject)
        )
            return new Spansets(
                Operation(
                    tag == "under" ? SpansetOperator.Descendant : SpansetOperator.Ancestor,
                    denied,
                    new SpansetFilter(Literal.Of(true)),
                    there.Expression
                ),
                true,
                there.Unread
            );
        var spans =
            left.Any(t => t.Is(TermKind.Subject, "span")) || left.Any(t => t is { Lower: "everything" or "anything" or "all" or "what" });
        var services =
            left.Any(t => t.Kind == TermKind.Service)
            || terms[0] is { Lower: "who" or "what" or "which" } && !spans
            || terms[0] is { Lower: "who" or "what" } && tag is "over" or "under";
        if (tag == "down" && !services && !ChoosesLeft(left) || !spans && !services)
            return null;
        // "spans that talk to redis": the calling span itself says what it calls.
        if (tag == "down" && !denied && there.Expression is SpansetFilter { Condition: var called } && IsPeer(called))
            return new Spansets(there.Expression, true, there.Unread);
        var others = services ? SpansetReader.Others(there.Expression) : new SpansetFilter(Literal.Of(true));
        var op = tag switch
        {
            "under" => direct ? SpansetOperator.Child : SpansetOperator.Descendant,
            "beside" => SpansetOperator.Sibling,
            _ => direct ? SpansetOperator.Parent : SpansetOperator.Ancestor,
        };
        return new Spansets(Operation(op, denied, there.Expression, others), true, there.Unread);
    }
}
