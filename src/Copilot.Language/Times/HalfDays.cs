using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Times;

/// <summary>"1.41 to 1.47", asked at two in the afternoon in English: clocks of twelve hours that say no half of the day mean the one that
/// passed last.</summary>
internal static class HalfDays
{
    private static readonly TimeSpan Half = TimeSpan.FromHours(12);

    public static IReadOnlyList<WordToken> Settle(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        wordTokens = Ranges(wordTokens);
        var now = TimeZoneInfo.ConvertTime(asOf, zone).TimeOfDay;
        var clocks = wordTokens.Where(t => t.Kind == WordTokenKind.Clock).ToList();
        // Who writes 08:05, 13:41 or "8am" says the half; where a date is said, any half may be meant.
        return
            clocks.Count == 0
            || now < Half
            || clocks.Exists(t => !IsBare(t) || t.TimeOfDay + Half > now)
            || wordTokens.Any(t => t.Kind == WordTokenKind.Date || WordRoles.HalfSaid.Contains(t.Lower))
            ? wordTokens
            : [.. wordTokens.Select(t => t.Kind == WordTokenKind.Clock ? t with { TimeOfDay = t.TimeOfDay + Half } : t)];
    }

    // "1:13 to 1:18pm": the half that is said at its end holds for the whole range.
    private static IReadOnlyList<WordToken> Ranges(IReadOnlyList<WordToken> wordTokens)
    {
        List<WordToken>? settled = null;
        for (var i = 0; i + 2 < wordTokens.Count; i++)
        {
            var (begin, end) = (wordTokens[i], wordTokens[i + 2]);
            if (
                begin.Kind != WordTokenKind.Clock
                || end.Kind != WordTokenKind.Clock
                || !WordRoles.Until.Contains(wordTokens[i + 1].Lower)
                || !IsBare(begin)
                || end.TimeOfDay < Half
                || begin.TimeOfDay + Half > end.TimeOfDay
                || !end.Lower.TrimEnd('.').EndsWith(Said, StringComparison.Ordinal)
            )
                continue;
            settled ??= [.. wordTokens];
            settled[i] = begin with { TimeOfDay = begin.TimeOfDay + Half };
        }

        return settled ?? wordTokens;
    }

    // "pm", "p.m": the half itself is in the time already.
    private const string Said = "m";

    // "1:41", not "01:41".
    private static bool IsBare(WordToken clock) =>
        clock.TimeOfDay < Half
        && clock.TimeOfDay >= TimeSpan.FromHours(1)
        && clock.Text.Length is 4 or 7
        && char.IsDigit(clock.Text[0])
        && clock.Text.All(c => char.IsDigit(c) || c == ':')
        && !clock.HasOffset;
}
