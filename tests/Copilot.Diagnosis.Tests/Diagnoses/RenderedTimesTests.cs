using System.Globalization;
using Copilot.Diagnosis.Diagnoses;
using Xunit;

namespace Copilot.Diagnosis.Tests.Diagnoses;

public sealed class RenderedTimesTests
{
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    [Theory]
    [InlineData("It began with a change at 02:51:15 UTC (deploy: v2).", "It began with a change at 11-03 08:21:15 (deploy: v2).")]
    [InlineData("Since 02:51 UTC, again at 02:59:00 UTC.", "Since 11-03 08:21:00, again at 11-03 08:29:00.")]
    [InlineData("It changed at 23:59:00 UTC, the day before.", "It changed at 11-03 05:29:00, the day before.")]
    public void Clock_times_in_UTC_are_told_by_the_readers_clock(string kept, string told) => Assert.Equal(told, Retell(kept));

    [Theory]
    [InlineData("Takes 02:51:15 of the time.")]
    [InlineData("The log says 02:51:15 UTC+2.")]
    [InlineData("At 2026-11-03-02:51:15 UTC by the host's name.")]
    [InlineData("No such time: 27:99 UTC.")]
    public void What_is_no_clock_time_in_UTC_stays(string kept) => Assert.Equal(kept, Retell(kept));

    private static string Retell(string text) =>
        RenderedTimes.Retell(
            text,
            new DateTimeOffset(2026, 11, 3, 3, 0, 0, TimeSpan.Zero),
            time => TimeZoneInfo.ConvertTime(time, Kolkata).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        );
}
