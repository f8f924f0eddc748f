using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis;

/// <summary>How often and how far back the watch looks. The usual values of <see cref="Watch.WatchOptions"/>.</summary>
internal static class WatchThresholds
{
    /// <summary>A minute is looked at this long after it: senders hold spans back for some seconds.</summary>
    /// <remarks>Unit: time after a minute's end. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <summary>How far back a service's usual figures are taken from.</summary>
    /// <remarks>Unit: time before the minute. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Past = TimeSpan.FromMinutes(15);

    /// <summary>How far back quiet minutes are looked for.</summary>
    /// <remarks>Unit: time before the minute. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan QuietFrom = TimeSpan.FromHours(6);

    /// <summary>What lasts longer than this is how things are now: later minutes of it count as usual.</summary>
    /// <remarks>Unit: time that a trouble lasts. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(2);

    /// <summary>Trouble that has not shown for so long is over.</summary>
    /// <remarks>Unit: time without a sign. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan CloseAfter = TimeSpan.FromMinutes(2);

    /// <summary>Trouble that is back so soon is the same: its investigation is opened again.</summary>
    /// <remarks>Unit: time since it was closed. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromMinutes(5);

    /// <summary>What it may spend on looking into samples while the rollups show nothing; what took long is done less often.</summary>
    /// <remarks>Unit: share of the watch's time. Set by hand, not measured by itself.</remarks>
    public const double CloserShare = 0.05;

    /// <summary>A look takes in the last minute, or up to so many, until it holds enough traces.</summary>
    /// <remarks>Unit: length of a look. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>How many a look should hold.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int EnoughTraces = 80;

    /// <summary>A look at fewer accuses nobody.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int FewestTraces = 30;
}

/// <summary>When a minute's counts say that a service, or the calls of one to another, got worse.</summary>
internal static class WorseMinuteThresholds
{
    /// <summary>Trouble is looked for in the last minute, the sooner sign, and in the last two, for what is too rare for one.</summary>
    /// <remarks>Unit: time. Set by hand; <c>WorseDetectorTests.What_is_too_rare_for_one_minute_is_seen_in_two</c> shows the case.</remarks>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>A thousand services give one false alarm in about a month of minutes.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by the normal distribution at that rate;
    /// <c>WorseDetectorTests.A_day_of_chance_gives_no_alarm</c> and
    /// <c>MadeUpHourTests.Quiet_hours_and_harmless_changes_give_no_alarm</c> hold it.</remarks>
    public const double Surprise = 5;

    /// <summary>There are many more pairs of services than services: at one more, three hundred times as many give no more false
    /// alarms.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by the normal distribution at that rate.</remarks>
    public const double SurpriseOfCalls = Surprise + 1;

    /// <summary>Failures are seldom chance where there were none, so a little less is asked than of durations.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double LessForFailing = 1;

    /// <summary>Of fewer it is not known what is usual.</summary>
    /// <remarks>Unit: minutes. Set by hand, not measured by itself.</remarks>
    public const int FewestMinutes = 3;

    /// <summary>Of fewer neither.</summary>
    /// <remarks>Unit: requests in all the minutes before. Set by hand, not measured by itself.</remarks>
    public const int FewestRequests = 30;

    /// <summary>Of fewer nothing is said.</summary>
    /// <remarks>Unit: requests now. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestNow = ClearlyWorse.Fewest;

    /// <summary>More than the contract asks: a minute is looked at every minute.</summary>
    /// <remarks>Unit: requests. Set by hand, not measured by itself.</remarks>
    public const int FewestFailed = 5;

    /// <summary>So many must have been expected where none or hardly any come.</summary>
    /// <remarks>Unit: requests. Set by hand, not measured by itself.</remarks>
    public const double FewestExpected = 20;

    /// <summary>What falls below this is as good as silent.</summary>
    /// <remarks>Unit: share of the expected requests. Set by hand, not measured by itself.</remarks>
    public const double Silence = 0.1;

    /// <summary>Who had less than one of them in some minute before is quiet now and then.</summary>
    /// <remarks>Unit: parts of the usual share. Set by hand, not measured by itself.</remarks>
    public const double Bunching = 3;

    /// <summary>A third may have been bad themselves.</summary>
    /// <remarks>Unit: parts of the minutes, of which the best two are usual. Set by hand, not measured by itself.</remarks>
    public const int GoodParts = 3;

    /// <summary>Leaving out the worst minutes makes the rest look too good, so all of them have a say too.</summary>
    /// <remarks>Unit: of their weight. Set by hand, not measured by itself.</remarks>
    public const double WeightOfAll = 0.5;
}

/// <summary>When a minute's error messages are new.</summary>
internal static class ErrorMessageThresholds
{
    /// <summary>As strict as with calls: there are about as many messages.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by the normal distribution at that rate.</remarks>
    public const double Surprise = WorseMinuteThresholds.SurpriseOfCalls;

    /// <summary>Messages come in bursts, so what is counted is in how many stretches of this length there is one.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long StretchNs = 5 * UnixNanos.PerSecond;

    /// <summary>Of fewer it is not known what is usually said.</summary>
    /// <remarks>Unit: minutes. Set by hand, not measured by itself.</remarks>
    public const int FewestMinutes = 3;
}

/// <summary>With which minutes a look is compared.</summary>
internal static class QuietMinuteThresholds
{
    /// <summary>One minute does not tell how much minutes differ. With less it takes more to convince.</summary>
    /// <remarks>Unit: length of all. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);

    /// <summary>More are not read for one look.</summary>
    /// <remarks>Unit: windows. Set by hand, not measured by itself.</remarks>
    public const int MostWindows = 10;

    /// <summary>Short windows, so that the analysis can leave out one that was not as quiet as it seemed.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long LongestNs = 2 * UnixNanos.PerMinute;

    /// <summary>What is usual must be better known than what is new.</summary>
    /// <remarks>Unit: times the traces of the look. Set by hand, not measured by itself.</remarks>
    public const int Times = 4;

    /// <summary>With fewer than this even the minute before the look is better than nothing.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int Few = 50;
}

/// <summary>How looks add up, each by -ln(1 - clearness).</summary>
internal static class SuspicionThresholds
{
    /// <summary>One look of clearness 0.7, or two in a row of 0.5. Quiet systems then give less than one alarm in some hours of
    /// minutes.</summary>
    /// <remarks>Unit: sum of looks. Set by hand for that rate; <c>MadeUpHourTests.Quiet_hours_and_harmless_changes_give_no_alarm</c>
    /// replays such hours, <c>SuspectsTests</c> shows the cases.</remarks>
    public const double Convincing = 1.2;

    /// <summary>What fades in a minute.</summary>
    /// <remarks>Unit: sum of looks. Set by hand, not measured by itself.</remarks>
    public const double Fading = 0.2;

    /// <summary>More than this is not remembered, so that what is over is soon forgotten.</summary>
    /// <remarks>Unit: sum of looks. Set by hand, not measured by itself.</remarks>
    public const double Most = 2 * Convincing;

    /// <summary>What a service's own count of requests and their durations adds, once a look finds what explains it.</summary>
    /// <remarks>Unit: sum of looks. Set by hand, not measured by itself.</remarks>
    public const double Counted = 1.2;

    /// <summary>What is known already needs half the proof.</summary>
    /// <remarks>Unit: sum of looks. Set by hand, not measured by itself.</remarks>
    public const double Likely = Convincing / 2;

    /// <summary>A better name for a trouble must be spoken for twice as clearly.</summary>
    /// <remarks>Unit: times the clearness. Set by hand, not measured by itself.</remarks>
    public const double Overtaking = 2;

    /// <summary>What shows in a look began in one of its last minutes.</summary>
    /// <remarks>Unit: time before the look's end. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Began = TimeSpan.FromMinutes(2);
}

/// <summary>Investigations that the watch opens and closes.</summary>
internal static class InvestigationThresholds
{
    /// <summary>No look compares with more of the past than a few are old.</summary>
    /// <remarks>Unit: investigations. Set by hand, not measured by itself.</remarks>
    public const int Latest = 50;

    /// <summary>As many as a post shows.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 5;
}
