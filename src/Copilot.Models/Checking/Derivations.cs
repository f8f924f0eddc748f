using System.Text.RegularExpressions;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>
/// Numbers that no result holds and that follow from some that it does by plain arithmetic: differences, ratios, changes in percent, sums,
/// shares, rates, and the time between two instants. Only where the words beside the number say that something is reckoned, and only from
/// like figures (<see cref="Reckoning.Pairs"/>).
/// </summary>
internal sealed partial class Derivations(FactBook book)
{
    private readonly List<(double Sum, string Family)> _sums = [.. Sums(book)];

    public bool Follows(Reckoning reckoning)
    {
        // "Above 1 s" is a bound, not a difference.
        var isBound = reckoning.Number.Hedge == Hedge.Above;
        return reckoning.Number.Numbers.Any(number =>
            number.Unit switch
            {
                FactUnit.Duration => IsBetween(number, reckoning) || (!isBound && IsDifference(number, reckoning)),
                FactUnit.Times => reckoning.Pairs(fact => true).Any(pair => IsRatio(number, reckoning.Number.Hedge, pair)),
                FactUnit.Ratio => IsShare(number, reckoning) || IsDifference(number, reckoning),
                FactUnit.Rate => IsRate(number, reckoning),
                _ => !isBound && (IsSum(number, reckoning) || IsDifference(number, reckoning)),
            }
        );
    }

    // From one instant to another, or the length of a stretch.
    private static bool IsBetween(SaidNumber number, Reckoning reckoning) =>
        number.Value >= CheckingThresholds.ShortestStretch
        && Length().IsMatch(reckoning.Near)
        && reckoning.Instants.Any(first =>
            reckoning.Instants.Any(second =>
                second > first
                && (
                    FigureMatch.IsNear(number, reckoning.Number.Hedge, (second - first).TotalMilliseconds)
                    || FigureMatch.IsNear(number, reckoning.Number.Hedge, Math.Floor((second - first).TotalSeconds) * 1000)
                )
            )
        );

    // Counts are told exactly; of what is measured the difference of rounded figures is told.
    private static bool IsDifference(SaidNumber number, Reckoning reckoning)
    {
        var unit = number.Unit ?? FactUnit.Plain;
        var said = unit == FactUnit.Plain ? number : number with { Rounding = 2 * number.Rounding };
        return !reckoning.IsWhole
            && Difference().IsMatch(reckoning.Near)
            && reckoning
                .Pairs(fact => fact.Unit == unit)
                .Any(pair =>
                    (
                        pair.First.Entry != pair.Second.Entry
                        || pair.First.Side != pair.Second.Side
                        || unit != FactUnit.Plain
                        || Rest().IsMatch(reckoning.Near)
                    ) && FigureMatch.IsNear(said, reckoning.Number.Hedge, Math.Abs(pair.First.Value - pair.Second.Value))
                );
    }

    private static bool IsRatio(SaidNumber number, Hedge hedge, (Fact First, Fact Second) pair) =>
        pair.Second.Value != 0 && FigureMatch.IsNear(number, hedge, Math.Abs(pair.First.Value / pair.Second.Value), isFactor: true);

    private bool IsShare(SaidNumber number, Reckoning reckoning)
    {
        var hedge = reckoning.Number.Hedge;
        var changes = Difference().IsMatch(reckoning.Near);
        var shares = Part().IsMatch(reckoning.Sentence);
        foreach (var (first, second) in reckoning.Pairs(fact => fact.Unit != FactUnit.Times))
        {
            if (second.Value == 0 || first.Value == 0)
                continue;
            var ratio = Math.Abs(first.Value / second.Value);
            if (changes && FigureMatch.IsNear(number, hedge, Math.Abs(ratio - 1)) && first.Entry.List == second.Entry.List)
                return true;
            if (shares && ratio <= 1 && first.Unit != FactUnit.Ratio && FigureMatch.IsNear(number, hedge, ratio))
                return true;
        }

        if (
            shares
            && reckoning.Cited.Any(fact =>
                fact.Unit == FactUnit.Plain
                && _sums.Exists(sum => sum.Family == fact.Family && sum.Sum > 0 && FigureMatch.IsNear(number, hedge, fact.Value / sum.Sum))
            )
        )
            return true;
        return Together().IsMatch(reckoning.Sentence) && book.Lists.Any(list => IsOfTop(number, hedge, list));
    }

    // "The top two together": the first rows of a list.
    private static bool IsOfTop(SaidNumber number, Hedge hedge, FactList list)
    {
        foreach (
            var column in list
                .Entries.SelectMany(entry => entry.Facts)
                .Where(fact => fact.Unit == FactUnit.Ratio)
                .GroupBy(fact => fact.Family)
        )
        {
            var sum = 0.0;
            foreach (var (place, fact) in column.Take(CheckingThresholds.Top).Index())
            {
                sum += fact.Value;
                if (place > 0 && FigureMatch.IsNear(number, hedge, sum))
                    return true;
            }
        }

        return false;
    }

    private bool IsSum(SaidNumber number, Reckoning reckoning)
    {
        if (!(reckoning.IsWhole || Together().IsMatch(reckoning.Near)))
            return false;
        var hedge = reckoning.Number.Hedge;
        if (_sums.Exists(sum => IsOf(reckoning, sum.Family) && FigureMatch.IsNear(number, hedge, sum.Sum)))
            return true;
        return reckoning
            .Cited.Where(fact => fact.Unit == FactUnit.Plain && !fact.IsCountOfList && !reckoning.IsWhole && IsOf(reckoning, fact.Family))
            .GroupBy(fact => (fact.Family, fact.Side))
            .Any(column => column.Count() > 1 && FigureMatch.IsNear(number, hedge, column.Sum(fact => fact.Value)));
    }

    private static bool IsOf(Reckoning reckoning, string family) =>
        reckoning.Measure is not (CountWords.Failed or CountWords.Requests)
        || family.Length == 0
        || family == reckoning.Measure
        || family is not (MeasureNames.Failed or MeasureNames.Requests);

    private static bool IsRate(SaidNumber number, Reckoning reckoning) =>
        (reckoning.Cited.Count > 0 ? reckoning.Cited : [.. reckoning.Earlier, .. reckoning.Beside])
            .Where(fact => fact.Unit == FactUnit.Plain)
            .Any(fact => LengthOf(fact) is > 0 and var seconds && FigureMatch.IsNear(number, reckoning.Number.Hedge, fact.Value / seconds));

    // A point's count is of a step, any other one of the window.
    private static double LengthOf(Fact fact)
    {
        if (fact.At is { } at && fact.Entry.List is { } list)
        {
            var instants = list
                .Entries.SelectMany(entry => entry.Facts)
                .Select(other => other.At)
                .OfType<DateTimeOffset>()
                .Where(other => other != at);
            return instants.Select(other => Math.Abs((other - at).TotalSeconds)).DefaultIfEmpty(0).Min();
        }

        var window = fact.Side == FactSide.Before ? fact.Entry.Before : fact.Entry.Now;
        return window is null ? 0 : (window.To - window.From).TotalSeconds;
    }

    private static IEnumerable<(double Sum, string Family)> Sums(FactBook book) =>
        book
            .Lists.Where(list => list.Entries.Count > 1 && list.IsWhole)
            .SelectMany(list =>
                list.Entries.SelectMany(entry => entry.Facts)
                    .Where(fact => fact.Unit == FactUnit.Plain && !fact.IsCountOfList && fact.Side != FactSide.Before)
                    .GroupBy(fact => fact.Family)
                    .Select(column => (column.Sum(fact => fact.Value), column.Key))
            );

    [GeneratedRegex(
        """
            \b(?:more|less|fewer|slower|faster|longer|shorter|higher|lower|larger|smaller|increased?|decreased?|rise|growth
            |difference|apart|up\ by|down\ by|by|points?|other|others|remaining|rest|still|succeeded|successful|ahead|behind
              |mehr|weniger|langsamer|schneller|länger|kürzer|höher|niedriger|stieg\ um|sank\ um|fiel\ um|zunahme|abnahme
              |unterschied|um|übrigen|restlichen
              |de\ plus|de\ moins|plus|moins|hausse|baisse|écart|autres|restantes?|más|menos|aumentó|diferencia|otras?|otros|restantes)\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Difference();

    [GeneratedRegex(
        @"\b(?:other|others|remaining|rest|still|succeeded|successful|übrigen|restlichen|autres|restantes?|otras?|otros)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Rest();

    [GeneratedRegex(
        @"\b(?:together|combined|overall|in total|total|in all|altogether|sum|both|all|everything|top|zusammen"
            + @"|insgesamt|gesamt|summe|alle[nr]?|ensemble|au total|total[es]*|tous|toutes|juntos|juntas|en total"
            + @"|todos|todas)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Together();

    [GeneratedRegex(
        @"\b(?:of|share|part|portion|account\w*|makes?|half|third|quarter|tenth|fifth|von|anteil|hälfte|sur"
            + @"|moitié|de|mitad|tercio|fell|came|went|kamen|auf)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Part();

    [GeneratedRegex(
        @"\b(?:later|after|before|within|for|during|lasted|lasts|duration|long|took|until|minutes?|seconds?"
            + @"|hours?|apart|later|später|nach|vor|innerhalb|lang|dauert?e?|soit|pendant|durée|duré|après|avant"
            + @"|durante|duró|después|antes|since|i\.e\.|that is)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Length();
}
