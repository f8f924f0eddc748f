using System.Text.RegularExpressions;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>Words that say that something is the first or the last of its kind: "the slowest", "most requests", "der höchste".</summary>
internal static partial class Superlatives
{
    public static IEnumerable<(int At, int Length)> Contradicted(
        string sentence,
        IReadOnlyList<Mention> mentions,
        Anchors anchors,
        SentenceJudgement judgement,
        FactBook book
    )
    {
        foreach (Match word in Words().Matches(sentence))
        {
            if (mentions.Any(mention => mention.At <= word.Index && word.Index < mention.End))
                continue;
            // "the two slowest", "the five busiest": a part of a list is no rank of one.
            if (Several().IsMatch(sentence[..word.Index]) || Next().IsMatch(sentence[..word.Index]))
                continue;
            var isMost = word.Groups["most"].Success;
            if (Ranks(sentence, word, anchors, judgement, book, isMost) is { Count: > 0 } ranks && ranks.TrueForAll(rank => !rank))
                yield return (word.Index, word.Length);
        }
    }

    // Of each list that fits: whether what is spoken of is at that end of it.
    private static List<bool> Ranks(string sentence, Match word, Anchors anchors, SentenceJudgement judgement, FactBook book, bool isMost)
    {
        var number = judgement
            .Facts.Where(of => IsNear(sentence, of.Key, word))
            .OrderBy(of => Math.Abs(of.Key.At - word.Index))
            .FirstOrDefault();
        if (number.Key is not null)
        {
            var listed = number.Value.Where(fact => fact.Entry.List is not null && Column(fact).Count > 1).ToList();
            if (listed.Count > 0)
                return [.. listed.Select(fact => IsEnd(fact, isMost))];
        }

        var group = anchors.All.OrderBy(group => Math.Abs(group.At - word.Index)).FirstOrDefault();
        if (group is null)
            return [];
        var measure = MeasureWords.In(sentence) is [var only] ? only.Measure : null;
        var wants = measure is null ? Wanted(word) : fact => fact.Family == measure;
        return
        [
            .. book
                .Lists.Where(list => list.Entries.Count > 1)
                .SelectMany(list =>
                    list.Entries.Where(entry => group.Of(entry) == Fit.Yes && list.Entries.Any(other => group.Of(other) == Fit.No))
                )
                .SelectMany(entry => entry.Facts.Where(fact => !fact.IsCountOfList && wants(fact)))
                .Where(fact => Column(fact).Count > 1)
                .Select(fact => IsEnd(fact, isMost)),
        ];
    }

    // Within the same clause.
    private static bool IsNear(string sentence, Mention number, Match word)
    {
        var (from, to) = number.At < word.Index ? (number.End, word.Index) : (word.Index + word.Length, number.At);
        return to >= from && to - from <= CheckingThresholds.SuperlativeReach && !sentence[from..to].AsSpan().ContainsAny(';', '.');
    }

    private static bool IsEnd(Fact fact, bool isMost)
    {
        var all = Column(fact);
        return isMost ? fact.Value >= all.Max() : fact.Value <= all.Min();
    }

    private static List<double> Column(Fact fact) =>
        [
            .. fact
                .Entry.List!.Entries.SelectMany(entry => entry.Facts)
                .Where(other => other.Family == fact.Family && other.Unit == fact.Unit && other.Side == fact.Side)
                .Select(other => other.Value),
        ];

    private static Func<Fact, bool> Wanted(Match word) =>
        OfTime().IsMatch(word.Value)
            ? fact => fact.Unit == FactUnit.Duration
            : fact => fact.Unit is FactUnit.Plain or FactUnit.Ratio or FactUnit.Duration;

    [GeneratedRegex(
        """
            \b(?:(?<most>most(?!\ (?:likely|probably|of|recent|important|notabl\w*)\b)|highest|slowest|largest|biggest|greatest
            |busiest|longest|worst|peak(?:ed|s)?|maximum|hardest
                |meisten|höchste[nrs]?|langsamste[nrs]?|größte[nrs]?|längste[nrs]?|stärksten|maximum
                |le\ plus\ (?:élevé|lent|grand|long|touché)|la\ plus\ (?:élevée|lente|grande|longue|touchée)|culminé
                |más\ (?:alt[oa]s?|lent[oa]s?|peticiones|grande|larg[oa]|solicitudes))
              |(?<least>least|lowest|fastest|smallest|fewest|shortest|quickest|minimum
                |wenigsten|niedrigste[nrs]?|schnellste[nrs]?|kleinste[nrs]?|kürzeste[nrs]?|geringste[nrs]?
                |le\ moins|la\ moins|le\ plus\ (?:bas|rapide|petit|court)|la\ plus\ (?:basse|rapide|petite|courte)
                |más\ (?:baj[oa]s?|rápid[oa]s?|pequeñ[oa]|cort[oa])|menos\ (?:peticiones|solicitudes)))\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Words();

    [GeneratedRegex(
        @"^(?:slow|fast|quick|long|short|langsam|schnell|läng|kürz|l[ea] plus (?:lent|rapide|long|court)|más (?:lent|rápid|larg|cort))",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex OfTime();

    [GeneratedRegex(
        @"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|top|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro|cinco)\s$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Several();

    [GeneratedRegex(
        @"\b(?:next|second|third|zweit|dritt|at|im|am|als|als nächstes|no)[\s-]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Next();
}
