using System.Globalization;
using Copilot.Language.Questions;

namespace Copilot.Web.Display;

/// <summary>Times in the reader's zone: short where the day is plain, never without the day where it is not.</summary>
public sealed record LocalTime(TimeZoneInfo Zone, DateTimeOffset Now)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static LocalTime Utc(DateTimeOffset now) => new(TimeZoneInfo.Utc, now);

    public string Clock(DateTimeOffset time)
    {
        var local = In(time);
        return local.Date == In(Now).Date ? local.ToString("HH:mm:ss", Culture) : local.ToString("d MMM HH:mm:ss", Culture);
    }

    /// <summary>"14:02" of today, else "28 Nov".</summary>
    public string Short(DateTimeOffset time) => In(time).ToString(In(time).Date == In(Now).Date ? "HH:mm" : "d MMM", Culture);

    public string Precise(DateTimeOffset time) => In(time).ToString("HH:mm:ss.fff", Culture);

    /// <summary>"14:02 – 14:17", with the day where it is not today.</summary>
    public string Window(Period period)
    {
        var (from, to) = (In(period.From), In(period.To));
        var seconds = from.Second != 0 || to.Second != 0;
        var clock = seconds ? "HH:mm:ss" : "HH:mm";
        var day = from.Date == In(Now).Date ? string.Empty : from.ToString(from.Year == In(Now).Year ? "d MMM " : "d MMM yyyy ", Culture);
        var lastDay = to.Date == from.Date ? string.Empty : to.ToString("d MMM ", Culture);
        return $"{day}{from.ToString(clock, Culture)} – {lastDay}{to.ToString(clock, Culture)}";
    }

    /// <summary>The window as a question says it: "between 14:02:00 and 14:17:00", with the day where it is not today.</summary>
    public string Words(Period period)
    {
        var (from, to) = (In(period.From), In(period.To));
        var today = In(Now).Date;
        var day = from.Date == today && to.Date == today ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return $"between {from.ToString(day, Culture)} and {to.ToString(day, Culture)}";
    }

    public string Full(DateTimeOffset time) => $"{In(time).ToString("yyyy-MM-dd HH:mm:ss.fff", Culture)} {Zone.Id}";

    /// <summary>"3 min ago", for lists that are about what is recent.</summary>
    public string Ago(DateTimeOffset time)
    {
        var age = Now - time;
        return age.TotalSeconds switch
        {
            < 0 => Clock(time),
            < 60 => "just now",
            < 3_600 => string.Create(Culture, $"{(int)age.TotalMinutes} min ago"),
            < 86_400 => string.Create(Culture, $"{(int)age.TotalHours} h ago"),
            _ => Clock(time),
        };
    }

    private DateTimeOffset In(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
