using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Api;

/// <summary>Times as each reader's own clock tells them: people of one channel live in many zones.</summary>
internal static partial class SlackClock
{
    /// <summary>With seconds, and with the date where it is another than that of <paramref name="near"/>.</summary>
    public static string At(DateTimeOffset time, DateTimeOffset? near = null)
    {
        var dated = near is { } day && day.UtcDateTime.Date != time.UtcDateTime.Date;
        var fallback = time.UtcDateTime.ToString(dated ? "yyyy-MM-dd HH:mm:ss" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<!date^{time.ToUnixTimeSeconds()}^{(dated ? "{date_short} " : "")}{{time_secs}}|{fallback} UTC>"
        );
    }

    /// <summary>Escapes the text; each time of a named zone in it becomes one of the reader's. Where it is quoted from telemetry it is as
    /// right as before.</summary>
    /// <param name="near">Tells which day is meant where none is named.</param>
    public static string Escaped(string text, DateTimeOffset near)
    {
        var told = new StringBuilder();
        var from = 0;
        foreach (Match match in ZonedTimes().Matches(text))
        {
            if (Of(match, "1", near) is not { } first)
                continue;
            told.Append(Mrkdwn.Escape(text[from..match.Index])).Append(At(first, near));
            if (match.Groups["time2"].Success && Of(match, "2", first) is { } second)
                told.Append(match.Groups["until"].Value).Append(At(Ended(match, first, second), first));
            from = match.Index + match.Length;
        }

        return told.Append(Mrkdwn.Escape(text[from..])).ToString();
    }

    /// <summary>Each time of a named zone as UTC, for what cannot be a reader's own.</summary>
    /// <param name="near">Tells which day is meant where none is named.</param>
    public static string InUtc(string text, DateTimeOffset near) =>
        ZonedTimes()
            .Replace(
                text,
                match =>
                {
                    if (match.Groups["zone"].Length == 0 || Of(match, "1", near) is not { } first)
                        return match.Value;
                    var told = Utc(match, "1", first);
                    if (match.Groups["time2"].Success && Of(match, "2", first) is { } second)
                        told += match.Groups["until"].Value + Utc(match, "2", Ended(match, first, second));
                    return told + " UTC";
                }
            );

    // As exact, and with a day where one was told.
    private static string Utc(Match match, string place, DateTimeOffset time) =>
        time.UtcDateTime.ToString(
            (match.Groups["date" + place].Success ? "yyyy-MM-dd " : "")
                + (HasSeconds(match.Groups["time" + place].Value) ? "HH:mm:ss" : "HH:mm"),
            CultureInfo.InvariantCulture
        );

    private static bool HasSeconds(string clock) => clock.IndexOf(':', StringComparison.Ordinal) != clock.LastIndexOf(':');

    /// <summary>Whether the text tells a stretch of time itself.</summary>
    public static bool TellsWindow(string text) => ZonedTimes().Matches(text).Any(match => match.Groups["time2"].Success);

    // A stretch ends after it began; where its end names no day, the nearest one may lie before.
    private static DateTimeOffset Ended(Match match, DateTimeOffset first, DateTimeOffset second) =>
        second < first && !match.Groups["date2"].Success ? second.AddDays(1) : second;

    private static DateTimeOffset? Of(Match match, string place, DateTimeOffset near) =>
        ToldClock.Read(
            match.Groups["time" + place].ValueSpan,
            match.Groups["date" + place].ValueSpan,
            match.Groups["zone"].ValueSpan,
            near
        );

    [GeneratedRegex(
        @"(?<![\d:.-])(?:(?<date1>\d{4}-\d{2}-\d{2}) )?(?<time1>\d{2}:\d{2}(?::\d{2})?)"
            + @"(?:(?<until>[–-]| to )(?:(?<date2>\d{4}-\d{2}-\d{2}) )?(?<time2>\d{2}:\d{2}(?::\d{2})?))?"
            + @" UTC(?<zone>[+-]\d{1,2}(?::\d{2})?)?(?![\w+]|:\d)"
    )]
    private static partial Regex ZonedTimes();
}
