using System.Text.RegularExpressions;

namespace Copilot.Models.Checking;

/// <summary>
/// Numbers of a sentence that no result writes, but that follow from two that the same sentence cites: "from 120 ms to 240 ms, twice as
/// slow", "120 ms more", "100 % more". Only where there is no doubt which two: exactly two other numbers, both shown by results, alike in
/// unit and about the same one service at most, and words that say what was done with them. Nothing else is believed.
/// </summary>
internal sealed partial class DerivedNumbers(string sentence, IReadOnlyList<string> about, Facts facts)
{
    private readonly List<(int At, SaidNumber Said)> _cited =
    [
        .. Numbers()
            .Matches(sentence)
            .Select(found => (found.Index, Said: SaidNumber.Of(found.Value.Trim())))
            .Where(number => number.Said is not null)
            .Select(number => (number.Index, number.Said!)),
    ];

    /// <param name="words">The number as it is said: "2.5", "100 %", "twice".</param>
    /// <param name="at">Where in the sentence.</param>
    public bool Follows(string words, int at)
    {
        if (about.Count > 1)
            return false;
        var times = Times(words);
        if ((times ?? SaidNumber.Of(words.Trim())) is not { } said || Operands(at) is not var (first, second))
            return false;
        var behind = sentence[(at + words.Length)..];
        var (low, high) = (Math.Min(first.Value, second.Value), Math.Max(first.Value, second.Value));
        if (times is not null || Factor().IsMatch(behind))
            return said.Unit is null && low > 0 && Near(said, high / low);
        if (!Change().IsMatch(behind) || !AgreesInDirection(first, second))
            return false;
        // "5 percentage points" are a difference of shares, "100 % more" is a change in proportion.
        if (said.Unit == FactUnit.Ratio || Points().IsMatch(behind))
        {
            var points = Points().IsMatch(behind) || Points().IsMatch(words);
            if (points)
                return first.Unit == FactUnit.Ratio
                    && Near(
                        said with
                        {
                            Value = said.Unit == FactUnit.Ratio ? said.Value : said.Value / 100,
                            Rounding = said.Unit == FactUnit.Ratio ? said.Rounding : said.Rounding / 100,
                        },
                        high - low
                    );
            return Rose() is { } rose && Base(first, second, rose) is > 0 and var from && Near(said, (high - low) / from);
        }

        return (said.Unit ?? FactUnit.Plain) == first.Unit && Near(said, high - low);
    }

    /// <summary>A result has it, but as what follows from two numbers that this sentence tells the other way round.</summary>
    public bool Contradicts(string words, int at) =>
        (Times(words) ?? SaidNumber.Of(words.Trim())) is { } said
        && facts.Of(said, about) is { Count: > 0 } known
        && known.All(fact => fact.Measure is "difference" or "ratio" or "change")
        && Operands(at) is var (first, second)
        && !AgreesInDirection(first, second);

    /// <summary>The two numbers that the sentence cites besides this one, as results have them; null where it is not plain which those
    /// are.</summary>
    private (Fact First, Fact Second)? Operands(int at)
    {
        var others = _cited.Where(number => number.At != at && !IsDerived(number.At)).ToList();
        if (others.Count != 2 || Single(others[0].Said) is not { } first || Single(others[1].Said) is not { } second)
            return null;
        var alike =
            first.Unit == second.Unit
            && first.Services.Count <= 1
            && second.Services.Count <= 1
            && first.Services.SequenceEqual(second.Services, StringComparer.OrdinalIgnoreCase);
        return alike ? (first, second) : null;
    }

    // What several results say alike is one number; what they say of several services is not.
    private Fact? Single(SaidNumber said)
    {
        var found = facts.Of(said, about).Where(fact => said.Unit is not null || fact.Unit == FactUnit.Plain).ToList();
        return
            found.Select(fact => (fact.Unit, string.Join(',', fact.Services))).Distinct().Count() == 1
            && found.Max(f => f.Value) - found.Min(f => f.Value) <= CheckingThresholds.SameFigure
            ? found[0]
            : null;
    }

    // Two derived numbers in one sentence do not stand in each other's way: neither is shown by a result.
    private bool IsDerived(int at) => _cited.First(number => number.At == at) is var number && facts.Of(number.Said, about).Count == 0;

    private bool AgreesInDirection(Fact first, Fact second)
    {
        if (!FromTo().IsMatch(sentence))
            return true;
        return Rose() is not { } rose || (rose ? second.Value > first.Value : second.Value < first.Value);
    }

    private bool? Rose() =>
        (Up().IsMatch(sentence), Down().IsMatch(sentence)) switch
        {
            (true, false) => true,
            (false, true) => false,
            _ => null,
        };

    // What it rose or fell from.
    private static double Base(Fact first, Fact second, bool rose) =>
        rose ? Math.Min(first.Value, second.Value) : Math.Max(first.Value, second.Value);

    // "twice" is no rounding of 1.6.
    private static bool Near(SaidNumber said, double value) =>
        Math.Abs(said.Value - value)
        <= Math.Min(said.Rounding, CheckingThresholds.Factor * Math.Abs(said.Value)) + CheckingThresholds.SameFigure;

    private static SaidNumber? Times(string words) =>
        words.ToLowerInvariant() switch
        {
            "twice" or "doubled" or "halved" => Times(2),
            "thrice" or "tripled" => Times(3),
            "quadrupled" => Times(4),
            _ => null,
        };

    private static SaidNumber Times(int factor) => new(factor, null, CheckingThresholds.Factor * factor);

    [GeneratedRegex(
        @"(?<![\w.])(?:" + SaidNumber.Pattern + ")",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfResult
    )]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^\s?(?:times|x|fold|-fold)\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex Factor();

    [GeneratedRegex(
        @"^\s?(?:(?:percentage\s)?points?\s?)?(?:more|less|fewer|slower|faster|longer|shorter|higher|lower|larger|smaller"
            + @"|above|below|increase|decrease|rise|drop|growth|difference|apart|(?:percentage\s)?points?)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Change();

    [GeneratedRegex(@"^\s?(?:percentage\s)?points?\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex Points();

    [GeneratedRegex(@"\bfrom\b[^.]*\bto\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex FromTo();

    [GeneratedRegex(
        @"\b(?:rose|rises|grew|grows|increased?|increase|rise|growth|more|slower|longer|higher|larger|above|up)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Up();

    [GeneratedRegex(
        @"\b(?:fell|falls|dropped|drops?|decreased?|less|fewer|faster|shorter|lower|smaller|below|down)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Down();
}
