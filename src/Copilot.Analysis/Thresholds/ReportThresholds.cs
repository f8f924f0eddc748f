namespace Copilot.Analysis.Thresholds;

/// <summary>The attribute values that set bad requests apart.</summary>
internal static class BreakdownThresholds
{
    /// <summary>One false finding in twenty break-downs.</summary>
    /// <remarks>Unit: probability, after the correction. Set by hand;
    /// <c>BreakdownRankerTests.Chance_among_thousands_of_values_is_no_finding</c> shows the case.</remarks>
    public const double FalseFindings = 0.05;

    /// <summary>Fewer say nothing.</summary>
    /// <remarks>Unit: bad requests with the value. Set by hand; <c>BreakdownRankerTests.Too_few_bad_requests_say_nothing</c> shows the
    /// case.</remarks>
    public const int FewestBad = 3;

    /// <summary>A good count of zero counts as a half, so that the lift is a number.</summary>
    /// <remarks>Unit: good requests. Set by the definition of lift (docs/http-api.md).</remarks>
    public const double None = 0.5;
}
