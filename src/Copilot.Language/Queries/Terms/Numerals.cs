using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>Numbers and lengths of time in words: "three", "a dozen", "one second", "half a second", "250 milliseconds".</summary>
internal static class Numerals
{
    /// <summary>A number and the token after; null where none stands here.</summary>
    public static (double Value, int End)? Number(IReadOnlyList<WordToken> wordTokens, int i)
    {
        var at = i;
        if (
            wordTokens[at].Lower is "a"
            && at + 1 < wordTokens.Count
            && (Cardinals.Multiplies(wordTokens[at + 1].Lower) || wordTokens[at + 1].Lower == "couple")
        )
            at++;
        if (ValueOf(wordTokens[at]) is not { } value)
            return null;
        // "forty-five"
        if (
            value is >= 20 and <= 90
            && wordTokens[at].Kind == WordTokenKind.Word
            && at + 1 < wordTokens.Count
            && ValueOf(wordTokens[at + 1]) is >= 1 and <= 9 and var ones
            && wordTokens[at + 1].Kind == WordTokenKind.Word
        )
            (value, at) = (value + ones, at + 1);
        at++;
        var factor = 1.0;
        while (at < wordTokens.Count && wordTokens[at].Kind == WordTokenKind.Word && Cardinals.Multiplies(wordTokens[at].Lower))
            factor *= Cardinals.Of(wordTokens[at++].Lower)!.Value;
        if (
            at < wordTokens.Count
            && wordTokens[at].Kind == WordTokenKind.Word
            && wordTokens[at].Lower.Length > 1
            && Conventions.Unit(wordTokens[at].Lower) is > 0 and var unit
        )
            return (value * factor * unit, at + 1);
        return (value * factor, at);
    }

    private static double? ValueOf(WordToken wordToken) =>
        wordToken.Kind switch
        {
            WordTokenKind.Number => wordToken.Value,
            WordTokenKind.Word => wordToken.Lower == "couple" ? 2 : Cardinals.Of(wordToken.Lower),
            _ => null,
        };

    /// <summary>A length of time in nanoseconds and the token after; null where none stands here.</summary>
    public static (double Nanos, int End)? Duration(IReadOnlyList<WordToken> wordTokens, int i)
    {
        if (wordTokens[i].Kind == WordTokenKind.Duration)
            return (wordTokens[i].Value, i + 1);
        var (share, at) = wordTokens[i].Lower is "half" or "quarter" ? (wordTokens[i].Lower == "half" ? 0.5 : 0.25, i + 1) : (1, i);
        if (share < 1 && at < wordTokens.Count && wordTokens[at].Lower == "of")
            at++;
        if (at < wordTokens.Count && wordTokens[at].Lower is "a" or "an")
            at++;
        else if (share == 1 && Number(wordTokens, at) is { } number)
            (share, at) = number;
        else if (share == 1)
            return null;
        return
            at < wordTokens.Count
            && wordTokens[at].Kind == WordTokenKind.Word
            && wordTokens[at].Lower.Length > 1
            && TimeTokens.NanosOf(wordTokens[at].Lower) is > 0 and var unit
            ? (share * unit, at + 1)
            : null;
    }
}

/// <summary>Two attributes reckoned together: "a plus b", "the sum of a and b", "the difference between a and b".</summary>
internal static class Sums
{
    public static void Join(List<Term> terms)
    {
        for (var i = 0; i + 2 < terms.Count; i++)
        {
            var start = i;
            var op =
                terms[i].Is(TermKind.Aggregate, "sum") ? FieldOperator.Add
                : terms[i] is { Kind: TermKind.Differ, Lower: "difference" } ? FieldOperator.Subtract
                : (FieldOperator?)null;
            var first = op is null ? i : After(terms, i + 1);
            var and = first + 1;
            if (and + 1 >= terms.Count || !IsNumber(terms[first]) || terms[and].Kind != TermKind.And || !IsNumber(terms[and + 1]))
                continue;
            op ??= terms[and].Lower is "plus" or "+" ? FieldOperator.Add : null;
            // What is measured over time stays two measures.
            if (op is not { } how || and + 2 >= terms.Count || terms[and + 2].Kind is not (TermKind.Copula or TermKind.Compare))
                continue;
            var joined = new Term(
                TermKind.Field,
                terms[first].Text + " " + terms[and].Text + " " + terms[and + 1].Text,
                terms[start].Start,
                terms[and + 1].End
            )
            {
                Tag = "written",
                Fields = [new FieldBinary(how, terms[first].Fields[0], terms[and + 1].Fields[0])],
            };
            terms.RemoveRange(start, and + 2 - start);
            terms.Insert(start, joined);
        }
    }

    /// <summary>"the average number of returned rows": the attribute is that number.</summary>
    public static void DropCounts(List<Term> terms)
    {
        for (var i = terms.Count - 2; i > 0; i--)
        {
            if (
                terms[i].Kind == TermKind.Count
                && terms[i - 1].Kind == TermKind.Aggregate
                && terms[i + 1] is { Kind: TermKind.Field } field
                && Making.HasNumber(field.Fields)
            )
                terms.RemoveAt(i);
        }
    }

    private static bool IsNumber(Term term) =>
        term.Fields.Count > 0 && (term.Tag == "written" || term.Kind == TermKind.Name || term.Linked);

    private static int After(List<Term> terms, int at)
    {
        while (at < terms.Count - 1 && terms[at].Kind is TermKind.Prep or TermKind.Article or TermKind.Between)
            at++;
        return at;
    }
}
