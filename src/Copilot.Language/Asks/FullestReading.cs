using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;

namespace Copilot.Language.Asks;

/// <summary>Of several ways to take an ask together with what is told around it: the one that leaves out least of what is named.</summary>
internal static class FullestReading
{
    /// <summary>Told between the ask before and this one.</summary>
    public static bool IsBefore(List<AskClause> asks, AskClause clause, AskClause ask) =>
        clause.End <= ask.Start && !asks.Exists(a => a.Start >= clause.End && a.End <= ask.Start);

    /// <summary>"GET /query, eu-central-1 only. What percent fails?": a figure that leaves out what is named beside the question is about
    /// something else; what leaves out least is meant.</summary>
    /// <param name="whole">All that was said.</param>
    /// <param name="clauses">Those that may belong to the ask.</param>
    /// <param name="ranges">The ask, with what is said of it for sure.</param>
    /// <param name="read">Reads stretches as one ask.</param>
    public static QuestionPlan Of(
        Sentence whole,
        IReadOnlyList<AskClause> clauses,
        IReadOnlyList<(int Start, int End)> ranges,
        Func<IReadOnlyList<(int Start, int End)>, QuestionPlan> read
    )
    {
        var plan = read(ranges);
        if (!Narrows(plan) || Unspent(whole, clauses, plan) is not { Count: > 0 } unspent)
            return plan;
        var named = clauses.Where(c => unspent.Any(n => n.Start >= c.Start && n.End <= c.End)).Select(c => (c.Start, c.End));
        foreach (var wider in new[] { Merged([.. ranges, .. named]), Merged([.. clauses.Select(c => (c.Start, c.End))]) })
        {
            if (read(wider) is var fuller && Narrows(fuller) && !IsOfOne(fuller) && Unspent(whole, clauses, fuller).Count < unspent.Count)
                return fuller;
        }

        if (Unknown(whole, clauses, unspent) is { } unknown)
            return LeftOver.Unknown(plan, unknown);
        return Path(whole, plan, unspent) is { } path ? plan with { Operations = [path] } : plan;
    }

    // "the pages (GET /machines/{id}) were slow. What was the p75 of the portal?": of these requests of the service.
    private static OperationReference? Path(Sentence whole, QuestionPlan plan, List<(int Start, int End)> unspent)
    {
        var paths = whole.LinksOf(LinkKind.Operation).Where(l => unspent.Contains((l.Start, l.End))).ToList();
        return
            paths is [{ Targets: [var target] } path]
            && plan is { Operations.Count: 0, Services: [var service] }
            && target.EntryServices.Contains(service.Name)
            ? new OperationReference(target.Name, [service.Name], whole.Words(path.Start, path.End))
            : null;
    }

    /// <summary>A clause of so many words names what is meant; in a longer one names stand in passing.</summary>
    private const int Fragment = 14;

    // "POST /x, eu-west-9 only": a name that nobody knows may be all that was meant.
    private static string? Unknown(Sentence whole, IReadOnlyList<AskClause> clauses, List<(int Start, int End)> unspent) =>
        UnspentNames
            .Unknown(whole)
            .Where(n =>
                unspent.Contains(n)
                && (
                    UnspentNames.IsTold(whole, n.Start) && clauses.Any(c => n.Start >= c.Start && n.End <= c.End)
                    || clauses.Any(c =>
                        n.Start >= c.Start
                        && n.End <= c.End
                        && c.End - c.Start <= Fragment
                        && c.Asking != Asking.Surely
                        && !whole.MayMeanIn(c.Start, c.End, Concept.Be, Concept.Do, Concept.Person, Concept.Modal)
                    )
                )
                && Enumerable.Range(n.Start, n.End - n.Start).Any(i => !PlainWords.English.Contains(whole.Tokens[i].Lower))
            )
            .Select(n => whole.Words(n.Start, n.End))
            .FirstOrDefault();

    // "which tenants were hit? I only looked at X so far": what is split by tenant is of no single one.
    private static bool IsOfOne(QuestionPlan plan) =>
        plan.Breakdown is { } split
        && plan.Conditions.Any(c => c.Operator == ConditionOperator.Equal && split.Attributes.Any(a => a.Key == c.Key));

    private static List<(int Start, int End)> Unspent(Sentence whole, IReadOnlyList<AskClause> clauses, QuestionPlan plan) =>
        [.. UnspentNames.Of(whole, plan).Where(n => clauses.Any(c => n.Start >= c.Start && n.End <= c.End))];

    // Kinds whose answer conditions narrow.
    private static bool Narrows(QuestionPlan plan) =>
        plan.Kind
            is QuestionKind.Query
                or QuestionKind.Measure
                or QuestionKind.Series
                or QuestionKind.Comparison
                or QuestionKind.Breakdown
                or QuestionKind.Traces
                or QuestionKind.Logs
                or QuestionKind.Services
                or QuestionKind.Operations;

    private static IReadOnlyList<(int Start, int End)> Merged(IReadOnlyList<(int Start, int End)> ranges)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var range in ranges.OrderBy(r => r.Start).ThenByDescending(r => r.End))
        {
            if (merged.Count == 0 || range.Start >= merged[^1].End)
                merged.Add(range);
            else if (range.End > merged[^1].End)
                merged[^1] = (merged[^1].Start, range.End);
        }

        return merged;
    }
}
