namespace Copilot.Diagnosis;

/// <summary>How far back a trouble is followed that is older than the window that is asked about.</summary>
internal static class LongTroubleThresholds
{
    /// <summary>So much of the window is compared,</summary>
    /// <remarks>Unit: length. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Newest = TimeSpan.FromMinutes(15);

    /// <summary>with so much some time ago, to see who may be worse: coarse, and little to read.</summary>
    /// <remarks>Unit: length. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Compared = TimeSpan.FromMinutes(5);

    /// <summary>One look after the other, until one shows the beginning: a trouble may fill two thirds of what is looked at.</summary>
    /// <remarks>Unit: time before now. Set by hand;
    /// <c>SlackNightTests.A_long_outage_is_told_from_its_beginning_by_command_and_in_a_thread_that_began_with_it</c> shows it.</remarks>
    public static readonly IReadOnlyList<TimeSpan> Back =
    [
        TimeSpan.FromMinutes(40),
        TimeSpan.FromMinutes(75),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(24),
    ];

    /// <summary>Within it, who got slower is looked at as well.</summary>
    /// <remarks>Unit: time before now. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Near = TimeSpan.FromMinutes(75);

    /// <summary>Two thirds may be the trouble itself: that there is one is known.</summary>
    /// <remarks>Unit: share of the minutes, the best ones, that is usual. Set by hand, not measured by itself.</remarks>
    public const double Steady = 1.0 / 3;

    /// <summary>So many are followed, those first of which most fails.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostServices = 30;
}
