using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Times;

namespace Copilot.Language.Asks;

/// <summary>Reads all that a question asks for: each ask by itself, with the times and names told around it, and after the asks before
/// it.</summary>
internal static class Several
{
    private const int Most = 6;

    public static QuestionPlan Read(Sentence whole, InterpreterRequest request, Func<Sentence, InterpreterRequest, QuestionPlan> one)
    {
        var clauses = Clauses.Split(whole);
        var asks = clauses.Where(c => c.Asking == Asking.Surely).ToList();
        if (asks.Count == 0)
            asks = clauses.Count(c => c.Asking == Asking.Perhaps) == 1 ? [clauses.First(c => c.Asking == Asking.Perhaps)] : [];
        if (asks.Count == 0 || clauses.Count == 1)
            return one(whole, request);
        var plans = new List<QuestionPlan>();
        var previous = request.Previous;
        foreach (var ask in asks.Take(Most))
        {
            var plan = one(whole.Part(Around(whole, clauses, asks, ask, plans.Count == 0)), request with { Previous = previous });
            // What is told around a single ask may be part of it after all.
            if (asks.Count == 1 && plan.Kind == QuestionKind.Clarify)
                return one(whole, request);
            if (plan.Kind == QuestionKind.Unsupported)
                return plan;
            plans.Add(plan with { AboutFoundService = plans.Count > 0 && IsAboutFound(whole, ask, plans[^1], plan) });
            if (plan.Kind != QuestionKind.Clarify)
                previous = new PreviousTurn { Plan = plan with { More = [] } };
        }

        // What is clear is answered; what is not says so in its place.
        return plans.TrueForAll(p => p.Kind == QuestionKind.Clarify) ? plans[0] : plans[0] with { More = [.. plans.Skip(1)] };
    }

    // "which service is the cause, and who owns it?"
    private static bool IsAboutFound(Sentence whole, Clause ask, QuestionPlan before, QuestionPlan plan) =>
        Finds(before)
        && plan.Kind is QuestionKind.Owners or QuestionKind.Changes or QuestionKind.Query or QuestionKind.Period or QuestionKind.Callers or QuestionKind.Callees
        && !whole.Links.Any(l => l.Start >= ask.Start && l.End <= ask.End && l.Kind is LinkKind.Service or LinkKind.Team or LinkKind.Person);

    private static bool Finds(QuestionPlan plan) =>
        plan.AboutFoundService
        || plan.Kind is QuestionKind.Cause or QuestionKind.Overview or QuestionKind.Services or QuestionKind.Trace
        || plan.Frame is { Act: Frames.FrameAct.Rank };

    // The ask itself; where it says no time, the best one told outside the other asks; where it names nothing, the names.
    private static List<(int Start, int End)> Around(
        Sentence whole,
        IReadOnlyList<Clause> clauses,
        IReadOnlyList<Clause> asks,
        Clause ask,
        bool first
    )
    {
        var ranges = new List<(int Start, int End)> { (ask.Start, ask.End) };
        if (!first)
            return ranges;
        var told = clauses.Where(c => !asks.Contains(c)).ToList();
        bool Inside(Clause c, int start, int end) => start >= c.Start && end <= c.End;
        if (!whole.Times.Any(t => Inside(ask, t.Start, t.End) && t.Kind != TimeMentionKind.Shift))
        {
            var time = whole
                .Times.Where(t => t.Kind != TimeMentionKind.Shift && told.Exists(c => Inside(c, t.Start, t.End)))
                .OrderBy(t => t.Kind is TimeMentionKind.Range or TimeMentionKind.Since ? 0 : t.Kind == TimeMentionKind.Day ? 2 : 1)
                .FirstOrDefault();
            if (time is not null)
                ranges.Add((time.Start, time.End));
        }

        if (!whole.Links.Any(l => Inside(ask, l.Start, l.End) && l.Kind is LinkKind.Service or LinkKind.Operation or LinkKind.Value))
        {
            foreach (var link in whole.Links.Where(l => l.Kind is LinkKind.Service or LinkKind.Operation && l.Quality >= 0.8 && told.Exists(c => Inside(c, l.Start, l.End))))
                ranges.Add((link.Start, link.End));
        }

        return ranges;
    }
}
