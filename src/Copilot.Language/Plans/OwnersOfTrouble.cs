using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;

namespace Copilot.Language.Plans;

/// <summary>
/// "Who owns the broken service?", "what broke, who should fix it?": no service is named, because whoever asks does not know it. How things
/// are is told with whom it belongs to.
/// </summary>
internal static class OwnersOfTrouble
{
    private static readonly Concept[] Troubles =
    [
        Concept.Failed,
        Concept.Slow,
        Concept.Latency,
        Concept.Trouble,
        Concept.Cause,
        Concept.Overview,
        Concept.Summary,
        Concept.Affected,
        Concept.Contact,
    ];

    /// <summary>Whether the words are about a trouble: "who owns it?" alone points at nothing.</summary>
    public static bool Means(Sentence sentence) => sentence.MayMean(Troubles);

    public static QuestionPlan Of(Sentence whole, QuestionPlan read)
    {
        if (!IsOfNobody(read with { AboutFound = false }) && !read.More.Any(IsOfNobody))
            return read;
        // What the first of them is about was not found by one before it.
        var plans = read.More.Prepend(read with { More = [], AboutFound = false }).ToList();
        // "how often did X fail, and who is responsible?"
        for (var i = 1; i < plans.Count; i++)
        {
            if (IsOfNobody(plans[i]) && plans[i - 1].Services.Count > 0)
                plans[i] = plans[i] with { Services = plans[i - 1].Services };
        }

        if (!plans.Exists(IsOfNobody))
            return plans[0] with { More = [.. plans.Skip(1)] };
        if (!Means(whole))
            return read;
        // "who do I contact about payroll": of something that nobody knows.
        if (plans.Exists(plan => IsOfNobody(plan) && Left(whole, plan).Count > 0))
            return read;
        if (plans.Exists(TellsOwners))
            plans.RemoveAll(IsOfNobody);
        else
            plans = plans.ConvertAll(plan => IsOfNobody(plan) ? Overview(plan) : plan);
        return plans[0] with { More = [.. plans.Skip(1)] };
    }

    /// <summary>Asks for owners and names nothing that has one.</summary>
    public static bool IsOfNobody(QuestionPlan plan) =>
        plan
            is {
                Kind: QuestionKind.Owners,
                Unowned: false,
                AboutFound: false,
                Services.Count: 0,
                Operations.Count: 0,
                Conditions.Count: 0,
                Teams.Count: 0,
                People.Count: 0
            };

    // Whatever is said of a trouble, of its people and of what to do is told.
    private static QuestionPlan Overview(QuestionPlan owners) => owners with { Kind = QuestionKind.Overview, OnCall = false, Ignored = [] };

    // Words that are part of nothing that was read.
    private static List<string> Left(Sentence whole, QuestionPlan owners) =>
        [.. owners.Ignored.Where(word => !whole.Marks.Any(mark => IsIn(whole, mark, word)))];

    private static bool IsIn(Sentence whole, ConceptMark mark, string word) =>
        whole.Words(mark.Start, mark.End).Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool TellsOwners(QuestionPlan plan) => plan.Kind is QuestionKind.Overview or QuestionKind.Involved;
}
