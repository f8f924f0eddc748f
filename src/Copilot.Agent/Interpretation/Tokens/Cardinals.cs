namespace Copilot.Agent.Interpretation.Tokens;

/// <summary>Single words that are numbers, the one table of them: "three", "forty", "hundred", "zwölf".</summary>
internal static class Cardinals
{
    private static readonly Dictionary<string, double> Values = new(StringComparer.Ordinal)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
        ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20, ["thirty"] = 30,
        ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90, ["hundred"] = 100, ["thousand"] = 1e3, ["million"] = 1e6, ["dozen"] = 12,
        ["zwei"] = 2, ["drei"] = 3, ["vier"] = 4, ["fünf"] = 5, ["sechs"] = 6, ["sieben"] = 7, ["acht"] = 8, ["neun"] = 9, ["zehn"] = 10, ["elf"] = 11, ["zwölf"] = 12,
        ["fünfzehn"] = 15, ["zwanzig"] = 20, ["dreißig"] = 30,
    };

    /// <summary>Null for what is no number. "Half", "second" and "a couple" are none: what they mean depends on their place.</summary>
    public static double? Of(string lower) => Values.TryGetValue(lower, out var value) ? value : null;

    /// <summary>It multiplies what stands before it: "three hundred", "two dozen".</summary>
    public static bool Multiplies(string lower) => lower is "hundred" or "thousand" or "million" or "dozen";
}
