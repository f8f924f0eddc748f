using System.Text.RegularExpressions;

namespace Copilot.Language.Tokens;

/// <summary>Writes figures that are said in words as they are written: "the ninety-fifth percentile", "p ninety nine", "95 out of every 100
/// requests".</summary>
internal static partial class SpokenFigures
{
    public static string Clean(string text)
    {
        var clean = Ordinal().Replace(text, m => Number(m.Groups["tens"].Value, m.Groups["ones"].Value) + "th");
        clean = Short().Replace(clean, m => "p" + Number(m.Groups["tens"].Value, m.Groups["ones"].Value));
        clean = SlashGap().Replace(Slash().Replace(clean, "/${word}"), "");
        if (AsksTime().IsMatch(clean))
            clean = PercentOf()
                .Replace(clean, m => $"p{(m.Groups["half"].Success ? "50" : m.Groups["n"].Value)} of {m.Groups["whose"].Value}");
        clean = OutOfTen().Replace(clean, "what percentage of ${what}");
        return OutOfHundred().Replace(clean.Replace("→", "->", StringComparison.Ordinal), "p${n} ");
    }

    private static string Number(string tens, string ones) =>
        tens.ToLowerInvariant() switch
        {
            "ninetieth" => "90",
            "fiftieth" => "50",
            var ten => $"{Cardinals.Of(ten) + Ones(ones.ToLowerInvariant())}",
        };

    private static double Ones(string word) =>
        word switch
        {
            "" => 0,
            "fifth" => 5,
            "eighth" => 8,
            "ninth" => 9,
            _ => Cardinals.Of(word) ?? 0,
        };

    [GeneratedRegex(
        @"(?<!\w)(?:(?<tens>ninety|seventy)[\s-](?<ones>fifth|eighth|ninth)|(?<tens>ninetieth|fiftieth))(?=[\s-](?:percentile|centile))",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"(?<!\w)p[\s-](?<tens>fifty|seventy|ninety)(?:[\s-](?<ones>five|eight|nine))?(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Short();

    // "post slash token slash verify"
    [GeneratedRegex(@"(?<!\w)slash\s(?<word>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Slash();

    [GeneratedRegex(@"(?<=/\w+)\s(?=/\w)")]
    private static partial Regex SlashGap();

    [GeneratedRegex(@"\b(?:how (?:long|fast|quickly|much time)|(?:with)?in (?:what time|how (?:many|much)))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksTime();

    // "how long did it need for 95 % of its requests", "half of the orders were done within how many seconds"
    [GeneratedRegex(
        @"(?<!\w)(?:(?<n>50|75|90|95|98|99|99\.9)\s?(?:%|percent)|(?<half>half))\sof\s(?<whose>(?:(?:its|the|their|all|all the)\s)?(?:[\w-]+\s){0,2}?(?:requests|calls|messages|reqs|orders)\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex PercentOf();

    // "out of ten requests to payment, how many went wrong"
    [GeneratedRegex(
        @"(?<!\w)out of (?:ten|a hundred|10|100|every (?:ten|hundred|10|100)) (?<what>(?:[\w-]+\s?){1,5}?),? how many(?: of them)?(?: actually)?(?=\s)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OutOfTen();

    // "in how much time are 95 of every 100 requests done"
    [GeneratedRegex(
        @"(?<!\w)(?<n>50|75|90|95|98|99)\s(?:out\s)?(?:of|in)\s(?:every\s|each\s)?(?:a\s)?(?:100|hundred)(?!\w|[.:])(?:\s(?:of\s)?(?:the|its|all|them|requests|calls|cases))*\s?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OutOfHundred();
}
