using Copilot.Telemetry.Records;

namespace Copilot.Instrument;

/// <summary>When two sides of calls count as the two sides of the same calls.</summary>
internal static class PropagationThresholds
{
    /// <summary>Of fewer calls nothing is said.</summary>
    /// <remarks>Unit: calls. Set by hand; <c>PropagationDoctorTests.A_handful_of_calls_accuses_nobody</c> shows the case.</remarks>
    public const int FewestCalls = 8;

    /// <summary>Where only time and route speak for a pair, more are asked for.</summary>
    /// <remarks>Unit: calls. Set by hand, not measured by itself.</remarks>
    public const int FewestUnnamedCalls = 20;

    /// <summary>So many of the calls must have their request, where the address names who was called.</summary>
    /// <remarks>Unit: share of the calls. Set by hand; <c>MadeUpFleetTests</c> counts what it finds and claims wrongly.</remarks>
    public const double ShareNamed = 0.5;

    /// <summary>The same where no address says it, and where clocks are set against each other first.</summary>
    /// <remarks>Unit: share of the calls. Set by hand; <c>MadeUpFleetTests</c> counts what it finds and claims wrongly.</remarks>
    public const double ShareUnnamed = 0.8;

    /// <summary>More than what the same requests match when they are moved in time.</summary>
    /// <remarks>Unit: share of the calls. Set by hand; <c>PropagationDoctorTests.Matches_by_chance_are_no_evidence</c> shows the
    /// case.</remarks>
    public const double AboveChance = 0.25;

    /// <summary>The same where no address says it.</summary>
    /// <remarks>Unit: share of the calls. Set by hand, not measured by itself.</remarks>
    public const double AboveChanceUnnamed = 0.5;

    /// <summary>Where no address says it, long requests must lie in long calls too: bursts match in time by themselves.</summary>
    /// <remarks>Unit: correlation of the logarithms of the lengths. Set by hand;
    /// <c>PropagationDoctorTests.Bursts_at_the_same_moment_are_no_evidence</c> shows the case.</remarks>
    public const double LengthsAgree = 0.7;

    /// <summary>Where time cannot tell, the numbers of both sides must agree so well.</summary>
    /// <remarks>Unit: share of the calls. Set by hand, not measured by itself.</remarks>
    public const double CountsAgree = 0.1;

    /// <summary>A pair of which so many calls hang together passes its context on; the others need proof.</summary>
    /// <remarks>Unit: share of the calls. Set by hand; <c>PropagationDoctorTests.A_callee_that_samples_by_itself_loses_no_context</c>
    /// shows the case.</remarks>
    public const double Kept = 0.1;

    /// <summary>JavaScript's clocks tick in milliseconds, and two processes on one host may differ by one.</summary>
    /// <remarks>Unit: ns. Set by the resolution of the JavaScript SDK's start times.</remarks>
    public const long ToleranceNs = 2 * UnixNanos.PerMillisecond;

    /// <summary>Clocks that differ by more are not set against each other.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long MostSkewNs = 90 * UnixNanos.PerSecond;

    /// <summary>How finely the difference of clocks is looked for.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long SkewStepNs = 10 * UnixNanos.PerMillisecond;

    /// <summary>A message may lie in its queue for so long.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long LongestQueueNs = 10 * UnixNanos.PerMinute;

    /// <summary>How far numbers of messages sent and taken may differ where no broker's address says that it is one queue.</summary>
    /// <remarks>Unit: share of the messages sent. Set by hand, not measured by itself.</remarks>
    public const double MessagesAgree = 0.25;

    /// <summary>Work that a request started may begin so much after its answer.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long AfterAnswerNs = 50 * UnixNanos.PerMillisecond;

    /// <summary>So many calls must start during a request before the context is said to be lost within the service.</summary>
    /// <remarks>Unit: share of the calls. Set by hand; <c>MadeUpFleetTests</c> counts what it finds and claims wrongly.</remarks>
    public const double ShareWithin = 0.8;

    /// <summary>More than what the same calls match when they are moved in time.</summary>
    /// <remarks>Unit: share of the calls. Set by hand, not measured by itself.</remarks>
    public const double AboveChanceWithin = 0.4;

    /// <summary>More of one kind of call are not matched: the first ones tell.</summary>
    /// <remarks>Unit: calls. Set by hand, for time.</remarks>
    public const int MostMatched = 2_000;

    /// <summary>Of a service, so many of its trace ids must be short before they are called so.</summary>
    /// <remarks>Unit: share of its traces. Set by hand, not measured by itself.</remarks>
    public const double ShortIds = 0.95;

    /// <summary>More are not shown as examples.</summary>
    /// <remarks>Unit: pairs of traces. Set by hand, for looks.</remarks>
    public const int Examples = 3;
}

/// <summary>What is read for a judgement, and how it is read.</summary>
internal static class LedgerThresholds
{
    /// <summary>A service is silent when it sent nothing for so long, at the least.</summary>
    /// <remarks>Unit: time. Set by hand; <c>LedgerTests.A_nightly_job_is_not_silent_by_day</c> shows the other bound.</remarks>
    public static readonly TimeSpan ShortestSilence = TimeSpan.FromMinutes(15);

    /// <summary>And for so many times its longest pause.</summary>
    /// <remarks>Unit: times. Set by hand, not measured by itself.</remarks>
    public const int TimesItsPause = 2;

    /// <summary>A deploy this close to the silence goes with it.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan DeployNear = TimeSpan.FromMinutes(10);

    /// <summary>Spans examined for both sides of calls; the time is cut into slices so that about so many lie in them.</summary>
    /// <remarks>Unit: spans. Set by about a second of reading on two cores.</remarks>
    public const long MostSpans = 300_000;

    /// <summary>A slice that is shorter than this cuts too many calls in two.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long ShortestSliceNs = 6 * UnixNanos.PerSecond;

    /// <summary>Spans of the last seconds may still be on their way.</summary>
    /// <remarks>Unit: ns. Set by the batches of SDKs, which leave every five seconds.</remarks>
    public const long OnTheirWayNs = 15 * UnixNanos.PerSecond;

    /// <summary>The window where none is named.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan UsualWindow = TimeSpan.FromHours(6);

    /// <summary>Windows up to this are cut into minutes, as finely as the rollups are.</summary>
    /// <remarks>Unit: time. Set by hand, for the course's looks.</remarks>
    public static readonly TimeSpan InMinutes = TimeSpan.FromHours(1);

    /// <summary>Windows up to this are read from the minutes of the rollups, longer ones from their hours.</summary>
    /// <remarks>Unit: time. Set by the rows of a day's minutes, of which there are millions.</remarks>
    public static readonly TimeSpan InSteps = TimeSpan.FromHours(12);

    /// <summary>Windows up to this are cut into hours, longer ones into days.</summary>
    /// <remarks>Unit: time. Set by hand, for the course's looks.</remarks>
    public static readonly TimeSpan InHours = TimeSpan.FromDays(3);

    /// <summary>How far back a service's pauses are known.</summary>
    /// <remarks>Unit: time. Set by what runs once a week.</remarks>
    public static readonly TimeSpan Past = TimeSpan.FromDays(15);

    /// <summary>Where context is lost is looked for in the latest part of the window: what was repaired is no gap.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Propagation = TimeSpan.FromHours(1);

    /// <summary>More are not read to find the deploy at which a service fell silent.</summary>
    /// <remarks>Unit: changes. Set by hand, not measured by itself.</remarks>
    public const int MostChanges = 5_000;

    /// <summary>Steps of the record that are told.</summary>
    /// <remarks>Unit: steps. Set by hand, for looks.</remarks>
    public const int Steps = 100;
}

/// <summary>What of a wave is worth stopping it for.</summary>
internal static class WaveThresholds
{
    /// <summary>Of fewer requests nothing is said.</summary>
    /// <remarks>Unit: requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestRequests = 8;

    /// <summary>Times the error rate before, and points above it.</summary>
    /// <remarks>Unit: times. Set by docs/terms.md ("clearly worse").</remarks>
    public const double TimesErrors = 3;

    /// <summary>As said.</summary>
    /// <remarks>Unit: share of the requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const double PointsOfErrors = 0.005;

    /// <summary>Failed requests.</summary>
    /// <remarks>Unit: requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestFailed = 3;

    /// <summary>The percentile of the durations that is compared.</summary>
    /// <remarks>Unit: share of the requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const double Percentile = 0.95;

    /// <summary>Times the p95 before.</summary>
    /// <remarks>Unit: times. Set by docs/terms.md ("clearly worse").</remarks>
    public const double TimesP95 = 1.5;

    /// <summary>And above it.</summary>
    /// <remarks>Unit: ms. Set by docs/terms.md ("clearly worse").</remarks>
    public const double MoreP95Ms = 25;
}
