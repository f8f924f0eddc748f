using Copilot.Language.Tokens;

namespace Copilot.Models.Phrases;

/// <summary>Numbers written as words: "twelve", "a third of", "twice as".</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, double> Shares = new(StringComparer.OrdinalIgnoreCase)
    {
        ["half"] = 0.5,
        ["third"] = 1 / 3.0,
        ["quarter"] = 0.25,
        ["fifth"] = 0.2,
        ["tenth"] = 0.1,
        ["hälfte"] = 0.5,
        ["drittel"] = 1 / 3.0,
        ["moitié"] = 0.5,
        ["tier"] = 1 / 3.0,
        ["mitad"] = 0.5,
        ["tercio"] = 1 / 3.0,
    };

    private static readonly Dictionary<string, double> Multiples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["twice"] = 2,
        ["doubled"] = 2,
        ["double"] = 2,
        ["doppelt"] = 2,
        ["verdoppelt"] = 2,
        ["duplicó"] = 2,
        ["twofold"] = 2,
        ["thrice"] = 3,
        ["tripled"] = 3,
        ["threefold"] = 3,
        ["quadrupled"] = 4,
        ["fourfold"] = 4,
        ["fivefold"] = 5,
        ["tenfold"] = 10,
        ["hundredfold"] = 100,
        ["halved"] = 0.5,
    };

    // Words that are also words of another language ("once", "neuf", "cent") are left out.
    private static readonly Dictionary<string, double> Elsewhere = new(StringComparer.Ordinal)
    {
        ["vierzig"] = 40,
        ["fünfzig"] = 50,
        ["sechzig"] = 60,
        ["siebzig"] = 70,
        ["achtzig"] = 80,
        ["neunzig"] = 90,
        ["hundert"] = 100,
        ["tausend"] = 1000,
        ["deux"] = 2,
        ["trois"] = 3,
        ["quatre"] = 4,
        ["cinq"] = 5,
        ["huit"] = 8,
        ["douze"] = 12,
        ["quinze"] = 15,
        ["vingt"] = 20,
        ["trente"] = 30,
        ["quarante"] = 40,
        ["cinquante"] = 50,
        ["soixante"] = 60,
        ["dos"] = 2,
        ["tres"] = 3,
        ["cuatro"] = 4,
        ["cinco"] = 5,
        ["seis"] = 6,
        ["siete"] = 7,
        ["ocho"] = 8,
        ["nueve"] = 9,
        ["diez"] = 10,
        ["doce"] = 12,
        ["quince"] = 15,
        ["veinte"] = 20,
        ["treinta"] = 30,
        ["cuarenta"] = 40,
        ["cincuenta"] = 50,
        ["sesenta"] = 60,
        ["setenta"] = 70,
        ["ochenta"] = 80,
        ["noventa"] = 90,
    };

    /// <summary>
    /// The number that the words say: of "half" a ratio, of "twelve" a plain number, of "doubled" how many times as much. What says more
    /// than it tells, such as "dozens", is null: no result writes it, so nothing shows it.
    /// </summary>
    public static SaidNumber? Of(string words)
    {
        if (Multiples.TryGetValue(words.Trim(), out var multiple))
            return new SaidNumber(multiple, FactUnit.Times, CheckingThresholds.Factor * multiple);
        var parts = words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (Shares.TryGetValue(parts[^1].TrimEnd('s'), out var share))
        {
            var times = parts.Length > 1 && Cardinals.Of(parts[^2]) is { } many ? many : 1;
            return new SaidNumber(times * share, FactUnit.Ratio, CheckingThresholds.Fraction);
        }

        double total = 0,
            current = 0;
        foreach (var part in parts)
        {
            if (part is "a" or "and" or "percent")
                continue;
            if ((Cardinals.Of(part) ?? (Elsewhere.TryGetValue(part, out var other) ? other : null)) is not { } value)
                return null;
            if (value >= 1000)
                (total, current) = (total + (Math.Max(current, 1) * value), 0);
            else if (Cardinals.Multiplies(part))
                current = Math.Max(current, 1) * value;
            else
                current += value;
        }

        return parts[^1] == "percent"
            ? new SaidNumber((total + current) / 100, FactUnit.Ratio, CheckingThresholds.PercentInWords)
            : new SaidNumber(total + current, null, CheckingThresholds.Half - 1e-6);
    }

    /// <summary>Words of numbers. A lone "one" is most often no number, and "second" is a unit.</summary>
    public const string Pattern =
        """(?:(?:a|one|two|three|four)[\ -])?(?:half|thirds?|quarters?|fifths?|tenths?)(?=\s+(?:of|the|all|as)\b)"""
        + """|(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"""
        + """|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"""
        + """|dozen)(?:[\ -](?:and\ )?))*(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"""
        + """|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"""
        + """|thousand|million|dozen|(?<=ty[\ -])one)(?:\ percent)?|dozens|hundreds|thousands|millions|doubled|tripled"""
        + """|quadrupled|halved|twice|thrice|(?:two|three|four|five|ten|hundred)?fold"""
        + """|hälfte|drittel|moitié|mitad|tercio|(?:ein)?hundert|tausend|zwei|drei|vier|fünf|sechs|sieben|neun|zehn|zwölf"""
        + """|fünfzehn|zwanzig|dreißig|(?:vier|fünf|sech|sieb|acht|neun)zig|\p{L}{3,6}und\p{L}{3,6}(?:zig|ßig)"""
        + """|doppelt|verdoppelt|deux|trois|quatre|cinq|huit|douze|quinze|vingt|trente|quarante|cinquante|soixante|dos"""
        + """|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta"""
        + """|ochenta|noventa|duplicó""";
}
