using System.Globalization;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Web.Display;

namespace Copilot.Web.Times;

/// <summary>The stretch of time that a page is about, as its address says it: the last so much, or from then to then.</summary>
/// <param name="Last">Moves along with the time of day; null where both ends stand.</param>
public sealed record TimeRange(TimeWindow Window, TimeSpan? Last)
{
    public static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>What is offered, with its word in an address.</summary>
    public static IReadOnlyList<(string Word, TimeSpan Length)> Offered { get; } =
    [
        ("15m", TimeSpan.FromMinutes(15)),
        ("30m", TimeSpan.FromMinutes(30)),
        ("1h", TimeSpan.FromHours(1)),
        ("3h", TimeSpan.FromHours(3)),
        ("6h", TimeSpan.FromHours(6)),
        ("12h", TimeSpan.FromHours(12)),
        ("24h", TimeSpan.FromDays(1)),
        ("7d", TimeSpan.FromDays(7)),
    ];

    /// <summary>What an address says; what it says wrongly counts as not said.</summary>
    public static TimeRange Of(string? last, string? from, string? to, DateTimeOffset now)
    {
        if (Instant.Parse(from) is { } begin && (to is null ? now : Instant.Parse(to)) is { } end && begin < end)
            return new TimeRange(new TimeWindow(end - begin > Longest ? end - Longest : begin, end), null);
        var length = Length(last) ?? Usual;
        return new TimeRange(new TimeWindow(now - length, now), length);
    }

    /// <summary>"90m", "3h", "2d".</summary>
    public static TimeSpan? Length(string? word)
    {
        if (
            word is not { Length: > 1 and < 6 }
            || !int.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count == 0
        )
            return null;
        TimeSpan? length = word[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
        return length <= Longest ? length : null;
    }

    public string Text(LocalTime clock) => Last is { } last ? $"Last {Words(last)}" : clock.Window(new Period(Window.From, Window.To));

    public static string Words(TimeSpan length) =>
        length.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0} days")
        : length.TotalHours >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0} hours")
        : length == TimeSpan.FromHours(1) ? "hour"
        : string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0} minutes");

    /// <summary>Whole minutes that cut the range into at most so many steps.</summary>
    public TimeSpan Step(int most)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(Window.Length.TotalMinutes / most));
        foreach (var round in (ReadOnlySpan<int>)[1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440])
        {
            if (round >= minutes)
                return TimeSpan.FromMinutes(round);
        }

        return TimeSpan.FromMinutes(minutes);
    }

    /// <summary>As much before it, to compare with.</summary>
    public TimeWindow Before => new(Window.FromNs - (Window.ToNs - Window.FromNs), Window.FromNs);
}
