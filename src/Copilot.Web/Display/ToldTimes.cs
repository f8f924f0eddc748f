using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Copilot.Web.Display;

/// <summary>
/// Sentences hold clock times with their zone ("02:51:15 UTC", "18:07–18:12 UTC-5"): of a guide that all read alike, of an answer that
/// another asked for. On a page they are data, told by the reader's own clock.
/// </summary>
public static partial class ToldTimes
{
    private const int MatchMs = 100;

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
            if (Read(told.Groups["date"], told.Groups["time"], told.Groups["zone"].ValueSpan, near) is not { } first)
                continue;
            yield return (text[from..told.Index], null);
            yield return (told.Groups["time"].Value, first);
            from = told.Index + told.Length;
            if (told.Groups["till"].Success)
            {
                var till = told.Groups["till"];
                if (
                    Read(
                        told.Groups["date2"].Success ? told.Groups["date2"] : told.Groups["date"],
                        till,
                        told.Groups["zone"].ValueSpan,
                        near
                    ) is
                    { } last
                )
                {
                    yield return (told.Groups["between"].Value, null);
                    yield return (till.Value, last < first ? last.AddDays(1) : last);
                }
            }
        }

        yield return (text[from..], null);
    }

    private static DateTimeOffset? Read(Group date, Group time, ReadOnlySpan<char> zone, DateTimeOffset near)
    {
        if (
            !TimeOnly.TryParseExact(time.ValueSpan, ["HH:mm:ss", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
        )
            return null;
        var offset = TimeSpan.Zero;
        if (zone.Length > 0)
        {
            var parts = zone[1..].ToString().Split(':');
            offset = new TimeSpan(
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0,
                0
            );
            if (offset > TimeSpan.FromHours(14))
                return null;
            if (zone[0] is '-' or '−')
                offset = -offset;
        }

        if (date.Success)
            return DateOnly.TryParseExact(date.ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new DateTimeOffset(day, clock, offset)
                : null;
        var there = near.ToOffset(offset);
        var sameDay = new DateTimeOffset(DateOnly.FromDateTime(there.DateTime), clock, offset);
        return (sameDay - near).TotalHours switch
        {
            > 12 => sameDay.AddDays(-1),
            < -12 => sameDay.AddDays(1),
            _ => sameDay,
        };
    }

    [GeneratedRegex(
        @"(?<![\d:.-])(?:(?<date>\d{4}-\d{2}-\d{2})[ T])?(?<time>\d{2}:\d{2}(?::\d{2})?)"
            + @"(?:(?<between> ?(?:–|to|and) ?)(?:(?<date2>\d{4}-\d{2}-\d{2})[ T])?(?<till>\d{2}:\d{2}(?::\d{2})?))?"
            + @" UTC(?<zone>[+−-]\d{1,2}(?::\d{2})?)?\b",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: MatchMs
    )]
    private static partial Regex Zoned();
}
