using Copilot.Language.Linking;
using Copilot.Language.Queries.Filters;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>Which spans are meant: a relation between two kinds of them, several that a trace must hold, or one filter.</summary>
internal static class SpansetReader
{
    public static Spansets Read(IReadOnlyList<Term> terms, KnownNamesIndex index)
    {
        var traces = terms.Any(t => t.Is(TermKind.Subject, "trace"));
        var also = terms.ToList().FindIndex(t => t.Kind == TermKind.Also);
        if (traces && also > 0 && !terms.Skip(also).Any(t => t.Kind is TermKind.Pronoun or TermKind.Kin))
        {
            var first = Read(terms.Take(also).ToList(), index);
            // "an error in a and another in b"
            var again =
                terms[also].Lower.EndsWith("another", StringComparison.Ordinal)
                && also + 1 < terms.Count
                && terms[also + 1].Kind == TermKind.Prep
                    ? terms.Take(also).Where(t => t.Kind == TermKind.Condition).Take(1)
                    : [];
            var second = Read(
                again
                    .Concat(terms.Skip(also + 1))
                    .SkipWhile(t => t.Kind is TermKind.Subject or TermKind.Article or TermKind.Whose)
                    .ToList(),
                index
            );
            if (first.Says && second.Says)
                return new Spansets(
                    new SpansetOperation(SpansetOperator.And, first.Expression, second.Expression),
                    true,
                    [.. first.Unread, .. second.Unread]
                );
        }

        // "spans in the same trace as an error in b"
        if (
            also > 0
            && terms[also].Lower == "in the same trace as"
            && Read(terms.Skip(also + 1).ToList(), index) is { Says: true } companion
        )
        {
            var asked = Read(terms.Take(also).ToList(), index);
            return new Spansets(
                new SpansetOperation(SpansetOperator.And, asked.Expression, companion.Expression),
                true,
                [.. asked.Unread, .. companion.Unread]
            );
        }

        if (traces && Alternatives(terms, index) is { } either)
            return either;
        return KinReader.Read(terms, index)
            ?? RelationReader.Read(terms, index)
            ?? Several(terms, index, traces)
            ?? Single(terms, index, traces);
    }

    /// <summary>"Traces with either a failed span in a or a span over 5 s in b": one span or another.</summary>
    private static Spansets? Alternatives(IReadOnlyList<Term> terms, KnownNamesIndex index)
    {
        var or = Enumerable
            .Range(0, terms.Count)
            .FirstOrDefault(
                i =>
                    terms[i].Kind == TermKind.Or
                    && i + 2 < terms.Count
                    && terms[i + 1].Kind is TermKind.Article or TermKind.Single
                    && terms.Skip(i + 2).Take(3).Any(t => t.Is(TermKind.Subject, "span")),
                -1
            );
        if (or < 1)
            return null;
        var first = Read(terms.Take(or).ToList(), index);
        var second = Read(terms.Skip(or + 1).ToList(), index);
        return first.Says && second.Says
            ? new Spansets(
                new SpansetOperation(SpansetOperator.Or, first.Expression, second.Expression),
                true,
                [.. first.Unread, .. second.Unread]
            )
            : null;
    }

    /// <summary>One filter, without any structure.</summary>
    public static Spansets Single(IReadOnlyList<Term> terms, KnownNamesIndex index, bool traces = false)
    {
        var clauses = FilterReader.Read(terms, index, traces);
        return new Spansets(clauses.Filter(), !clauses.IsEmpty, clauses.Unread);
    }

    /// <summary>"Traces that touch both a and b", "traces with an error and a database call": other spans each.</summary>
    private static Spansets? Several(IReadOnlyList<Term> terms, KnownNamesIndex index, bool traces)
    {
        var both = terms.Any(t => t is { Kind: TermKind.Both, Lower: "both" });
        if (!traces && !both && !terms.Any(t => t.Kind == TermKind.Apart))
            return null;
        var clauses = FilterReader.Read(terms, index, traces);
        var apart = terms.Any(t => t.Kind == TermKind.Apart);
        var groups = new List<List<Clause>>();
        foreach (var clause in clauses.All)
        {
            if (groups.Count == 0 || Parts(terms, groups[^1], clause, apart))
                groups.Add([]);
            groups[^1].Add(clause);
        }

        if (groups.Count < 2)
            return null;
        var filters = groups.Select(g => (SpansetExpression)Clauses.Filter(g)).ToList();
        return new Spansets(filters.Aggregate((a, b) => new SpansetOperation(SpansetOperator.And, a, b)), true, clauses.Unread);
    }

    // What stands between two clauses tells whether the second is said of the same span.
    private static bool Parts(IReadOnlyList<Term> terms, List<Clause> group, Clause after, bool apart)
    {
        var before = group[^1];
        var between = terms.Skip(before.At).Take(after.At - before.At).Append(terms[after.At]).ToList();
        if (between.Any(t => t.Kind == TermKind.Also))
            return true;
        var and = between.FindIndex(t => t.Kind == TermKind.And);
        var same = Excludes(before, after);
        // "a, b and c"
        if (
            and < 0
            && same
            && between.Any(t => t.Kind == TermKind.Comma)
            && terms.Any(t => t.Kind == TermKind.And)
            && !terms.Any(t => t.Kind == TermKind.Or)
        )
            return true;
        if (and < 0)
            return false;
        // "where a failed and b took over 3 s": no span is of two services.
        if (apart || same || group.Any(b => Excludes(b, after)))
            return true;
        // "… and a 500"
        if (
            between[^2] is { Kind: TermKind.Article, Lower: "a" or "an" }
            && and == between.Count - 3
            && after.Key.EndsWith("status_code", StringComparison.Ordinal)
        )
            return true;
        // "kafka spans and mysql spans"
        if (
            between[^2].Kind == TermKind.And
            && and > 0
            && between[and - 1].Is(TermKind.Subject, "span")
            && terms.Skip(after.At + 1).FirstOrDefault() is { } noun
            && noun.Is(TermKind.Subject, "span")
        )
            return true;
        // "… and a database call", "… and at least one error"
        return between.Skip(and + 1).FirstOrDefault()
                is { Kind: TermKind.Article, Lower: "a" or "an" or "some" }
                    or { Kind: TermKind.Compare, Tag: ">=" }
            && after.At > before.At
            && between.Skip(and + 1).Concat(terms.Skip(after.At + 1)).Any(t => t.Kind is TermKind.Subject or TermKind.Condition);
    }

    private static bool Excludes(Clause a, Clause b) => a.IsEquality && b.IsEquality && a.Key == b.Key && a.Expression() != b.Expression();

    /// <summary>The spans that are not of this service, where all that is said is one service.</summary>
    public static SpansetExpression Others(SpansetExpression of) =>
        of
            is SpansetFilter
            {
                Condition: FieldBinary { Operator: FieldOperator.Equal, Left: AttributeReference { Name: "service.name" } } only
            }
            ? new SpansetFilter(Negation.Of(only))
            : new SpansetFilter(Literal.Of(true));
}

/// <summary>The spans that some words choose.</summary>
/// <param name="Says">Whether they say anything: a condition, a relation.</param>
internal sealed record Spansets(SpansetExpression Expression, bool Says, IReadOnlyList<Term> Unread)
{
    /// <summary>More than conditions on single spans.</summary>
    public bool IsStructure => Expression is not SpansetFilter;
}
