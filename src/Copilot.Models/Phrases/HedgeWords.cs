using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>Words before a number that say how exactly it is meant.</summary>
internal static partial class HedgeWords
{
    /// <param name="before">The sentence up to the number.</param>
    public static (bool About, bool Below, bool Above) Of(string before)
    {
        var tail = before[^Math.Min(before.Length, CheckingThresholds.HedgeReach)..];
        return (About().IsMatch(tail), Below().IsMatch(tail), Above().IsMatch(tail));
    }

    [GeneratedRegex(
        @"(?:\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.|close to|in the order of|rund|etwa|ungefähr|circa|gut"
            + @"|knapp|environ|autour de|à peu près|unos|unas|alrededor de|cerca de|aproximadamente)|~|≈)[\s*~]*(?:a |an )?[\s*~×x]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex About();

    [GeneratedRegex(
        @"(?:\b(?:almost|nearly|just under|under|below|less than|fewer than|at most|within|stays? below|fast|beinahe|knapp|unter"
            + @"|weniger als|höchstens|innerhalb von|presque|moins de|sous|au plus|casi|menos de|por debajo de"
            + @"|como máximo)|[<≤])[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Below();

    [GeneratedRegex(
        @"(?:\b(?:more than|over|above|just over|a little over|at least|exceed\w*|beyond|longer than|slower than|higher than|greater than"
            + @"|mehr als|über|mindestens|plus de|au moins|au-delà de|más de|al menos|por encima de)|[>≥])[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Above();
}
