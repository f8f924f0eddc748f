using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis;

/// <summary>How much is read for one window analysis: enough for the statistics, little enough to answer at once. The usual values
/// of <see cref="Windows.DiagnosisOptions"/>.</summary>
internal static class ReadingThresholds
{
    /// <summary>More make nothing surer and cost the time of an answer.</summary>
    /// <remarks>Unit: traces of the window. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 1500;

    /// <summary>The same where traces are long.</summary>
    /// <remarks>Unit: spans of the window. Set by hand, not measured by itself.</remarks>
    public const int MostSpans = 30_000;

    /// <summary>Together they hold more than the bad one.</summary>
    /// <remarks>Unit: traces of each baseline window. Set by hand, not measured by itself.</remarks>
    public const int MostBaselineTraces = 500;

    /// <summary>The same where traces are long.</summary>
    /// <remarks>Unit: spans of each baseline window. Set by hand, not measured by itself.</remarks>
    public const int MostBaselineSpans = 8_000;

    /// <summary>In a window of at least this the minutes are looked for that the trouble is confined to.</summary>
    /// <remarks>Unit: length of the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan FocusFrom = TimeSpan.FromMinutes(3);

    /// <summary>How much of it shows what is usual in a minute.</summary>
    /// <remarks>Unit: time before the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan FocusPast = TimeSpan.FromMinutes(10);

    /// <summary>Resource metrics are many; only those of so many suspects are read.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostSuspects = 6;

    /// <summary>Where no request tells anything, a shortage may: of so many the processor's metrics are read.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostWithoutSuspects = 60;

    /// <summary>Of so many the attributes are read.</summary>
    /// <remarks>Unit: requests to the first suspect, in the bad window and in the good ones together each. Set by hand, not measured by
    /// itself.</remarks>
    public const int MostRequestsWithAttributes = 300;

    /// <summary>How far back the usual level of resource metrics is looked for.</summary>
    /// <remarks>Unit: time before the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ResourcesFrom = TimeSpan.FromMinutes(30);

    /// <summary>How long before it a change may have caused it.</summary>
    /// <remarks>Unit: time before the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ChangesFrom = TimeSpan.FromMinutes(15);

    /// <summary>How long it may still be on its way: OpenTelemetry's processors and collectors send every 5 s each by
    /// default.</summary>
    /// <remarks>Unit: time after a span's end. Set by these defaults;
    /// <c>FirstSecondsTests.What_is_said_in_the_first_seconds_is_right_or_not_said</c> holds it.</remarks>
    public static readonly TimeSpan Arriving = TimeSpan.FromSeconds(15);

    /// <summary>How far back a baseline is looked for.</summary>
    /// <remarks>Unit: time before the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BaselineFrom = TimeSpan.FromHours(6);

    /// <summary>A result is used again for the same question within this time.</summary>
    /// <remarks>Unit: age of a result. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);

    /// <summary>Who asks what is wrong now is told what was found for who asked this long before at most: what ended later is hardly in
    /// yet, as exporters send every 5 s.</summary>
    /// <remarks>Unit: time between two askers' now. Set by OpenTelemetry's default interval of its span processors.</remarks>
    public static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(5);

    /// <summary>So many windows are looked into at once, whoever asks: each holds a hundred megabytes and keeps a processor busy.</summary>
    /// <remarks>Unit: looks. Set by two processors and the memory that the app is given.</remarks>
    public const int LooksAtOnce = 2;

    /// <summary>So many windows are asked for within that time.</summary>
    /// <remarks>Unit: results kept. Set by hand, not measured by itself.</remarks>
    public const int MostResults = 64;

    /// <summary>A window of a few seconds has no neighbour worth comparing with.</summary>
    /// <remarks>Unit: length. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BaselineShortest = TimeSpan.FromMinutes(1);

    /// <summary>Fewer than this and the baseline reaches further back.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int BaselineTraces = 100;

    /// <summary>So many steps back, one beside the other: of three the analysis can leave out one that was bad itself.</summary>
    /// <remarks>Unit: lengths of the window. Set by hand, not measured by itself.</remarks>
    public const int BaselineSteps = 3;

    /// <summary>What is found in the newest stretch is looked for against an older past as well: the end of a trouble that nobody noticed
    /// looks like the beginning of one, but not against both.</summary>
    /// <remarks>Unit: lengths of the newest stretch that are stepped over. Set by hand; the minutes after "early return" in
    /// <c>OwnWorldScoreTests</c> show the case.</remarks>
    public const int SkippedOfLatest = 2;

    /// <summary>How far back good ones are looked for where other troubles lie in between.</summary>
    /// <remarks>Unit: lengths of the window. Set by hand, not measured by itself.</remarks>
    public const int BaselineFurthest = 12;

    /// <summary>Trouble in more than this is what the whole window is about.</summary>
    /// <remarks>Unit: share of the window. Set by hand, not measured by itself.</remarks>
    public const double FocusBelow = 0.7;

    /// <summary>So many troubles that last are looked into beside the worst.</summary>
    /// <remarks>Unit: troubles. Set by hand, not measured by itself.</remarks>
    public const int MostAtOnce = 2;

    /// <summary>Of those that are over so many are looked into for one with a cause, the latest first.</summary>
    /// <remarks>Unit: troubles. Set by hand, not measured by itself.</remarks>
    public const int MostEnded = 3;

    /// <summary>A shorter stretch holds too few requests to tell where its trouble starts.</summary>
    /// <remarks>Unit: length of a trouble. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan FocusShortest = TimeSpan.FromSeconds(20);

    /// <summary>Where nothing lasts, the newest stretch of this length is looked into by itself,</summary>
    /// <remarks>Unit: length. Set by hand; <c>OwnWorldScoreTests</c> and made-up systems that nobody had looked at (tests/RESULTS.md)
    /// show what it finds.</remarks>
    public static readonly TimeSpan Latest = TimeSpan.FromMinutes(2);

    /// <summary>and then one of this, for what few requests meet,</summary>
    /// <remarks>Unit: length. Set by hand; the quiet moments of <c>OwnWorldScoreTests</c> hold it.</remarks>
    public static readonly TimeSpan LongLatest = TimeSpan.FromMinutes(5);

    /// <summary>unless so little time passed since the last trouble,</summary>
    /// <remarks>Unit: length. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ShortestLatest = TimeSpan.FromSeconds(45);

    /// <summary>and what is found there is told where it is so likely: many ask while nothing is wrong.</summary>
    /// <remarks>Unit: confidence. Set by hand; quiet moments of <c>OwnWorldScoreTests</c> hold it.</remarks>
    public const double SureOfLatest = 0.8;
}

/// <summary>The troubles of a window: when each began, and whether it is over.</summary>
internal static class TimelineThresholds
{
    /// <summary>A minute must surprise so much to be a bad one.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double Surprise = 4;

    /// <summary>With very many services a minute must surprise more: one such window in a hundred without trouble is risked.</summary>
    /// <remarks>Unit: probability, over all minutes compared. Set by hand, not measured by itself.</remarks>
    public const double ByChance = 0.01;

    /// <summary>The same of requests that somebody asks about: whoever asks knows of something, so a little less will do.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand;
    /// <c>RecordedPeriodTests.What_is_well_is_not_told_to_be_in_trouble</c> holds it.</remarks>
    public const double SurpriseOfNamed = 3.5;

    /// <summary>So long after its bad minutes it is looked whether it is over: of requests that come seldom few minutes tell
    /// little.</summary>
    /// <remarks>Unit: minutes. Set by hand, not measured by itself.</remarks>
    public const int MinutesAfter = 15;

    /// <summary>How it was before is measured over so long.</summary>
    /// <remarks>Unit: minutes before its onset. Set by hand, not measured by itself.</remarks>
    public const int MinutesBefore = 15;

    /// <summary>How high it got is measured in the shortest of these steps that mostly hold enough requests.</summary>
    /// <remarks>Unit: seconds. Set by the ask API (15 s, 60 s where minutes are all there is) and by hand.</remarks>
    public static readonly IReadOnlyList<int> PeakSeconds = [15, 60, 300];

    /// <summary>A trouble that is known is still there in a minute that surprises so much,</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand;
    /// <c>ServiceRunsTests.A_trouble_that_comes_again_more_weakly_is_still_the_same</c> shows the case.</remarks>
    public const double Again = 3;

    /// <summary>unless more than so many better ones lie between.</summary>
    /// <remarks>Unit: minutes. Set by hand, not measured by itself.</remarks>
    public const int BetterMinutes = 1;

    /// <summary>At its ends the trouble fills only a part of a minute and shows less.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double Hint = 2;

    /// <summary>One or two failures make no bad minute.</summary>
    /// <remarks>Unit: requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestFailed = ClearlyWorse.FewestFailed;

    /// <summary>Of fewer nothing is said.</summary>
    /// <remarks>Unit: requests in a minute. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestRequests = ClearlyWorse.Fewest;

    /// <summary>Of fewer it is not known what is usual.</summary>
    /// <remarks>Unit: minutes. Set by hand, not measured by itself.</remarks>
    public const int FewestMinutes = 3;

    /// <summary>Minutes of a service that is seldom called are taken together, so many at most.</summary>
    /// <remarks>Unit: minutes. Set by hand, not measured by itself.</remarks>
    public const int LongestStep = 5;

    /// <summary>A third may be the trouble itself.</summary>
    /// <remarks>Unit: share of the minutes, the best ones, that is usual. Set by hand, not measured by itself.</remarks>
    public const double Steady = 2.0 / 3;

    /// <summary>What never happened in so many requests may still happen in the next.</summary>
    /// <remarks>Unit: requests, added to those counted. Set by custom (half a hit in one request more).</remarks>
    public const double HalfAHit = 0.5;

    /// <summary>A trouble in which everything fails may let a request through.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself.</remarks>
    public const double AllButSome = 0.98;

    /// <summary>"Over" is said at 20 to 1, and where it never looked so well before while it lasted; the next failure of a trouble that
    /// fails one request in ten may be some seconds off.</summary>
    /// <remarks>Unit: natural logarithm of the likelihood ratio. Set by hand;
    /// <c>ServiceRunsTests.It_is_over_once_what_came_after_speaks_against_it</c> shows the case.</remarks>
    public const double Over = -3;

    /// <summary>However well it looked while it lasted, it is over once what came after speaks so much against it.</summary>
    /// <remarks>Unit: natural logarithm of the likelihood ratio. Set by hand, not measured by itself.</remarks>
    public const double SurelyOver = -12;

    /// <summary>Fine enough to tell when something began, coarse enough to count.</summary>
    /// <remarks>Unit: seconds of a step. Set by hand, not measured by itself.</remarks>
    public const int StepSeconds = 5;

    /// <summary>Of a trouble that takes long so much is looked at closely at its beginning, and as much at its end.</summary>
    /// <remarks>Unit: length. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan End = TimeSpan.FromMinutes(10);

    /// <summary>More than so many told apart in one window are noise.</summary>
    /// <remarks>Unit: troubles. Set by hand, not measured by itself.</remarks>
    public const int MostEpisodes = 6;

    /// <summary>The spans of so many tell when it began.</summary>
    /// <remarks>Unit: services, worst first. Set by hand, not measured by itself.</remarks>
    public const int MostServices = 12;

    /// <summary>Services that do not call each other are in one trouble where both its ends are so near.</summary>
    /// <remarks>Unit: ns. Set by hand;
    /// <c>RunGroupsTests.Strangers_are_one_trouble_only_where_both_ends_are_the_same</c> shows the case.</remarks>
    public const long TogetherNs = 15 * UnixNanos.PerSecond;

    /// <summary>Services whose bad minutes overlap by this take part in one trouble.</summary>
    /// <remarks>Unit: share of the shorter run. Set by hand, not measured by itself.</remarks>
    public const double Overlap = 0.5;
}

/// <summary>Whose traces a sample should hold more of.</summary>
internal static class WorseServiceThresholds
{
    /// <summary>So many are read at least,</summary>
    /// <remarks>Unit: traces of one service. Set by hand, not measured by itself.</remarks>
    public const int FewestTraces = 100;

    /// <summary>and so many at most,</summary>
    /// <remarks>Unit: traces of one service. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 500;

    /// <summary>enough that about so many do.</summary>
    /// <remarks>Unit: traces that show what is worse. Set by hand, not measured by itself.</remarks>
    public const double Telling = 12;

    /// <summary>More are not one trouble of a few services: then any sample shows it.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostServices = 10;

    /// <summary>Who falls silent is seen at its callers; so many of them are read.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostCallers = 4;

    /// <summary>One in a hundred windows.</summary>
    /// <remarks>Unit: services chosen by chance in a window without trouble, over all compared. Set by hand, not measured by
    /// itself.</remarks>
    public const double ByChance = 0.01;

    /// <summary>Asked however few are compared.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double LeastSurprise = 4;

    /// <summary>One or two failures are nobody's trouble.</summary>
    /// <remarks>Unit: requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestFailed = ClearlyWorse.FewestFailed;

    /// <summary>Of fewer nothing is said.</summary>
    /// <remarks>Unit: requests, now and before each. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestRequests = ClearlyWorse.Fewest;

    /// <summary>Less than the contract asks: what is chosen is only read, not told.</summary>
    /// <remarks>Unit: times the error rate before. Set by hand, not measured by itself.</remarks>
    public const double FailingTimes = 2;

    /// <summary>Durations are compared where the mean grew by this much;</summary>
    /// <remarks>Unit: times the mean before. Set by hand, not measured by itself.</remarks>
    public const double Slower = 1.15;

    /// <summary>at most of so many.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostSlower = 100;
}

/// <summary>How much of a diagnosis is told.</summary>
internal static class DiagnosisTellingThresholds
{
    /// <summary>Further down the list nobody reads.</summary>
    /// <remarks>Unit: suspects beside the cause. Set by hand, not measured by itself.</remarks>
    public const int MostSuspects = 5;

    /// <summary>What weighs no more is a shortage that nobody suffers from, no suspect.</summary>
    /// <remarks>Unit: weight. Set by hand, not measured by itself.</remarks>
    public const double LeastScore = 0.02;

    /// <summary>Where no request is worse, log records say that something may be wrong once they surprise so much.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double LeastSurpriseOfLogs = 5;

    /// <summary>More are a list.</summary>
    /// <remarks>Unit: claims. Set by hand, not measured by itself.</remarks>
    public const int MostMoved = 3;

    /// <summary>As many as people open.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 10;
}

/// <summary>Looks that make the code warm after a start.</summary>
internal static class FirstLookThresholds
{
    /// <summary>So many until code is about as fast as it gets.</summary>
    /// <remarks>Unit: looks. Set by hand, not measured by itself.</remarks>
    public const int Looks = 8;

    /// <summary>Fewer would make little of the code warm.</summary>
    /// <remarks>Unit: traces in the newest minutes. Set by hand, not measured by itself.</remarks>
    public const int EnoughTraces = 300;

    /// <summary>A store that is filling has enough within some of them.</summary>
    /// <remarks>Unit: time between two tries. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
}

/// <summary>Alerts of other systems.</summary>
internal static class AlertThresholds
{
    /// <summary>Alert rules wait before they fire, so the trouble is older than the alert.</summary>
    /// <remarks>Unit: time before the alert. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(5);

    /// <summary>An alert that has been firing for days is looked into where it started.</summary>
    /// <remarks>Unit: length of the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A longer name of a service fits no title.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LongestName = 80;

    /// <summary>A summary that names so many alerts already names no more.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LongestSummary = 2000;

    /// <summary>Numbers that are times tell their unit by their size: seconds, milliseconds, microseconds, nanoseconds.</summary>
    /// <remarks>Unit: parts of a second. Set by what senders write.</remarks>
    public static readonly double[] UnitsOfASecond = [1, 1e3, 1e6, 1e9];

    /// <summary>A number of seconds beyond it, in the year 2200, is one of a smaller unit.</summary>
    /// <remarks>Unit: seconds since 1970. Set by the last year.</remarks>
    public const double LastSecond = 7.26e9;

    /// <summary>Prometheus writes year 1 for "not yet".</summary>
    /// <remarks>Unit: year. Set by what Prometheus writes.</remarks>
    public const int FirstYear = 1970;

    /// <summary>What lies centuries ahead is no time either.</summary>
    /// <remarks>Unit: year. Set by hand, not measured by itself.</remarks>
    public const int LastYear = 2200;
}

/// <summary>Telling of investigations outside.</summary>
internal static class NoticeThresholds
{
    /// <summary>A place that could not be reached is tried again.</summary>
    /// <remarks>Unit: time between two tries. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>What opened longer ago is no news: a place that is set up later starts with the present.</summary>
    /// <remarks>Unit: age of an investigation. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan News = TimeSpan.FromMinutes(15);
}
