using System.Globalization;
using System.Text;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Telemetry.Tests.Otlp;

/// <summary>What becomes of times that no clock can have meant, and of times that are missing.</summary>
public sealed class TimesAtTheDoorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly DecodeLimits Limits = new() { Times = TimeBounds.At(Now) };

    [Theory]
    [InlineData("2026-11-29T12:59:59Z", true)]
    [InlineData("2026-11-29T13:00:01Z", false)]
    [InlineData("2027-12-31T00:00:00Z", false)]
    [InlineData("2262-02-06T23:45:38Z", false)]
    [InlineData("2000-01-01T00:00:00Z", true)]
    [InlineData("1999-12-31T23:59:59Z", false)]
    [InlineData("1970-01-01T00:00:01Z", false)]
    public void A_span_is_taken_from_2000_to_an_hour_ahead(string start, bool taken)
    {
        using var batch = Spans(
            Span(Nanos(start), Nanos(start) + 1000),
            Span(Nanos("2026-11-29T11:00:00Z"), Nanos("2026-11-29T11:00:01Z"))
        );
        Assert.Equal((taken ? 2 : 1, taken ? 0L : 1), (batch.Count, batch.Rejections.Count));
        Assert.Equal(taken, batch.Rejections.IsEmpty);
    }

    [Theory]
    [InlineData(
        1_764_417_600,
        "a span's start is 1970-01-01T00:00:01.764Z, before the year 2000: it looks like seconds (2025-11-29T12:00:00Z), send nanoseconds"
    )]
    [InlineData(1_764_417_600_000, "it looks like milliseconds (2025-11-29T12:00:00Z), send nanoseconds")]
    [InlineData(1_764_417_600_000_000, "it looks like microseconds (2025-11-29T12:00:00Z), send nanoseconds")]
    [InlineData(5, "a span's start is 1970-01-01T00:00:00Z, before the year 2000: set the sender's clock")]
    [InlineData(
        1_796_000_000_000_000_000,
        "more than an hour ahead of this server's clock (2026-11-29T12:00:00Z): set the sender's clock (UTC)"
    )]
    public void The_sender_is_told_which_bound_and_which_unit(long start, string told)
    {
        using var batch = Spans(Span(start, start + 5), Span(start + 1, start + 5));
        Assert.Equal(2, batch.Rejections.Count);
        Assert.Contains(told, Assert.Single(batch.Rejections.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_beyond_the_bounds_costs_its_span_too()
    {
        using var batch = Spans(Span(Nanos("2026-11-29T11:00:00Z"), Nanos("2262-02-06T00:00:00Z")));
        Assert.Contains("a span's end is 2262-02-06T00:00:00Z", batch.Rejections.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void A_missing_time_of_a_span_is_its_other_one_or_the_receipt_and_the_sender_is_told()
    {
        var noon = Nanos("2026-11-29T12:00:00Z");
        using var batch = Spans(Span(0, noon - 7), Span(noon - 9, 0), Span(0, 0, noon + 40));
        Assert.Equal(
            [(noon - 7, 0L, false), (noon - 9, 0, false), (noon, 0, true)],
            batch.Rows.ToArray().Select(row => (row.StartNs, row.DurationNs, row.TimedByReceipt))
        );
        Assert.Equal((0L, 3), (batch.Rejections.Count, batch.Rejections.Remarks.Count));
        Assert.Contains("time of receipt", batch.Rejections.ToString(), StringComparison.Ordinal);
        Assert.Equal("""[{"t":40,"n":"e"}]""", Encoding.UTF8.GetString(batch.Arena[batch.Rows[2].Events]));
    }

    [Fact]
    public void An_event_of_a_foolish_time_is_shown_at_its_spans_start()
    {
        var noon = Nanos("2026-11-29T12:00:00Z");
        using var batch = Spans(Span(noon, noon + 5, Nanos("2262-01-01T00:00:00Z")));
        Assert.Equal("""[{"t":0,"n":"e"}]""", Encoding.UTF8.GetString(batch.Arena[batch.Rows[0].Events]));
        Assert.Contains("an event's time", Assert.Single(batch.Rejections.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_record_is_timed_by_itself_its_observer_or_its_receipt()
    {
        var (noon, foolish) = (Nanos("2026-11-29T12:00:00Z"), Nanos("2262-01-01T00:00:00Z"));
        using var batch = Logs((noon - 1, foolish), (0, noon - 2), (0, 0), (foolish, noon - 3), (foolish, 0), (0, 17));
        Assert.Equal([noon - 1, noon - 2, noon, noon - 3], batch.Rows.ToArray().Select(row => row.TimeNs));
        Assert.Equal((2L, 2, 2), (batch.Rejections.Count, batch.Rejections.Reasons.Count, batch.Rejections.Remarks.Count));
    }

    [Fact]
    public void A_metric_point_needs_a_time_and_a_foolish_start_counts_as_none()
    {
        var (noon, foolish) = (Nanos("2026-11-29T12:00:00Z"), Nanos("2262-01-01T00:00:00Z"));
        using var batch = Points((noon - 60, noon), (foolish, noon + 1), (0, noon + 2), (0, 0), (0, foolish));
        Assert.Equal([(noon - 60, noon), (0, noon + 1), (0, noon + 2)], batch.Rows.ToArray().Select(row => (row.StartNs, row.TimeNs)));
        Assert.Equal(2, batch.Rejections.Count);
        Assert.Contains("a metric point has no time", batch.Rejections.ToString(), StringComparison.Ordinal);
        Assert.Single(batch.Rejections.Remarks);
    }

    [Fact]
    public void An_item_that_cannot_be_read_costs_no_other()
    {
        var noon = Nanos("2026-11-29T12:00:00Z");
        using var json = Spans(
            Span(noon, noon),
            "5",
            "[1,[2]]",
            Span(noon + 1, noon).Replace("\"name\":\"op\"", "\"name\":{}", StringComparison.Ordinal),
            Span(noon + 3, noon)
                .Replace(
                    $"\"startTimeUnixNano\":\"{noon + 3}",
                    "\"startTimeUnixNano\":\"1700344572441000936000000",
                    StringComparison.Ordinal
                ),
            Span(noon + 2, noon)
        );
        Assert.Equal((2, 4L), (json.Count, json.Rejections.Count));

        var good = Protobuf.Span(1);
        var bad = new Protobuf().Bytes(1, Protobuf.Id(16, 2)).Fixed64(7, Protobuf.Noon).Bytes(15, 0xFF);
        using var protobuf = OtlpDecoder.DecodeTraces(Protobuf.Traces(good, bad, Protobuf.Span(3)), OtlpEncoding.Protobuf, Limits);
        Assert.Equal((2, 1L), (protobuf.Count, protobuf.Rejections.Count));
        Assert.Contains("ends in the middle of a number, at byte", protobuf.Rejections.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_of_nothing_but_broken_items_is_not_looked_through_to_its_end() =>
        Assert.Contains(
            "More than 1000",
            Assert.Throws<OtlpFormatException>(() => Spans([.. Enumerable.Repeat("5", 1_000_000)])).Message,
            StringComparison.Ordinal
        );

    private static long Nanos(string time) => UnixNanos.From(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

    private static string Span(long start, long end, long? at = null) =>
        $$$"""{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"{{{start & 0xFFFFFFF | 1:x16}}}","name":"op","startTimeUnixNano":"{{{start}}}","endTimeUnixNano":"{{{end}}}","events":[{{{(at is null ? "" : $$"""{"name":"e","timeUnixNano":"{{at}}"}""")}}}]}""";

    private static SpanBatch Spans(params string[] spans) =>
        OtlpDecoder.DecodeTraces(
            Encoding.UTF8.GetBytes($$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}]}]}]}"""),
            OtlpEncoding.Json,
            Limits
        );

    private static LogBatch Logs(params (long Time, long Observed)[] records) =>
        OtlpDecoder.DecodeLogs(
            Encoding.UTF8.GetBytes(
                $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{{{string.Join(',', records.Select(r => $$"""{"timeUnixNano":"{{r.Time}}","observedTimeUnixNano":"{{r.Observed}}"}"""))}}}]}]}]}"""
            ),
            OtlpEncoding.Json,
            Limits
        );

    private static MetricBatch Points(params (long Start, long Time)[] points) =>
        OtlpDecoder.DecodeMetrics(
            Encoding.UTF8.GetBytes(
                $$$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{{{string.Join(',', points.Select(p => $$"""{"startTimeUnixNano":"{{p.Start}}","timeUnixNano":"{{p.Time}}","asInt":1}"""))}}}]}}]}]}]}"""
            ),
            OtlpEncoding.Json,
            Limits
        );
}
