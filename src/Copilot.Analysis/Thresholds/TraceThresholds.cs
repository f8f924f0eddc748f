using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Thresholds;

/// <summary>How spans become requests and calls.</summary>
internal static class RequestThresholds
{
    /// <summary>A caller's span name may serve several receivers; below this nothing is inferred.</summary>
    /// <remarks>Unit: share of a caller's calls. Set by hand, not measured by itself.</remarks>
    public const double ClearCallee = 0.8;

    /// <summary>Each of so many calls is compared with each; of more all are put in order at once.</summary>
    /// <remarks>Unit: calls of one request. Set by hand: it changes no finding, only how long it takes.</remarks>
    public const int FewCalls = 32;

    /// <summary>Many servers tidy up for some milliseconds after their answer; what goes on for longer works for nobody.</summary>
    /// <remarks>Unit: ms. Set by hand, not measured by itself.</remarks>
    public const double TidyingMs = 10;

    /// <summary>The same for long calls.</summary>
    /// <remarks>Unit: times the call. Set by hand, not measured by itself.</remarks>
    public const double TidyingTimes = 1.25;

    /// <summary>The next try is made by the same process, so by the same clock; only its rounding counts.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long RoundingNs = UnixNanos.PerSecond / 1_000_000;
}

/// <summary>What exact tests are told beside the counts.</summary>
internal static class StatisticsThresholds
{
    /// <summary>So many is the knowledge of other places worth: places differ.</summary>
    /// <remarks>Unit: values. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> hold the
    /// whole to its floors.</remarks>
    public const double KnowledgeElsewhere = 10;

    /// <summary>What always happened may still be left out once.</summary>
    /// <remarks>Unit: share. Set by hand, not measured by itself.</remarks>
    public const double MostUsual = 0.99;
}
