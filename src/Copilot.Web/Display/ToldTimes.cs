using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.Telemetry.Text;
using Microsoft.AspNetCore.Components;

namespace Copilot.Web.Display;

/// <summary>
/// Sentences hold clock times with their zone ("02:51:15 UTC", "18:07–18:12 UTC-5"): of a guide that all read alike, of an answer that
/// another asked for. On a page they are data, told by the reader's own clock.
/// </summary>
public static partial class ToldTimes
{
    /// <summary>The text as HTML, its times as <c>time</c> elements and all else encoded.</summary>
    /// <param name="near">A time of what is told: it tells which day is meant where none is named.</param>
    public static MarkupString ToHtml(string text, DateTimeOffset near, LocalTime clock)
    {
        var html = new StringBuilder();
        foreach (var (piece, at) in Split(text, near))
            html.Append(at is { } time ? Element(time, clock) : WebUtility.HtmlEncode(piece));
        return new MarkupString(html.ToString());
    }

    internal static string Element(DateTimeOffset at, LocalTime clock) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<time datetime=\"{Instant.Text(at)}\" title=\"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\">{clock.Clock(at)}</time>"
        );

    /// <summary>The text piece by piece; a piece that is a time has it.</summary>
    internal static IEnumerable<(string Text, DateTimeOffset? At)> Split(string text, DateTimeOffset near)
    {
        var from = 0;
        foreach (var told in Zoned().Matches(text).Cast<Match>())
        {
            var (date, zone) = (told.Groups["date"], told.Groups["zone"]);
            if (ToldClock.Read(told.Groups["time"].ValueSpan, date.ValueSpan, zone.ValueSpan, near) is not { } first)
                continue;
            yield return (text[from..told.Index], null);
            yield return (told.Groups["time"].Value, first);
            from = told.Index + told.Length;
            if (told.Groups["till"] is not { Success: true } till)
                continue;
            var tillDate = told.Groups["date2"] is { Success: true } own ? own : date;
            if (ToldClock.Read(till.ValueSpan, tillDate.ValueSpan, zone.ValueSpan, near) is not { } last)
                continue;
            yield return (told.Groups["between"].Value, null);
            yield return (till.Value, last < first ? last.AddDays(1) : last);
        }

        yield return (text[from..], null);
    }

    // Nothing in it repeats without end: no time limit, which a busy machine would meet by waiting alone.
    [GeneratedRegex(
        @"(?<![\d:.-])(?:(?<date>\d{4}-\d{2}-\d{2})[ T])?(?<time>\d{2}:\d{2}(?::\d{2})?)"
            + @"(?:(?<between> ?(?:–|to|and) ?)(?:(?<date2>\d{4}-\d{2}-\d{2})[ T])?(?<till>\d{2}:\d{2}(?::\d{2})?))?"
            + @" UTC(?<zone>[+−-]\d{1,2}(?::\d{2})?)?\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Zoned();
}
