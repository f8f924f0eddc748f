using System.Text.RegularExpressions;
using Copilot.Telemetry.Text;

namespace Copilot.Diagnosis.Diagnoses;

/// <summary>
/// The sentences about a trouble are kept once, with clock times in UTC ("at 02:51:15 UTC"), for readers in many zones. Here they are told
/// by a reader's own clock.
/// </summary>
public static partial class RenderedTimes
{
    /// <param name="text">May come from telemetry: a time that it quotes is turned too, and is as right as before.</param>
    /// <param name="near">A time of the trouble: it tells which day is meant.</param>
    /// <param name="clock">How the reader's clock tells a time.</param>
    public static string Retell(string text, DateTimeOffset near, Func<DateTimeOffset, string> clock) =>
        UtcClock()
            .Replace(text, told => ToldClock.Read(told.Groups["time"].ValueSpan, [], [], near) is { } time ? clock(time) : told.Value);

    // Nothing in it repeats without end: no time limit, which a busy machine would meet by waiting alone.
    [GeneratedRegex(@"(?<![\d:-])(?<time>\d{2}:\d{2}(?::\d{2})?) UTC\b(?![+-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex UtcClock();
}
