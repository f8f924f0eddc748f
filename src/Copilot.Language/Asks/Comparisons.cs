using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>The two sides of a comparison: windows, a change and what came before it, values, services, operations, states.</summary>
internal static class Comparisons
{
    private static readonly Concept[] Comparing =
    [
        Concept.Compare,
        Concept.Than,
        Concept.Greater,
        Concept.Less,
        Concept.Together,
        Concept.AboveAverage,
        Concept.BelowAverage,
    ];

    /// <summary>Whether the clause sets something against something else.</summary>
    public static bool Asks(Sentence s) => s.MayMean(Concept.Compare, Concept.Than) || s.HasAny(Concept.Earlier, Concept.Later);

    /// <summary>Null where there are no two sides.</summary>
    public static QuestionPlan? Read(ReadingContext context, QuestionPlan plan, QueryFrame frame)
    {
        var s = context.Sentence;
        var windows = WindowPlanner.Windows(s);
        if (windows.Count >= 2)
        {
            Spend(s);
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
                Conditions = [.. plan.Conditions.Where(c => context.Anchor is null || c.Key != "service.version")],
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
            && !s.MayMean(Concept.Which, Concept.Up, Concept.Slow, Concept.Trouble)
        )
        {
            foreach (var mark in s.MarksOf(Concept.Together).ToList())
                s.Use(mark);
            return null;
        }

        if (!s.MayMean(Comparing) && !(s.MayMean(Concept.Or) && s.MayMean(Concept.Which, Concept.Up, Concept.Slow, Concept.Trouble)))
            return null;
        if (plan.Conditions.FirstOrDefault(c => c.Values.Count == 2 && c.Operator == ConditionOperator.Equal) is { } condition)
        {
            Spend(s);
            return plan with
            {
                Conditions = [.. plan.Conditions.Where(c => c != condition)],
                Frame = frame with
                {
                    // "by plan, premium against basic": two of its values.
                    By = [.. frame.By.Where(g => (g.Field as AttributeReference)?.Name != condition.Key)],
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

    private static void Spend(Sentence s)
    {
        foreach (
            var mark in s.MarksOf([.. Comparing, Concept.Slow, Concept.Or, Concept.Earlier, Concept.Later, Concept.Up, Concept.Trouble])
                .ToList()
        )
            s.Use(mark);
    }
}
