using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Models.Audit;

namespace Copilot.Models.Checking;

/// <summary>The times that results show, as the results write them and as the asker's clock shows them.</summary>
/// <param name="zone">The asker's.</param>
internal sealed partial class KnownTimes(Facts facts, TimeZoneInfo zone)
{
    /// <param name="said">A day, a day with a time, a clock time with or without its distance from UTC, or an hour.</param>
    /// <param name="after">What follows it: a time that is said to be UTC is none of the asker's clock.</param>
    public bool Has(string said, string after)
    {
        var offset = Offset().Match(said);
        var time = offset.Success ? said[..offset.Index] : said;
        var clock = time.Replace('h', ':').Replace('.', ':');
        var isUtc = time.EndsWith('Z') || Utc().IsMatch(after);
        var isHour = !clock.Contains(':', StringComparison.Ordinal) && !clock.Contains('-', StringComparison.Ordinal);
        return facts
            .Named(KnownAs.Time)
            .SelectMany(known => known.Trim('[', ')').Split(", "))
            .Where(known => known.Length > 18)
            .SelectMany(known => isUtc || Local(known) is not { } local ? [known] : new[] { known, local })
            .Where(known => !offset.Success || known.EndsWith(Written(offset), StringComparison.Ordinal))
            .Any(known =>
                isHour
                    ? int.Parse(known.AsSpan(11, 2), CultureInfo.InvariantCulture) % 12
                        == int.Parse(clock, CultureInfo.InvariantCulture) % 12
                    : known.StartsWith(time, StringComparison.Ordinal)
                        || known[11..].StartsWith(clock, StringComparison.Ordinal)
                        || known[11..].StartsWith("0" + clock, StringComparison.Ordinal)
                        || (time.EndsWith('Z') && known.StartsWith(time.TrimEnd('Z'), StringComparison.Ordinal))
            );
    }

    private string? Local(string known) =>
        DateTimeOffset.TryParse(known, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? TimeZoneInfo.ConvertTime(time, zone).ToString("O", CultureInfo.InvariantCulture)
            : null;

    // "+9" as times write it: "+09:00".
    private static string Written(Match offset)
    {
        var sign = offset.Groups["sign"].Value == "+" ? "+" : "-";
        var minutes = offset.Groups["minutes"] is { Success: true } told ? told.Value : "00";
        return $"{sign}{offset.Groups["hours"].Value.PadLeft(2, '0')}:{minutes}";
    }

    [GeneratedRegex(@"\s?(?:UTC|GMT)(?<sign>[+−-])(?<hours>\d{1,2})(?::(?<minutes>\d\d))?$", RegexOptions.None, PatternThresholds.OfPart)]
    private static partial Regex Offset();

    // Not "UTC+9", which is the asker's clock.
    [GeneratedRegex(@"^\s?(?:UTC|GMT|Z)\b(?![+\-−]\d)", RegexOptions.None, PatternThresholds.OfPart)]
    private static partial Regex Utc();
}
