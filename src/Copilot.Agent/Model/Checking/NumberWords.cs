using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Model.Checking;

/// <summary>Numbers written as words: "twelve", "a third of", "twice as".</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, double> Shares = new(StringComparer.OrdinalIgnoreCase)
    {
        ["half"] = 0.5, ["third"] = 1 / 3.0, ["quarter"] = 0.25, ["fifth"] = 0.2, ["tenth"] = 0.1,
    };

    /// <summary>
    /// The number that the words say: of "half" a ratio, of "twelve" a plain number. What says more than it tells, such as "dozens" or
    /// "doubled", is null: no result writes it, so nothing shows it.
    /// </summary>
    public static SaidNumber? Of(string words)
    {
        var parts = words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (Shares.TryGetValue(parts[^1].TrimEnd('s'), out var share))
        {
            var times = parts.Length > 1 && Cardinals.Of(parts[^2]) is { } many ? many : 1;
            return new SaidNumber(times * share, FactUnit.Ratio, 0.03);
        }

        double total = 0, current = 0;
        foreach (var part in parts)
        {
            if (part is "a" or "and" or "percent") continue;
            if (Cardinals.Of(part) is not { } value) return null;
            if (value >= 1000) (total, current) = (total + (Math.Max(current, 1) * value), 0);
            else if (Cardinals.Multiplies(part)) current = Math.Max(current, 1) * value;
            else current += value;
        }

        return parts[^1] == "percent" ? new SaidNumber((total + current) / 100, FactUnit.Ratio, 0.005) : new SaidNumber(total + current, null, 0.5 - 1e-6);
    }

    /// <summary>Words of numbers. A lone "one" is most often no number, and "second" is a unit.</summary>
    public const string Pattern =
        """(?:(?:a|one|two|three|four)[\ -])?(?:half|thirds?|quarters?|fifths?|tenths?)(?=\s+(?:of|the|all|as)\b)|(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen)(?:[\ -](?:and\ )?))*(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|(?<=ty[\ -])one)(?:\ percent)?|dozens|hundreds|thousands|millions|doubled|tripled|quadrupled|halved|twice|thrice|(?:two|three|four|five|ten|hundred)?fold""";
}
