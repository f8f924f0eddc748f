using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Bounds on how much something is worth that name no attribute: "transfers of more than 5,000", "top-ups of 50 francs or more",
/// where the service has one attribute of that kind.</summary>
internal static class Amounts
{
    public static IEnumerable<(LinkTarget Target, ConditionOperator Operator, string Value, int Start, int End)> Read(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services
    )
    {
        // "requests over 200", "p95 above 800", "slower than 500": no money.
        if (sentence.MayMean(Others))
            yield break;
        for (var i = 1; i < sentence.Tokens.Count; i++)
        {
            if (sentence.IsUsed(i) || !AttributeReader.IsPlainNumber(sentence, i) || sentence.LinkAt(i) is not null)
                continue;
            var end = IsCurrency(sentence, i + 1) ? i + 2 : i + 1;
            // "more than 5 failed requests" bounds how many.
            if (
                end == i + 1 && sentence.LinkAt(end) is not null && sentence.TimeAt(end) is null
                || sentence.MeansAt(end, Concept.Service)
                || end < sentence.Tokens.Count && IsCounted(sentence, end)
            )
                continue;
            if (Bound(sentence, i, end) is not { } bound || !IsOf(sentence, bound.Start))
                continue;
            if (Only(sentence, services) is { } target)
                yield return (target, bound.Operator, sentence.Tokens[i].Text, bound.Start, bound.End);
        }
    }

    private static readonly Concept[] Others =
    [
        Concept.Request,
        Concept.Trace,
        Concept.Span,
        Concept.Log,
        Concept.ErrorLog,
        Concept.Slow,
        Concept.AboveAverage,
        Concept.Latency,
        Concept.HowLong,
        Concept.Take,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Throughput,
        Concept.EachStep,
    ];

    // "over 1000", "50 francs or more"
    private static (ConditionOperator Operator, int Start, int End)? Bound(Sentence sentence, int number, int end)
    {
        if (sentence.ConceptAt(number - 1) is { } before && Operators.Of(before.Concept) is { } op)
            return (op, before.Start, end);
        return sentence.ConceptAt(end) is { Concept: Concept.AtLeast or Concept.AtMost } behind
            ? (Operators.Of(behind.Concept)!.Value, number, behind.End)
            : null;
    }

    // "transfers of more than …", "payments above …": it says of the noun before it how much.
    private static bool IsOf(Sentence sentence, int start)
    {
        var at = start - 1;
        while (at >= 0 && sentence.MeansAt(at, Concept.Preposition))
            at--;
        return at >= 0
            && sentence.TimeAt(at) is null
            && (
                sentence.LinkAt(at) is { Kind: not LinkKind.Key and not LinkKind.Metric }
                || sentence.Tokens[at].Kind == WordTokenKind.Word
                    && sentence.MarkAt(at) is null
                    && WordStem.IsPlural(sentence.Tokens[at].Lower)
            );
    }

    private static bool IsCurrency(Sentence sentence, int at) =>
        sentence.LinkAt(at) is { Kind: LinkKind.Value } value
        && value.Targets.Any(t => t.Key is { } key && NameParts.Of(key).Any(WordRoles.Currencies.Contains));

    private static bool IsCounted(Sentence sentence, int at) =>
        sentence.Tokens[at].Kind == WordTokenKind.Word
        && sentence.MarkAt(at) is null
        && sentence.TimeAt(at) is null
        && !FillerWords.IsFiller(sentence.Tokens[at].Lower);

    // What the services' requests carry of that kind, where it is one.
    private static LinkTarget? Only(Sentence sentence, IReadOnlyList<ServiceReference> services) =>
        AttributeReader.OnlyNumber(
            sentence,
            services,
            key => NameParts.Of(key) is [.., var last] && WordRoles.Amounts.Contains(last),
            services.Count > 0 ? AttributeReader.Carried : 0
        );
}
