using Copilot.Language.Lexicon;
using Copilot.Language.Linking;

namespace Copilot.Language.Sentences;

/// <summary>Whether what stands somewhere is denied: "not CHF", "that did not come over the web".</summary>
internal static class Negations
{
    /// <summary>Denied by what stands before it; the words that deny it are used.</summary>
    public static bool Before(Sentence sentence, int start)
    {
        var i = start - 1;
        while (sentence.WordAt(i) is "the" or "any" or "=" or "in" or "for" or "from" or "currency" or "of" or "on")
            i--;
        var negated =
            sentence.ConceptAt(i)?.Concept is Concept.Without or Concept.NotEquals
            || sentence.WordAt(i) is "not" or "non" or "no" or "!=" or "nicht" or "kein" or "keine" or "noch";
        if (negated)
        {
            sentence.Use(i, i + 1);
            // "who is not on web": the verb goes with it.
            if (sentence.MarkAt(i) is { } mark && mark.Senses.Contains(Concept.NotEquals))
                sentence.Use(mark);
        }

        return negated || IsLeavingOut(sentence, i) || IsDenied(sentence, i);
    }

    // "leaving out everything that came through the web"
    private static bool IsLeavingOut(Sentence sentence, int at)
    {
        var i = at;
        while (
            i > 0
            && at - i < FarReach
            && sentence.LinkAt(i) is null
            && sentence.TimeAt(i) is null
            && !sentence.Tokens[i].IsBreak
            && !sentence.MeansAt(i, Concept.Without)
        )
            i--;
        if (
            !sentence.MeansAt(i, Concept.Without)
            || sentence.MarkAt(i) is not { } without
            || !Enumerable.Range(without.End, at + 1 - without.End).Any(j => WordRoles.Everything.Contains(sentence.Tokens[j].Lower))
        )
            return false;
        sentence.Use(without.Start, at + 1);
        return true;
    }

    private const int FarReach = 8;

    // "requests that did not come over the web": the negation stands before the verb.
    private static bool IsDenied(Sentence sentence, int at)
    {
        var i = at;
        while (i >= 0 && at - i < Reach && sentence.LinkAt(i) is null && sentence.TimeAt(i) is null && !sentence.Tokens[i].IsBreak)
        {
            if (
                sentence.MeansAt(i, Concept.Negation)
                && sentence.MarkAt(i) is { } not
                && (not.End - not.Start > 1 || sentence.MeansAt(not.Start - 1, Concept.Do, Concept.Be, Concept.Pronoun))
                && !sentence.MayMeanIn(not.End, at + 1, Concept.Failed, Concept.Succeeded, Concept.Slow)
            )
            {
                sentence.Use(not);
                for (var done = not.End; done <= at; done++)
                {
                    if (WordRoles.Done.Contains(sentence.Tokens[done].Lower))
                        sentence.Use(done, done + 1);
                }

                return true;
            }

            // "were not paid by voucher"
            if (
                !sentence.MeansAt(i, Concept.Preposition, Concept.Article)
                && !WordRoles.Through.Contains(sentence.Tokens[i].Lower)
                && !PlainWords.Verbs.Contains(sentence.Tokens[i].Lower)
                && !(WordRoles.Done.Contains(sentence.Tokens[i].Lower) && sentence.MeansAt(i + 1, Concept.Preposition))
            )
                return false;
            i--;
        }

        return false;
    }

    /// <summary>What denies a bound that begins somewhere: "did not take | longer than", "nor | slower than", "without | exceeding".</summary>
    public static ConceptMark? OfBound(Sentence sentence, int start)
    {
        for (var i = start - 1; i >= 0 && start - i <= Reach; i--)
        {
            if (sentence.MeansAt(i, Concept.Negation, Concept.Without))
                return sentence.MarkAt(i);
            if (
                !sentence.MeansAt(i, Concept.Take, Concept.Be, Concept.Do)
                && !(sentence.MarkAt(i) is null && FillerWords.IsFiller(sentence.Tokens[i].Lower))
            )
                return null;
        }

        return null;
    }

    private const int Reach = 4;
}
