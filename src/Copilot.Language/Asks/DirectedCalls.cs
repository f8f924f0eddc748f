using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Two services of which one calls the other: "how many calls did checkout make to payment?" is about the requests of the one that
/// is called, as far as the other made them.</summary>
internal static class DirectedCalls
{
    public static QuestionPlan? Directed(ReadingContext context, QuestionPlan? plan)
    {
        if (plan is not { Frame: { Over: FramePopulation.Requests, Sides: null, Act: not FrameAct.Errors } frame })
            return plan;
        // "on the edge checkout → payment": no service is called so.
        var services = plan.Services.Where(r => r.Standing != ServiceStanding.Unknown || !WordRoles.Edge.Contains(r.Name)).ToList();
        if (services is not [var a, var b])
            return plan;
        var s = context.Sentence;
        if (
            s.MayMean(Concept.Compare, Concept.Than, Concept.Together)
            || frame.By.Any(g => g.Kind == FrameGroupKind.Service)
            || Place(s, a) is not { } first
            || Place(s, b) is not { } second
        )
            return plan;
        if (first.Start > second.Start)
            (first, second, a, b) = (second, first, b, a);
        // "in how many of checkout's requests was payment called?"
        if (b.Standing == ServiceStanding.Instrumented && IsPassive(s, second))
        {
            Use(s);
            return Calling(plan, frame, a, b);
        }

        // "calls between checkout and payment": either way.
        var joined = IsJoined(s, first.End, second.Start);
        if (joined && !WordRoles.Between.Contains(Before(s, first.Start)))
            return plan;
        // "how many of checkout's requests called payment?": of checkout's, not of the calls to payment.
        if (!joined && frame.Measures is [{ Kind: MeasureKind.Count }] && IsOfThose(s, first) && IsCaller(s, first, second) is true)
        {
            Use(s);
            return Calling(plan, frame, a, b);
        }

        if (!joined && IsCaller(s, first, second) is { } forward)
        {
            var (caller, callee) = forward ? (a, b) : (b, a);
            Use(s);
            return plan with { Services = [callee], Frame = frame with { CalledBy = [caller.Name] } };
        }

        if (!joined && !s.MayMean(Concept.Calls) && !s.MarksOf(Concept.Request).Any(m => m.End - m.Start > 1))
            return plan;
        var question = context.Request.Question.Trim();
        return Plans.Clarifications.Plan(
            context,
            new Clarification(
                $"Do you mean what {a.Name} calls on {b.Name}, or what {b.Name} calls on {a.Name}?",
                [$"{question} (calls from {a.Name} to {b.Name})", $"{question} (calls from {b.Name} to {a.Name})"],
                []
            )
        );
    }

    /// <summary>"Checkout → payment calls", "checkout reached out to payment": it is said which of two services calls the other.</summary>
    public static bool AreTold(ReadingContext context) =>
        context.Subject.Services.Where(r => r.Standing != ServiceStanding.Unknown).ToList() is [var a, var b]
        && Place(context.Sentence, a) is { } one
        && Place(context.Sentence, b) is { } other
        && (one.Start < other.Start ? (one, other) : (other, one)) is var (first, second)
        && !IsJoined(context.Sentence, first.End, second.Start)
        && IsCaller(context.Sentence, first, second) is not null;

    /// <summary>"Does checkout call payment?" asks whether, not how often.</summary>
    public static bool AreCounted(ReadingContext context) => !context.Sentence.MeansAt(0, Concept.Do, Concept.Be) && AreTold(context);

    private static Link? Place(Sentence s, ServiceReference service) =>
        s.LinksOf(LinkKind.Service).FirstOrDefault(l => l.Targets.Any(t => t.Name == service.Name));

    // "checkout and payment", "checkout, payment": both are meant.
    private static bool IsJoined(Sentence s, int from, int to) =>
        Enumerable
            .Range(from, to - from)
            .All(i =>
                s.MeansAt(i, Concept.Joint, Concept.Or, Concept.Article, Concept.Service)
                || s.Tokens[i].IsSymbol(",")
                || s.Tokens[i].IsSymbol("/")
            );

    // Whether the one that stands first is the one that calls; null where nothing says so.
    private static bool? IsCaller(Sentence s, Link first, Link second)
    {
        var (toFirst, toSecond) = (Before(s, first.Start), Before(s, second.Start));
        if (Enumerable.Range(first.End, second.Start - first.End).Any(i => WordRoles.Arrow.Contains(s.Tokens[i].Text)))
            return true;
        if (!s.MayMean(Concept.Calls, Concept.Request, Concept.Contact, Concept.Callers, Concept.Callees) && !s.MayMean(Concept.Retry))
            return null;
        if (WordRoles.Towards.Contains(toSecond) && !WordRoles.Towards.Contains(toFirst))
            return true;
        if (WordRoles.Towards.Contains(toFirst) && !WordRoles.Towards.Contains(toSecond))
            return false;
        if (WordRoles.FromWhom.Contains(toSecond) && !WordRoles.FromWhom.Contains(toFirst))
            return false;
        if (WordRoles.FromWhom.Contains(toFirst) && !WordRoles.FromWhom.Contains(toSecond))
            return true;
        // "how often did checkout call the payment service"
        return s.MayMeanIn(first.End, second.Start, Concept.Calls) ? true : null;
    }

    private static QuestionPlan Calling(QuestionPlan plan, QueryFrame frame, ServiceReference caller, ServiceReference callee) =>
        plan with
        {
            Services = [caller],
            Operations = [.. plan.Operations.Where(o => o.Services.Contains(caller.Name))],
            Frame = frame with { InTrace = [.. frame.InTrace, Field.Resource(FieldNames.Service).Is(callee.Name)] },
        };

    // "how many of checkout's requests", "how many of the requests of checkout"
    private static bool IsOfThose(Sentence s, Link caller) =>
        s.MarksOf(Concept.Count)
            .Any(m =>
                m.End < caller.Start
                && s.MeansAt(m.End, Concept.Preposition)
                && s.MarksOf(Concept.Request).Any(r => r.Start > m.End && Math.Abs(r.Start - caller.Start) <= NearCaller)
            );

    private const int NearCaller = 3;

    private static bool IsPassive(Sentence s, Link callee) =>
        s.MeansAt(callee.Start - 1, Concept.Be) && s.MeansAt(callee.End, Concept.Calls) && callee.End == s.MarkAt(callee.End)?.Start;

    // The small word that says how it stands to the other: "to the payment service".
    private static string Before(Sentence s, int at)
    {
        var i = at - 1;
        while (i >= 0 && (s.MeansAt(i, Concept.Article, Concept.Service) || s.WordAt(i) is { } word && WordRoles.Ours.Contains(word)))
            i--;
        return i < 0 ? "" : s.Tokens[i].Lower;
    }

    private static void Use(Sentence s)
    {
        foreach (var mark in s.MarksOf(Concept.Calls, Concept.Contact, Concept.Callers, Concept.Callees, Concept.Request).ToList())
            s.Use(mark);
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (WordRoles.Edge.Contains(s.Tokens[i].Lower) && s.LinkAt(i) is null)
                s.Use(i, i + 1);
        }
    }
}
