using System.Globalization;
using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;

namespace Copilot.Language.Plans;

/// <summary>What is broken down, by which attribute, with which measure of each value.</summary>
internal static class Breakdowns
{
    public static QuestionPlan Plan(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        // "What do the errors have in common": what stands before the question may be called like an attribute and is none.
        var asked = (s.First(Concept.InCommon) ?? s.First(Concept.Differ))?.Start ?? 0;
        var named = context
            .Subject.Attributes.Where(a => a.Grouping || a.Start >= asked)
            .OrderByDescending(a => a.Grouping)
            .FirstOrDefault();
        if (named is not null)
            s.Use(named.Start, named.End);
        var ranking = named is null ? null : Ranking(s, context.Measure);
        s.Use(
            Concept.InCommon,
            Concept.Differ,
            Concept.BreakDown,
            Concept.By,
            Concept.OneOf,
            Concept.Failed,
            Concept.Slow,
            Concept.Request,
            Concept.Fine,
            Concept.Which,
            Concept.What,
            Concept.Trouble,
            Concept.AboveAverage,
            Concept.Trace,
            Concept.MostFailing,
            Concept.Most
        );
        return plan with
        {
            Measure = named is not null && context.Measure is { Explicit: true } measure ? measure.Measure : null,
            Ranking = ranking,
            Breakdown = new PlannedBreakdown(Population(plan, context, named), named?.Keys ?? [], named is not null && !IsOneOf(s, named)),
        };
    }

    private static BreakdownPopulation Population(QuestionPlan plan, ReadingContext context, NamedAttribute? named)
    {
        var s = context.Sentence;
        // "group the exceptions by version"
        if (
            s.HasAny(Concept.Failed, Concept.MostFailing, Concept.ErrorRate, Concept.Affected)
            || s.LinksOf(Linking.LinkKind.Key).Any(l => l.Targets.All(t => Asks.ErrorNouns.IsOfErrors(t.Key)))
        )
            return BreakdownPopulation.Failed;
        if (s.HasAny(Concept.Slow, Concept.AboveAverage, Concept.Slowest))
            return BreakdownPopulation.Slow;
        if (plan.Measure is not null && named is not null)
            return BreakdownPopulation.All;
        var bad =
            s.HasAny(Concept.OneOf, Concept.InCommon, Concept.Differ, Concept.Trouble)
            || named is not null && IsOneOf(s, named)
            || context.Request.Previous is not null && !s.HasAny(Concept.Request, Concept.Count);
        return bad ? BreakdownPopulation.Bad : BreakdownPopulation.All;
    }

    private static bool IsOneOf(Sentence s, NamedAttribute named) =>
        s.Has(Concept.OneOf) || s.WordAt(named.Start - 1) is "one" or "single" or "bad";

    // "which version is slowest", "which region has the highest p95", "top 3 tenants by requests"; without such a word the values stand by
    // count.
    private static PlannedRanking? Ranking(Sentence s, MeasureMention? measure)
    {
        var known = measure is { Explicit: true } ? measure.Measure : (Measure?)null;
        Measure? by =
            s.HasAny(Concept.Slowest, Concept.Fastest) ? known ?? Measure.P95
            : s.HasAny(Concept.Busiest, Concept.Least) ? known ?? (s.HasAny(Concept.Failed) ? Measure.FailedCount : Measure.RequestCount)
            : s.HasAny(Concept.Maximum, Concept.Minimum, Concept.Top, Concept.Most)
                ? known ?? (s.HasAny(Concept.Failed, Concept.Slow, Concept.Affected) ? null : Measure.RequestCount)
            : null;
        if (by is null)
            return null;
        var ascending = s.HasAny(Concept.Fastest, Concept.Least, Concept.Minimum);
        var limit = Rankings.Limit(s);
        s.Use(
            Concept.Slowest,
            Concept.Fastest,
            Concept.Busiest,
            Concept.Least,
            Concept.Maximum,
            Concept.Minimum,
            Concept.Top,
            Concept.Most,
            Concept.Mean,
            Concept.Latency,
            Concept.Calls,
            Concept.Count,
            Concept.Show
        );
        return new PlannedRanking(by.Value, limit, ascending);
    }
}

/// <summary>The reading as editable parts.</summary>
internal static class Chips
{
    public static IReadOnlyList<Chip> Of(QuestionPlan plan)
    {
        var chips = new List<Chip>();
        if (plan.Measure is { } measure)
            chips.Add(new Chip("measure", measure.Name(), measure.Name()));
        chips.AddRange(plan.Services.Select(s => new Chip("service", s.Name, s.Words)));
        chips.AddRange(plan.Operations.Select(o => new Chip("operation", o.Name, o.Words)));
        chips.AddRange(plan.Conditions.Select(c => new Chip("filter", PlanFilter.Term(c), c.Words)));
        chips.AddRange(plan.ShareOf.Select(c => new Chip("share", PlanFilter.Term(c), c.Words)));
        if (plan.Window is { } window)
            chips.Add(new Chip("window", Text(window), window.Source));
        if (plan.Baseline is { } baseline)
            chips.Add(new Chip("baseline", Text(baseline), baseline.Source));
        return chips;
    }

    private static string Text(PlannedWindow window) =>
        window.Window is { } known
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{known.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} to {known.To.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"
            )
            : window.Source;
}
