using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Bounds on numbers that stand before or around the attribute's name.</summary>
internal sealed partial class ConditionReader
{
    // "amount between 100 and 200", "between 5 and 10 parcels"
    private bool Between(Link key, LinkTarget target)
    {
        var at = key.End;
        while (sentence.WordAt(at) is "is" or "was" or "of" or "are")
            at++;
        var (first, start, end) =
            sentence.WordAt(at) is "between" or "zwischen" ? (at + 1, key.Start, at + 4)
            : sentence.WordAt(key.Start - 4) is "between" or "zwischen" ? (key.Start - 3, key.Start - 4, key.End)
            : (-1, 0, 0);
        if (
            first < 0
            || first + 2 >= sentence.Tokens.Count
            || sentence.WordAt(first + 1) is not ("and" or "to" or "-" or "und")
            || !AttributeReader.IsPlainNumber(sentence, first)
            || !AttributeReader.IsPlainNumber(sentence, first + 2)
        )
            return false;
        var number = Numeric(key) ?? target;
        Add(number, ConditionOperator.GreaterOrEqual, sentence.Tokens[first].Text, start, end);
        Add(number, ConditionOperator.LessOrEqual, sentence.Tokens[first + 2].Text, start, end);
        return true;
    }

    // "more than 5 cart items", "5 or more items", "> 3 retries"
    private (ConditionOperator Operator, string Value, int Start)? Before(Link key)
    {
        var number = key.Start - 1;
        if (
            number >= 0
            && sentence.ConceptAt(number)?.Concept is Concept.AtLeast or Concept.AtMost
            && number >= 2
            && sentence.Tokens[number - 2].Kind == WordTokenKind.Number
        )
            return (
                sentence.ConceptAt(number)!.Concept == Concept.AtLeast ? ConditionOperator.GreaterOrEqual : ConditionOperator.LessOrEqual,
                sentence.Tokens[number - 2].Text,
                number - 2
            );
        if (number < 0 || sentence.Tokens[number].Kind != WordTokenKind.Number || sentence.TimeAt(number) is not null)
            return null;
        var comparison = sentence.ConceptAt(number - 1);
        if (
            comparison is not null
            && Operators.Of(comparison.Concept) is { } denied
            && Negations.OfBound(sentence, comparison.Start) is { } not
        )
        {
            sentence.Use(not);
            return (Operators.Negated(denied), sentence.Tokens[number].Text, comparison.Start);
        }

        return comparison is not null && Operators.Of(comparison.Concept) is { } op ? (op, sentence.Tokens[number].Text, comparison.Start)
            : sentence.WordAt(number - 1) is "with" or "mit" or "having" or "of" && key.Quality > AttributeLinks.OfNamespace
                ? (ConditionOperator.Equal, sentence.Tokens[number].Text, number - 1)
            : null;
    }

    // "order 1006", "booking #X7J2KQ"
    private void Identified(Link key, LinkTarget target)
    {
        var id = Identifiers.Behind(sentence.Tokens, key.End);
        var end = id + 1;
        while (end < sentence.Tokens.Count && sentence.Tokens[end].Group == sentence.Tokens[id].Group)
            end++;
        Add(
            target,
            Negations.Before(sentence, key.Start) ? ConditionOperator.NotEqual : ConditionOperator.Equal,
            sentence.Words(id, end),
            key.Start,
            end
        );
    }

    // "searches from OSL to LHR": of the attributes that have both, the one that tells where from, and the one that tells where to.
    private IReadOnlyList<LinkTarget> Directed(Link value, IReadOnlyList<LinkTarget> targets)
    {
        var way =
            WordRoles.From.Contains(sentence.WordAt(value.Start - 1) ?? "") ? WordRoles.Origins
            : WordRoles.Towards.Contains(sentence.WordAt(value.Start - 1) ?? "") ? WordRoles.Destinations
            : null;
        if (way is null)
            return targets;
        var told = targets.Where(t => NameParts.Of(t.Key!).Any(way.Contains)).ToList();
        return told.Count > 0 ? told : targets;
    }
}
