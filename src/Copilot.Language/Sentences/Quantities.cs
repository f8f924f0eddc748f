using System.Globalization;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Numbers with a unit that attributes carry in their names: "heavier than 50 kg" of "weight_kg", "50 kB" of
/// "payload.bytes".</summary>
internal static class Quantities
{
    private static readonly (string[] Units, double Size, string Of)[] Known =
    [
        (["b", "byte", "bytes", "by"], 1, "data"),
        (["kb", "kilobyte", "kilobytes"], 1e3, "data"),
        (["kib"], 1024, "data"),
        (["mb", "megabyte", "megabytes"], 1e6, "data"),
        (["mib"], 1024d * 1024, "data"),
        (["gb", "gigabyte", "gigabytes"], 1e9, "data"),
        (["gib"], 1024d * 1024 * 1024, "data"),
        (["g", "gram", "grams", "gramm"], 1, "mass"),
        (["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramm"], 1e3, "mass"),
        (["tonne", "tonnes", "tonnen"], 1e6, "mass"),
        (["m", "meter", "meters", "metre", "metres"], 1, "way"),
        (["km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"], 1e3, "way"),
        (["cm"], 0.01, "way"),
        (["bps"], 1, "rate"),
        (["kbps"], 1e3, "rate"),
        (["mbps"], 1e6, "rate"),
        (["w", "watt", "watts"], 1, "power"),
        (["kw"], 1e3, "power"),
        (["mw"], 1e6, "power"),
        (["wh"], 1, "energy"),
        (["kwh"], 1e3, "energy"),
        (["mwh"], 1e6, "energy"),
        (["cent", "cents"], 1, "money"),
        (["eur", "euro", "euros"], 100, "money"),
        (["percent", "pct"], 1, "share"),
        (["celsius"], 1, "warmth"),
    ];

    // Single letters are units of numbers, hardly parts of names.
    private const int ShortestInName = 2;

    public static bool IsUnit(string word) => Find(word) is not null;

    /// <summary>What a number in this unit is to be multiplied with to be in the unit that the attribute's name tells; null where the name
    /// tells none of the kind.</summary>
    public static double? Factor(string unit, string key)
    {
        if (Find(unit) is not { } said)
            return null;
        foreach (var part in NameParts.Of(key).Reverse())
        {
            if (part.Length >= ShortestInName && Find(part) is { } own && own.Of == said.Of)
                return said.Size / own.Size;
        }

        return null;
    }

    /// <summary>The unit of time that an attribute's name ends in, in nanoseconds; null for none.</summary>
    public static double? Unit(string key) =>
        NameParts.Of(key) is [.., var last] && last.Length >= ShortestUnit && TimeTokens.NanosOf(last) is > 0 and var nanos ? nanos : null;

    // "s" and "m" at the end of a name are units as seldom as not.
    private const int ShortestUnit = 2;

    public static string Number(double value) => Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);

    public static string Times(string number, double factor) =>
        factor == 1 || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? number
            : Math.Round(value * factor, 9).ToString(CultureInfo.InvariantCulture);

    /// <summary>Comparisons with a number in a unit that name no attribute, where one attribute alone is measured in such a unit.</summary>
    public static IEnumerable<(LinkTarget Target, ConditionOperator Operator, string Value, int Start, int End)> Read(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services
    )
    {
        for (var i = 1; i + 1 < sentence.Tokens.Count; i++)
        {
            if (
                sentence.IsUsed(i)
                || sentence.Tokens[i].Kind != WordTokenKind.Number
                || sentence.TimeAt(i) is not null
                || !IsUnit(sentence.Tokens[i + 1].Text)
                || sentence.ConceptAt(i - 1) is not { } mark
                || Operators.Of(mark.Concept) is not { } op
            )
                continue;
            var unit = sentence.Tokens[i + 1].Text;
            if (AttributeReader.OnlyNumber(sentence, services, key => Factor(unit, key) is not null) is { } only)
                yield return (only, op, sentence.Tokens[i].Text, mark.Start, i + 1);
        }
    }

    private static (double Size, string Of)? Find(string word)
    {
        var lower = word.ToLowerInvariant();
        foreach (var (units, size, of) in Known)
        {
            if (units.Contains(lower))
                return (size, of);
        }

        return null;
    }
}
