using System.Text.RegularExpressions;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>Words that say which way a figure went, or which of two is the greater: "rose", "fell", "slower than", "weniger".</summary>
internal static partial class Directions
{
    /// <summary>Those that the figures contradict.</summary>
    public static IEnumerable<(int At, int Length)> Contradicted(
        string sentence,
        IReadOnlyList<Mention> mentions,
        Anchors anchors,
        SentenceJudgement judgement,
        FactBook book
    )
    {
        var words = Words().Matches(sentence);
        foreach (Match word in words)
        {
            if (mentions.Any(mention => mention.At <= word.Index && word.Index < mention.End) || Denied().IsMatch(sentence[..word.Index]))
                continue;
            var up = word.Groups["up"].Success;
            var clause = Clause(sentence, word, words);
            var numbers = judgement
                .Facts.Where(of => of.Key.At >= clause.From && of.Key.End <= clause.To)
                .OrderBy(of => of.Key.At)
                .Select(of => (Number: of.Key, Facts: of.Value))
                .ToList();
            if (Signed(sentence, numbers) is { Count: > 0 } signs)
            {
                if (signs.TrueForAll(rose => rose != up))
                    yield return (word.Index, word.Length);
            }
            else if (
                Turn(sentence, word, numbers, judgement) is { } turned
                    ? turned != up
                    : IsOpposed(up, clause, sentence, mentions, anchors, numbers, book)
            )
                yield return (word.Index, word.Length);
        }
    }

    // Up to the next word of a direction, or the next sign that ends a clause.
    private static (int From, int To) Clause(string sentence, Match word, MatchCollection words)
    {
        var from = words.LastOrDefault(other => other.Index + other.Length <= word.Index) is { } last ? last.Index + last.Length : 0;
        var stop = sentence.LastIndexOfAny([';', '('], Math.Max(0, word.Index - 1));
        var to = words.FirstOrDefault(other => other.Index > word.Index) is { } next ? next.Index : sentence.Length;
        var end = sentence.IndexOf(';', word.Index);
        return (Math.Max(from, stop), end >= 0 ? Math.Min(to, end) : to);
    }

    // A difference or a change that a result has, has its sign.
    private static List<bool> Signed(string sentence, List<(Mention Number, IReadOnlyList<Fact> Facts)> numbers) =>
        [
            .. numbers
                .Where(number =>
                    !To().IsMatch(sentence[..number.Number.At]) && number.Facts.All(fact => fact.Measure is "difference" or "change")
                )
                .SelectMany(number => number.Facts)
                .Where(fact => fact.Measure is "difference" or "change" && fact.Value != 0)
                .Select(fact => fact.Value > 0),
        ];

    // "from 8 ms to 989 ms"; "989 ms, up from 8 ms"; "990 ms instead of 8 ms"; of a course "…, then fell back to 142".
    private static bool? Turn(
        string sentence,
        Match word,
        List<(Mention Number, IReadOnlyList<Fact> Facts)> numbers,
        SentenceJudgement judgement
    )
    {
        if (Course(sentence, word, judgement) is { } course)
            return course;
        var from = numbers.Find(number => number.Number.At >= word.Index && From().IsMatch(sentence[word.Index..number.Number.At]));
        if (from.Number is null)
            return null;
        var to = numbers.Find(number =>
            number.Number.At > from.Number.At
            && To().IsMatch(sentence[from.Number.End..number.Number.At])
            && IsLike(number.Facts, from.Facts)
        )
            is { Number: not null } after
            ? after
            : numbers.LastOrDefault(number => number.Number.End <= word.Index && IsLike(number.Facts, from.Facts));
        if (
            to.Number is null
            || Value(from.Number, from.Facts) is not { } first
            || Value(to.Number, to.Facts) is not { } second
            || first == second
        )
            return null;
        return second > first;
    }

    private static bool? Course(string sentence, Match word, SentenceJudgement judgement)
    {
        var points = judgement.Facts.Where(of => of.Value.Any(fact => fact.At is not null)).OrderBy(of => of.Key.At).ToList();
        var to = points.FindIndex(of => of.Key.At > word.Index);
        if (
            to <= 0
            || From().IsMatch(sentence[word.Index..points[to].Key.At])
            || points[to].Key.At - word.Index > CheckingThresholds.SuperlativeReach
        )
            return null;
        var (first, second) = (points[to - 1].Value[0].Value, points[to].Value[0].Value);
        return first == second ? null : second > first;
    }

    private static double? Value(Mention number, IReadOnlyList<Fact> facts) =>
        facts.Count > 0 ? facts[0].Value
        : number.Numbers.Count > 0 ? number.Numbers[0].Value
        : null;

    private static bool IsLike(IReadOnlyList<Fact> first, IReadOnlyList<Fact> second) =>
        first.Any(one => second.Any(other => one.Unit == other.Unit));

    // No two numbers: what the sentence speaks of went one way only, and it is the other.
    private static bool IsOpposed(
        bool up,
        (int From, int To) clause,
        string sentence,
        IReadOnlyList<Mention> mentions,
        Anchors anchors,
        List<(Mention Number, IReadOnlyList<Fact> Facts)> numbers,
        FactBook book
    )
    {
        var cited = numbers.SelectMany(number => number.Facts).Where(fact => fact.Side != FactSide.None).ToList();
        var measure = MeasureWords.In(sentence[clause.From..clause.To]) is [.., var word] ? word.Measure : null;
        var sides = cited.Count > 0 ? cited.SelectMany(Sides).ToList() : [];
        if (sides.Count == 0 && measure is not null)
        {
            var own = anchors.Of(NameKinds.Service);
            var near = own.LastOrDefault(group => group.At < clause.To) ?? (own is [var first, ..] ? first : null);
            var groups = near is not null ? [near] : anchors.Carried.Where(group => group.Class == NameKinds.Service).ToList();
            sides =
            [
                .. book
                    .Facts.Where(fact =>
                        fact.Side == FactSide.Now
                        && fact.Family == measure
                        && groups.Count > 0
                        && Anchors.Fits(fact.Entry, groups) == Fit.Yes
                    )
                    .SelectMany(Sides),
            ];
        }

        return sides.Count > 0 && sides.TrueForAll(rose => rose != up);
    }

    // Which way the measure of a fact went; nothing where there is no other side, or no change.
    private static IEnumerable<bool> Sides(Fact fact)
    {
        var other = fact.Entry.Facts.Find(one =>
            one.Family == fact.Family && one.Unit == fact.Unit && one.Side != FactSide.None && one.Side != fact.Side
        );
        if (other is null || other.Value == fact.Value)
            yield break;
        yield return fact.Side == FactSide.Now ? fact.Value > other.Value : other.Value > fact.Value;
    }

    [GeneratedRegex(
        """
            \b(?:(?<up>rose|risen|rises|rising|jumped|climbed|grew|grows|increased|went\ up|up(?=\ from)|shot\ up|spiked|soared
            |doubled|tripled|surged
                |stieg\w*|gestiegen|anstieg|zunahm|erhöhte|kletterte
                |(?:a|est|ont|sont)\ (?:augmenté|monté\w*|grimpé)|augmente|en\ hausse
                |subió|aumentó|creció|se\ elevó
                |increase|rise
                |subida)
              |(?<down>decrease|decline|drop
                |fell|fallen|falls|dropped|decreased|went\ down|down(?=\ from)|declined|shrank|sank|halved|decreases|lost
                |fiel\w*|gefallen|gesunken|sanken|abnahm|verringerte
                |(?:a|est|ont|sont)\ (?:baissé|diminué|tombé\w*)|en\ baisse|recule
                |bajó|disminuyó|cayó|descendió))\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Words();

    [GeneratedRegex(
        @"\b(?:not|never|n['’]t|nicht|kein\w*|pas|no|ni|neither)\b[^.,;]{0,20}$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"\b(?:from|von|de|desde|du)\b[\s*`~]*(?:about |around |roughly |las )?[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex From();

    [GeneratedRegex(
        @"\b(?:to|auf|zu|à|a|hasta|into)\b[\s*`~]*(?:about |around |roughly |a |the )*(?:\w+ of )?[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex To();
}
