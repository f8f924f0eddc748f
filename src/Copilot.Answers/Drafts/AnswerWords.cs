using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Drafts;

/// <summary>How times and names are written in an answer.</summary>
internal static class AnswerWords
{
    /// <summary>A name from telemetry: a code span, in which nothing is a link, a mention or mark-up.</summary>
    public static string Name(string text) => Hostile.Code(text, 120);

    public static string Names(IEnumerable<string> texts, int most = AnswerLengthThresholds.Names)
    {
        var all = texts.ToList();
        var shown = all.Take(most).Select(Name).ToList();
        if (all.Count > most)
            return $"{string.Join(", ", shown)} and {Quantity.Count(all.Count - most)} more";
        return shown.Count < 2 ? string.Concat(shown) : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }

    /// <summary>"07:56–07:59 UTC", with the date where it is not the day of <paramref name="asOf"/>, in the zone of that.</summary>
    public static string Window(TimeWindow window, DateTimeOffset asOf) =>
        $"{Clock(window.From, asOf)}–{Clock(window.To, window.From.ToOffset(asOf.Offset))} {Zone(asOf)}";

    /// <summary>"07:56:28 UTC", in the zone of <paramref name="asOf"/>.</summary>
    public static string At(DateTimeOffset time, DateTimeOffset asOf) => $"{Clock(time, asOf)} {Zone(asOf)}";

    private static string Clock(DateTimeOffset time, DateTimeOffset asOf)
    {
        var local = time.ToOffset(asOf.Offset);
        var clock = local.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss";
        return local.ToString(local.Date == asOf.Date ? clock : "yyyy-MM-dd " + clock, CultureInfo.InvariantCulture);
    }

    // Short names of zones mean several zones each; the distance from UTC means one.
    private static string Zone(DateTimeOffset asOf)
    {
        if (asOf.Offset == TimeSpan.Zero)
            return "UTC";
        var sign = asOf.Offset < TimeSpan.Zero ? "-" : "+";
        return "UTC" + sign + asOf.Offset.ToString(asOf.Offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>A window as a question can name it.</summary>
    public static string Asked(TimeWindow window, DateTimeOffset asOf) =>
        window.From.ToOffset(asOf.Offset).Date == asOf.Date && window.To.ToOffset(asOf.Offset).Date == asOf.Date && window.To <= asOf
            ? $"between {Clock(window.From, asOf)} and {Clock(window.To, asOf)}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"between {window.From.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} and {window.To.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"
            );

    public static string Measure(ScalarResult result) =>
        result.Name switch
        {
            "error_rate" => "error rate",
            "share" => "share",
            "request_count" => "number of requests",
            "failed_count" => "number of failed requests",
            "mean_latency" => "mean latency",
            "trace_count" => "number of traces",
            "span_count" => "number of spans",
            "log_count" => "number of log records",
            "max" => "longest request",
            "min" => "shortest request",
            var name => name,
        };
}
