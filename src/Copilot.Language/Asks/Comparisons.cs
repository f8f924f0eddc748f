using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>The two sides of a comparison: windows, a change and what came before it, values, services, operations, states.</summary>
internal static class Comparisons
{
    private static readonly Concept[] Comparing =
    [
        Concept.Compare,
        Concept.Than,
        Concept.Together,
        Concept.AboveAverage,
        Concept.BelowAverage,
    ];

    private const double Pair = 2;

    /// <summary>Whether the clause sets something against something else.</summary>
    public static bool Asks(Sentence s) => s.MayMean(Concept.Compare, Concept.Than) || s.HasAny(Concept.Earlier, Concept.Later);

    /// <summary>The rate that a percentage of failed or successful requests is, where two values or services are set against each
    /// other.</summary>
    public static MeasureKind? Rate(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            !SetsApart(s)
            || s.MayMean(Concept.Greater, Concept.Less)
            || context.Subject.Services.Count != Pair
                && !context.Subject.Conditions.Any(c => c is { Operator: ConditionOperator.Equal, Values.Count: (int)Pair })
        )
            return null;
        return s.MayMean(Concept.Failed) ? MeasureKind.ErrorRate
            : s.MayMean(Concept.Succeeded) ? MeasureKind.SuccessRate
            : null;
    }

    /// <summary>Null where there are no two sides.</summary>
    public static QuestionPlan? Read(ReadingContext context, QuestionPlan plan, QueryFrame frame)
    {
        var s = context.Sentence;
        var windows = WindowPlanner.Windows(s);
        if (windows.Count >= 2)
        {
            Spend(s);
            foreach (var window in windows)
                SpendLead(s, window.Start);
            var sides = windows
                .Take(2)
                .OrderBy(w => w.Window.FromNs)
                .Select(w => PlannedWindow.At(w.Window, s.Words(w.Start, w.End)))
                .ToList();
            return plan with
            {
                Baseline = sides[0],
                Window = sides[1],
                Frame = frame,
                // "p95 from 8:00 to 8:01, before 5.12.0, and from 8:02 to 8:03, after it": when it was, not of which version.
                Conditions =
                [
                    .. plan.Conditions.Where(c =>
                        c.Key != "service.version"
                        || context.Anchor is null && !s.MayMean(Concept.Deploy, Concept.Rollback, Concept.Earlier, Concept.Later)
                    ),
                ],
            };
        }

        if (context.Anchor is { Before: { } before, After: { } after } anchor)
        {
            Spend(s);
            return plan with
            {
                Baseline = PlannedWindow.Around(before, anchor.Words),
                Window = PlannedWindow.Around(after, anchor.Words),
                Frame = frame,
                Conditions = [.. plan.Conditions.Where(c => c.Key != "service.version")],
            };
        }

        // "for LH or BA flights" is either; "which is slower, LH or BA" sets them against each other.
        // "either CH or FR, both together" sets nothing against anything.
        if (
            s.MayMean(Concept.Or)
            && !s.MayMean([.. Comparing.Where(c => c != Concept.Together)])
            && !s.MayMean(Concept.Which, Concept.Up, Concept.Slow, Concept.Trouble, Concept.Comparative)
        )
        {
            foreach (var mark in s.MarksOf(Concept.Together).ToList())
                s.Use(mark);
            return null;
        }

        if (!SetsApart(s))
            return null;
        if (plan.Conditions.FirstOrDefault(c => c.Values.Count == 2 && c.Operator == ConditionOperator.Equal) is { } condition)
        {
            Spend(s);
            return plan with
            {
                Conditions = [.. plan.Conditions.Where(c => c != condition)],
                Frame = frame with
                {
                    // "by plan, premium against basic": each side is one of them.
                    By = [.. frame.By.Where(g => g.Field is not AttributeReference of || of.Name != condition.Key)],
                    Sides = new FrameSides(
                        condition.Values[0],
                        AskShares.Expression(condition with { Values = [condition.Values[0]] }),
                        condition.Values[1],
                        AskShares.Expression(condition with { Values = [condition.Values[1]] })
                    ),
                },
            };
        }

        if (plan.Services.Count == 2 && plan.Services.All(x => x.Standing == ServiceStanding.Instrumented) && frame.By.Count == 0)
        {
            Spend(s);
            return plan with
            {
                Services = [],
                Frame = frame with
                {
                    Sides = new FrameSides(
                        plan.Services[0].Name,
                        Field.Service(plan.Services[0].Name),
                        plan.Services[1].Name,
                        Field.Service(plan.Services[1].Name)
                    ),
                },
            };
        }

        if (plan.Operations.Count == 2 && frame.By.Count == 0)
        {
            Spend(s);
            return plan with
            {
                Operations = [],
                Frame = frame with
                {
                    Sides = new FrameSides(
                        plan.Operations[0].Name,
                        Field.Of(Intrinsic.Name).Is(plan.Operations[0].Name),
                        plan.Operations[1].Name,
                        Field.Of(Intrinsic.Name).Is(plan.Operations[1].Name)
                    ),
                },
            };
        }

        return null;
    }

    // "window A, 8:00 to 8:05", "the subsequent period 8:05-8:10": which of the two it is.
    private static void SpendLead(Sentence s, int at)
    {
        for (var i = at - 1; i >= 0 && s.TimeAt(i) is null; i--)
        {
            var lower = s.Tokens[i].Lower;
            var named =
                WordRoles.Window.Contains(lower) || WordRoles.Window.Contains(s.Tokens[i].Stem) || WordRoles.Sequence.Contains(lower);
            var letter = s.WordAt(i - 1) is { } noun && WordRoles.Window.Contains(noun) && lower.Length == 1;
            if (!named && !letter && !s.MeansAt(i, Concept.Article, Concept.Preposition, Concept.Earlier, Concept.Later, Concept.Ordinal))
                return;
            if (named || letter)
                s.Use(i, i + 1);
        }
    }

    // "for LH or BA flights" is either; "which is slower, LH or BA" sets them against each other; "longer than 2 s" is a bound of both.
    private static bool SetsApart(Sentence s) =>
        s.MayMean(Comparing)
        || s.MarksOf(Concept.Greater, Concept.Less).Any(m => !IsBound(s, m.End))
        || s.MayMean(Concept.Comparative) && s.MayMean(Concept.Which, Concept.Who, Concept.Or)
        || s.MayMean(Concept.Or)
            && (s.MayMean(Concept.Which) || s.MeansAt(0, Concept.Be) && s.MayMean(Concept.Up, Concept.Slow, Concept.Trouble));

    private static bool IsBound(Sentence s, int i) =>
        i < s.Tokens.Count && s.Tokens[i].Kind is WordTokenKind.Number or WordTokenKind.Duration or WordTokenKind.Percent;

    private static void Spend(Sentence s)
    {
        foreach (
            var mark in s.MarksOf([
                    .. Comparing,
                    Concept.Slow,
                    Concept.Or,
                    Concept.Earlier,
                    Concept.Later,
                    Concept.Up,
                    Concept.Trouble,
                    Concept.Comparative,
                    Concept.Greater,
                    Concept.Less,
                ])
                .ToList()
        )
            s.Use(mark);
        // "which of the two", "these two versions"
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (
                s.TimeAt(i) is null
                && (Cardinals.Of(s.Tokens[i].Lower) == Pair || s.Tokens[i].Kind == WordTokenKind.Number && s.Tokens[i].Value == Pair)
            )
                s.Use(i, i + 1);
        }
    }
}
