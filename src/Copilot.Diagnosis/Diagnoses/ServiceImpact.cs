using Copilot.Analysis.Thresholds;

namespace Copilot.Diagnosis.Diagnoses;

/// <summary>One affected service, now against then. Rates are 0 to 1, durations milliseconds.</summary>
public sealed record ServiceImpact
{
    public required string Service { get; init; }

    /// <summary>0 to 1, how much worse.</summary>
    public double Score { get; init; }

    public long Requests { get; init; }

    public long Failed { get; init; }

    public double ErrorRate { get; init; }

    public double ErrorRateBefore { get; init; }

    public double P95Ms { get; init; }

    public double P95MsBefore { get; init; }

    public bool Failing { get; init; }

    public bool Slow { get; init; }

    /// <summary>People meet it: it serves requests that come in from outside.</summary>
    public bool FacesUsers { get; init; }
}

/// <summary>The lines above which a service counts as affected, seen how it was before.</summary>
public static class AffectedFrom
{
    /// <summary>0 to 1: the percentile of its durations that is compared.</summary>
    public const double Percentile = ClearlyWorse.Percentile;

    /// <summary>0 to 1.</summary>
    public static double ErrorRate(ServiceImpact service) =>
        Math.Max(service.ErrorRateBefore * ClearlyWorse.ErrorRateTimes, service.ErrorRateBefore + ClearlyWorse.ErrorRateMore);

    /// <summary>In milliseconds.</summary>
    public static double P95Ms(ServiceImpact service) =>
        Math.Max(service.P95MsBefore * ClearlyWorse.P95Times, service.P95MsBefore + ClearlyWorse.P95MoreMs);
}

/// <summary>"It is this service" as a TraceQL condition.</summary>
public static class ServiceCondition
{
    public static string Of(string service) => $"resource.service.name = {Text(service)}";

    /// <summary>A text as TraceQL quotes it.</summary>
    public static string Text(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
