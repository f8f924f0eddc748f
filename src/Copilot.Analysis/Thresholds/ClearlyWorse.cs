namespace Copilot.Analysis.Thresholds;

/// <summary>The contract's term "clearly worse", for everything that compares a service, a call or a minute with before; and what is
/// only more traffic.</summary>
public static class ClearlyWorse
{
    /// <summary>With fewer nothing is said of a service.</summary>
    /// <remarks>Unit: requests, now and before each. Set by docs/terms.md ("clearly worse").</remarks>
    public const int Fewest = 8;

    /// <summary>One or two failures are nobody's trouble.</summary>
    /// <remarks>Unit: requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const int FewestFailed = 3;

    /// <summary>What fails anyway varies.</summary>
    /// <remarks>Unit: times the error rate before. Set by docs/terms.md ("clearly worse").</remarks>
    public const double ErrorRateTimes = 3;

    /// <summary>Three times hardly anything is still hardly anything.</summary>
    /// <remarks>Unit: share of requests, beyond the rate before. Set by docs/terms.md ("clearly worse").</remarks>
    public const double ErrorRateMore = 0.005;

    /// <summary>What chance does often is not worse.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by docs/terms.md ("clearly worse").</remarks>
    public const double Z = 1.6;

    /// <summary>Where durations are compared: what one request of twenty exceeds.</summary>
    /// <remarks>Unit: share of requests. Set by docs/terms.md ("clearly worse").</remarks>
    public const double Percentile = 0.95;

    /// <summary>Durations vary by less than half.</summary>
    /// <remarks>Unit: times the p95 before. Set by docs/terms.md ("clearly worse").</remarks>
    public const double P95Times = 1.5;

    /// <summary>What nobody would notice is not worse, however many times as long.</summary>
    /// <remarks>Unit: ms beyond the p95 before. Set by docs/terms.md ("clearly worse").</remarks>
    public const int P95MoreMs = 25;

    /// <summary>Traffic that grew by less than half is no surge.</summary>
    /// <remarks>Unit: times the traffic before. Set by hand;
    /// <c>CauseRankerTests.More_traffic_that_makes_everything_a_little_slower_is_a_surge</c>
    /// shows the case.</remarks>
    public const double SurgeRatio = 1.5;
}
