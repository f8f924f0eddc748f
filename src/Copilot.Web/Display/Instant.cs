using System.Globalization;

namespace Copilot.Web.Display;

/// <summary>Points in time as addresses carry them: RFC 3339 in UTC, without the fraction where there is none.</summary>
public static class Instant
{
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString(
            time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture
        );

    /// <summary>The time, or null where the text is none: a damaged address still opens its page.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
