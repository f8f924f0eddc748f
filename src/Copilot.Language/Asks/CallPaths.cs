using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Which other services the traces of what is counted go through, or do not.</summary>
internal static class CallPaths
{
    /// <summary>"Requests that did not call stock": no span of it in their traces.</summary>
    public static QueryFrame On(Sentence s, Subject subject, QueryFrame frame)
    {
        if (subject.Uncalled.Count == 0)
            return frame;
        foreach (var uncalled in subject.Uncalled)
            s.Use(uncalled.Start, uncalled.End);
        return frame with { NotInTrace = [.. frame.NotInTrace, .. subject.Uncalled.Select(u => Field.Service(u.Service))] };
    }

    /// <summary>What was read, where it keeps that something was not called; else it is asked back, for the answer would be about what did
    /// call it, too.</summary>
    /// <param name="clause">Nothing of it used.</param>
    public static QuestionPlan Kept(Sentence clause, QuestionPlan plan)
    {
        if (
            plan.Kind is QuestionKind.Clarify or QuestionKind.Unsupported or QuestionKind.SpanQuery
            || plan.Frame is { Act: not FrameAct.Errors, NotInTrace.Count: > 0 }
            || !clause.MayMean(Concept.Calls)
            || !clause.MayMean(Concept.Without, Concept.Negation)
            || SubjectReader.Read(clause).Uncalled is not [var uncalled, ..]
        )
            return plan;
        return Clarifications.Instead(
            plan,
            new Clarification(
                $"I can leave out what called {uncalled.Service} where I count requests or traces, or list traces. Which of these do you want?",
                [],
                []
            )
        );
    }

    // "cart as well as payment"
    private static bool IsAlso(Sentence s) =>
        s.LinksOf(Linking.LinkKind.Service).ToList() is [var one, var other, ..]
        && Enumerable.Range(one.End, other.Start - one.End).Any(i => WordRoles.Also.Contains(s.Tokens[i].Lower));

    /// <summary>"Traces that went through both cart and payment": spans of each, where "traces of cart and payment" may hold one of
    /// them.</summary>
    public static QuestionPlan? ThroughAll(Sentence s, QuestionPlan plan, QueryFrame frame)
    {
        if (
            frame.Over != FramePopulation.Traces
            || plan.Services.Count < 2
            || plan.Services.Any(service => service.Standing != ServiceStanding.Instrumented)
            || s.MayMean(Concept.Or, Concept.Compare)
        )
            return null;
        var first = s.LinksOf(Linking.LinkKind.Service).Select(l => l.Start).FirstOrDefault();
        var both = s.MarksOf(Concept.Together).FirstOrDefault(m => m.End <= first);
        if (both is null && !IsAlso(s))
            return null;
        s.Use(both);
        return plan with
        {
            Services = [plan.Services[0]],
            Frame = frame with { InTrace = [.. frame.InTrace, .. plan.Services.Skip(1).Select(service => Field.Service(service.Name))] },
        };
    }
}
