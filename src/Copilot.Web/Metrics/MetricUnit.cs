using Copilot.Store.Reads.Metrics;

namespace Copilot.Web.Metrics;

/// <summary>How numbers of a metric are told: by which unit, and by what they are multiplied for it.</summary>
/// <param name="Name">As <see cref="Copilot.Telemetry.Text.Quantity.Text"/> has units.</param>
public sealed record MetricUnit(string Name, double Factor)
{
    private const double Kibi = 1024;

    /// <summary>Units as OpenTelemetry writes them (UCUM); what it does not know stays as the sender wrote it.</summary>
    /// <param name="unit">As the sender wrote it.</param>
    /// <param name="kind">A gauge without a dimension is a share.</param>
    /// <param name="perSecond">The numbers are growths a second.</param>
    /// <param name="highest">The largest number of the chart: all of it is told in the unit that suits this one.</param>
    public static MetricUnit Of(string unit, MetricKinds kind, bool perSecond, double highest)
    {
        // Seconds of work a second are a share of it.
        if (perSecond && unit is "s")
            return new MetricUnit("1", 1);
        var (name, factor) = unit switch
        {
            "s" => ("ms", 1000),
            "ms" => ("ms", 1),
            "us" or "µs" => ("ms", 1e-3),
            "ns" => ("ms", 1e-6),
            "By" => Bytes(Math.Abs(highest)),
            "1" or "" => (kind == MetricKinds.Gauge && unit == "1" && Math.Abs(highest) <= 1 ? "1" : string.Empty, 1),
            "%" => ("%", 1),
            // {request} is a note on a number that has no unit.
            ['{', .., '}'] => (unit[1..^1], 1),
            _ => (unit, 1.0),
        };
        return new MetricUnit(perSecond ? $"{(name == "1" ? string.Empty : name)}/s" : name, factor);
    }

    /// <summary>A kind of metric in words.</summary>
    public static string Word(MetricKinds kind) =>
        kind switch
        {
            MetricKinds.Counter => "a counter",
            MetricKinds.UpDownCounter => "a sum that goes up and down",
            MetricKinds.Histogram => "a histogram",
            MetricKinds.Summary => "a summary",
            _ => "a gauge",
        };

    private static (string Name, double Factor) Bytes(double highest) =>
        highest switch
        {
            < Kibi => ("B", 1),
            < Kibi * Kibi => ("KiB", 1 / Kibi),
            < Kibi * Kibi * Kibi => ("MiB", 1 / (Kibi * Kibi)),
            _ => ("GiB", 1 / (Kibi * Kibi * Kibi)),
        };
}
