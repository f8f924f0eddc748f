using System.Globalization;

namespace Copilot.Telemetry.Records;

/// <summary>How a time of a sender's clock stands to what telemetry may bear.</summary>
public enum TimeFit
{
    Sound,

    /// <summary>0: the sender gave none.</summary>
    Missing,
    TooEarly,
    TooLate,
}

/// <summary>
/// Which times are taken. Recordings are imported whole, years after their day, so the lower bound is a fixed one that only clocks that
/// were never set and numbers in other units fall below; ahead of this server's clock is only what clocks of machines differ by.
/// </summary>
/// <param name="ReceivedNs">When the request came in, by this server's clock.</param>
public sealed record TimeBounds(long ReceivedNs)
{
    /// <summary>Covers clocks that are not kept in step; a clock that runs on local time instead of UTC is further off and is
    /// told.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

    /// <summary>Before OpenTelemetry and whatever it was made of: no recording is as old.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly long _earliestNs = UnixNanos.From(Earliest);
    private static readonly (ulong Factor, string Name)[] _units =
    [
        (1_000_000_000, "seconds"),
        (1_000_000, "milliseconds"),
        (1_000, "microseconds"),
    ];

    private readonly long _latestNs = ReceivedNs + (MostAhead.Ticks * 100);

    public static TimeBounds At(DateTimeOffset received) => new(UnixNanos.From(received));

    public TimeFit Judge(ulong nanos) =>
        nanos == 0 ? TimeFit.Missing
        : nanos < (ulong)_earliestNs ? TimeFit.TooEarly
        : nanos > (ulong)_latestNs ? TimeFit.TooLate
        : TimeFit.Sound;

    /// <summary>Whether a time was given that is not taken.</summary>
    public bool Refuses(ulong nanos) => Judge(nanos) is TimeFit.TooEarly or TimeFit.TooLate;

    /// <summary>Why a time is not taken, for its sender: what it says, which bound it breaks, what to do.</summary>
    /// <param name="what">Whose time it is: "a span's start".</param>
    public string Explain(string what, ulong nanos)
    {
        if (nanos > long.MaxValue)
            return $"{what} lies before 1970 or beyond the year 2262: set the sender's clock";
        if (nanos > (ulong)_latestNs)
        {
            return $"{what} is {Text(nanos)}, more than an hour ahead of this server's clock ({Text((ulong)ReceivedNs)}): "
                + "set the sender's clock (UTC)";
        }

        var told = $"{what} is {Text(nanos)}, before the year {Earliest.Year}";
        foreach (var (factor, name) in _units)
        {
            if (nanos <= (ulong)_latestNs / factor && Judge(nanos * factor) == TimeFit.Sound)
                return $"{told}: it looks like {name} ({Text(nanos * factor)}), send nanoseconds";
        }

        return $"{told}: set the sender's clock";
    }

    private static string Text(ulong nanos) =>
        UnixNanos.ToTime((long)nanos).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
