using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Copilot.Web.Api.Edge;

/// <summary>A time that can be counted with: telemetry has been sent at it, or will be, and nanoseconds, calendars and the database know
/// it. In UTC.</summary>
internal readonly record struct BoundedTime(DateTimeOffset Value) : IParsable<BoundedTime>
{
    public const string Range = "from 1970 to 2199";

    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    public static readonly DateTimeOffset End = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsIn(DateTimeOffset time) => time >= Earliest && time < End;

    /// <summary>RFC 3339; what has no offset is in UTC.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BoundedTime time)
    {
        var read = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var value
        );
        time = new BoundedTime(value);
        return read && text!.Length >= 10 && IsIn(value);
    }

    public static BoundedTime Parse(string s, IFormatProvider? provider) =>
        TryParse(s, out var time) ? time : throw new FormatException($"This is no RFC 3339 time {Range}.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BoundedTime result) =>
        TryParse(s, out result);
}
