using Copilot.Models.Phrases;

namespace Copilot.Models.Facts;

/// <summary>A number that a tool's result holds, or that a person or a call brought in.</summary>
/// <param name="Measure">What it measures, as its result names it: "errorRate", "failed_count".</param>
/// <param name="Entry">The row, item or object that it stands in: whose it is.</param>
/// <param name="At">The instant that it is of, in a course over time.</param>
internal sealed record Fact(double Value, FactUnit Unit, string Measure, FactSide Side, FactEntry Entry, DateTimeOffset? At = null)
{
    /// <summary>The same measure under one name, however its result spells it.</summary>
    public string Family { get; } = MeasureNames.FamilyOf(Measure);

    /// <summary>Two facts of one entry may say the same number: "19 of the 19".</summary>
    public bool Equals(Fact? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>It counts what failed.</summary>
    public bool IsOfFailures => Family is MeasureNames.ErrorRate or MeasureNames.Failed;

    /// <summary>It says how much there is of something, not what was measured of it.</summary>
    public bool IsCountOfList => Measure == MeasureNames.ListCount;
}

/// <summary>An instant that a result holds.</summary>
/// <param name="Role">The member that holds it: "from", "firstSeen", "time".</param>
internal sealed record FactTime(DateTimeOffset At, string Role, FactEntry Entry)
{
    public bool IsStart => Role is "from" or "firstSeen" or "start" or "first";

    public bool IsEnd => Role is "to" or "lastSeen" or "last";

    public bool IsPeak => Role is "peakAt" or "highest";

    /// <summary>An end of the window of a result or of a call.</summary>
    public bool IsOfWindow => Role == "window";

    /// <summary>One of the points of a course: it says nothing alone.</summary>
    public bool IsPoint => Role == PointRole;

    public const string PointRole = "point";
}

/// <summary>Names for what is measured, one for all spellings.</summary>
internal static class MeasureNames
{
    public const string ErrorRate = "error_rate";
    public const string Failed = "failed";
    public const string Requests = "requests";
    public const string Share = "share";
    public const string Mean = "mean";
    public const string Longest = "max";
    public const string Shortest = "min";
    public const string ListCount = "(how many)";

    /// <summary>Of a condition, a call or a question: said again, not measured.</summary>
    public const string Asked = "(asked)";

    /// <summary>The family of a member's or a column's name; what is in none is its own.</summary>
    public static string FamilyOf(string measure) =>
        measure switch
        {
            "errorRate" or "error_rate" or "failure_rate" => ErrorRate,
            "failed" or "failed_count" or "errorSpans" => Failed,
            "requests" or "request_count" => Requests,
            "mean" or "mean_latency" or "meanMs" or "avg" => Mean,
            "max" or "maximum" or "peak_latency" => Longest,
            "min" or "minimum" => Shortest,
            // One of a course's: of what, the course says.
            "highest" or "lowest" or "first" or "last" => string.Empty,
            "median" or "p50Ms" => "p50",
            "p95Ms" => "p95",
            _ when measure.StartsWith("share of", StringComparison.Ordinal) => Share,
            _ => measure,
        };

    /// <summary>The share of something: of requests, of those that failed, or of what is not said.</summary>
    public static string ShareOf(string? counted) =>
        counted switch
        {
            Failed => "share of failed_count",
            Requests => "share of request_count",
            _ => Share,
        };

    /// <summary>It is one of those that say how long something took.</summary>
    public static bool IsOfDurations(string family) =>
        family is Mean or Longest or Shortest || (family.Length > 1 && family[0] == 'p' && char.IsAsciiDigit(family[1]));
}
