using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>Tells the part from the whole: "what share of CHF requests took longer than 1 s" asks for the slow ones among those in CHF.</summary>
internal static class ShareConditions
{
    private static readonly string[] Verbs =
    [
        "took", "take", "takes", "were", "was", "are", "is", "came", "come", "comes", "had", "have", "has", "used", "use", "uses", "went", "go", "goes", "exceeded", "exceed", "exceeds", "lasted", "last", "needed", "need", "ran", "hit",
        "dauerten", "dauern", "waren", "sind", "kamen", "kommen", "hatten", "haben",
    ];

    /// <summary>The verb of the question, behind what the share is taken of; null where there is none.</summary>
    public static int? Verb(Sentence sentence)
    {
        var from = sentence.First(Concept.Share)?.End ?? 0;
        for (var i = from + 1; i < sentence.Tokens.Count; i++)
        {
            if (sentence.TimeAt(i) is null && sentence.LinkAt(i) is null && Verbs.Contains(sentence.WordAt(i)))
                return i;
        }

        return null;
    }

    /// <summary>The conditions of the whole and those of the part; without a verb all tell the part.</summary>
    public static (IReadOnlyList<AttributeCondition> Whole, IReadOnlyList<AttributeCondition> Part) Split(Sentence sentence, IReadOnlyList<AttributeCondition> conditions)
    {
        var verb = Verb(sentence);
        var whole = verb is { } at ? conditions.Where(c => c is not { Scope: AttributeScope.Intrinsic, Key: "duration" } && Position(sentence, c) is { } start && start < at).ToList() : [];
        if (whole.Count == conditions.Count)
            whole = [];
        return (whole, [.. conditions.Except(whole)]);
    }

    private static int? Position(Sentence sentence, AttributeCondition condition)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            for (var end = i + 1; end <= sentence.Tokens.Count && end - i <= 8; end++)
            {
                if (condition.Words.StartsWith(sentence.Words(i, end), StringComparison.Ordinal) && sentence.Words(i, end).Length * 2 > condition.Words.Length)
                    return i;
            }
        }

        return null;
    }
}
