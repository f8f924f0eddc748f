using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Numbers of records and metrics in words.</summary>
internal static class RecordWords
{
    private static readonly string[] Ratios = ["share", "error_rate", "success_rate", "change"];

    public static string Value(double value, TableColumn measure) =>
        measure.Unit switch
        {
            "1" when Ratios.Contains(measure.Name) => Quantity.Percent(value),
            "s" => Quantity.Duration(value * 1e3),
            "us" => Quantity.Duration(value / 1e3),
            "ns" => Quantity.Duration(value / 1e6),
            "ms" => Quantity.Duration(value),
            "By" when Math.Abs(value) >= 1024 => Bytes(value),
            "1" or "" or null => Quantity.Text(value, string.Empty),
            "count" => Quantity.Count(value),
            var unit => $"{Quantity.Text(value, string.Empty)} {Hostile.Markdown(unit, 20)}",
        };

    public static string Values(IReadOnlyList<double?> values, IReadOnlyList<TableColumn> measures) =>
        values.Count == 1
            ? One(values[0], measures[0])
            : string.Join(", ", values.Zip(measures, (value, measure) => $"{Name(measure)} {One(value, measure)}"));

    public static string Name(TableColumn measure) =>
        measure.Name switch
        {
            "log_count" => "number of log records",
            "count" => "count",
            "failed_count" => "number of error logs",
            "success_count" => "number of logs below error",
            "error_rate" => "share of error logs",
            "success_rate" => "share of logs below error",
            "throughput" => "rate",
            "peak_throughput" => "highest rate",
            "distinct_count" => "number of different values",
            "stddev" => "standard deviation",
            "max" => "highest value",
            "min" => "lowest value",
            "last" => "newest value",
            var name => name,
        };

    private static string One(double? value, TableColumn measure) => value is { } number ? Value(number, measure) : "none";

    private static string Bytes(double value) =>
        Math.Abs(value) switch
        {
            >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{value / (1L << 30):0.##} GiB"),
            >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{value / (1L << 20):0.##} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1024:0.##} KiB"),
        };
}
