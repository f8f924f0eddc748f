using System.Globalization;

namespace Copilot.Web.Charts;

/// <summary>Round times of the reader's clock for an axis.</summary>
public static class TimeTicks
{
    private const int Most = 6;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(30),
    ];

    public static IReadOnlyList<(DateTimeOffset Time, string Text)> Of(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var step = Array.Find(Steps, step => (to - from) / step <= Most);
        if (step == default)
            step = Steps[^1];
        var ticks = new List<(DateTimeOffset, string)>();
        var local = TimeZoneInfo.ConvertTime(from, zone);
        var first = new DateTimeOffset((local.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks, local.Offset);
        for (var at = first; at <= to; at += step)
        {
            var shown = TimeZoneInfo.ConvertTime(at, zone);
            ticks.Add((at, shown.ToString(Format(step, shown), CultureInfo.InvariantCulture)));
        }

        return ticks;
    }

    private static string Format(TimeSpan step, DateTimeOffset local) =>
        step >= TimeSpan.FromDays(1) || local.TimeOfDay == TimeSpan.Zero ? "d MMM"
        : step < TimeSpan.FromMinutes(1) ? "HH:mm:ss"
        : "HH:mm";
}
