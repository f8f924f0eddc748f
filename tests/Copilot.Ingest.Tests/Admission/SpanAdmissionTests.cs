using System.Globalization;
using System.Text;
using Copilot.Ingest.Admission;
using Copilot.Telemetry;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Ingest.Tests.Admission;

public sealed class SpanAdmissionTests
{
    private const long Calm = 0;
    private const long Pressure = 100_000;

    private readonly FakeTimeProvider _time = new();
    private readonly SpanAdmission _admission;

    public SpanAdmissionTests()
    {
        _admission = new SpanAdmission(new IngestOptions { ShedFrom = 10_000, PushBackFrom = 100_000 }, _time);
        // The operation becomes a common one: a millisecond each.
        using var usual = Decode([.. Enumerable.Range(1, 500).Select(number => Samples.Span(trace: Trace(number)))]);
        _admission.Apply(usual, Calm);
    }

    [Fact]
    public void In_calm_nothing_is_shed()
    {
        using var batch = Decode([.. Enumerable.Range(1000, 200).Select(number => Samples.Span(trace: Trace(number)))]);
        Assert.Equal(0, _admission.Apply(batch, Calm));
    }

    [Fact]
    public void Under_pressure_fast_successful_common_traces_are_shed_all_but_a_few()
    {
        using var batch = Decode([.. Enumerable.Range(1000, 1000).Select(number => Samples.Span(trace: Trace(number)))]);
        Assert.InRange(_admission.Apply(batch, Pressure), 940, 995);
    }

    [Fact]
    public void A_kept_boring_trace_stands_for_those_that_were_shed_and_an_interesting_one_for_itself()
    {
        using var batch = Decode([
            .. Enumerable.Range(1000, 20_000).Select(number => Samples.Span(trace: Trace(number))),
            .. Enumerable.Range(50_000, 100).Select(number => Samples.Span("failed", Trace(number), status: 2)),
        ]);
        _admission.Apply(batch, 40_000);
        var (all, failed) = (0.0, 0.0);
        foreach (ref readonly var row in batch.Rows)
        {
            if (row.Shed)
                continue;
            all += row.Weight;
            failed += row.Status == SpanStatus.Error ? row.Weight : 0;
        }

        Assert.Equal(100, failed);
        Assert.InRange(all, 19_000, 21_200);
    }

    [Fact]
    public void The_share_shrinks_with_the_pressure()
    {
        Assert.Equal(
            [1, 0.5, 0.02, 0.02],
            new[] { 10_000, 32_500, 55_000, 100_000 }.Select(pending => Math.Round(_admission.Keep(pending), 2))
        );
    }

    [Fact]
    public void Failed_slow_and_rare_traces_are_kept()
    {
        using var batch = Decode([
            .. Enumerable.Range(1000, 100).Select(number => Samples.Span("failed", Trace(number), status: 2)),
            .. Enumerable.Range(2000, 3).Select(number => Samples.Span(trace: Trace(number), durationNs: 900_000_000)),
            .. Enumerable.Range(3000, 20).Select(number => Samples.Span("GET /rare", Trace(number))),
        ]);
        Assert.Equal(0, _admission.Apply(batch, Pressure));
    }

    [Fact]
    public void All_spans_of_a_trace_share_its_fate_in_one_request_and_across_them()
    {
        using var first = Decode([
            .. Enumerable
                .Range(1000, 300)
                .SelectMany(number =>
                    new[] { Samples.Span(trace: Trace(number)), Samples.Span(trace: Trace(number), span: "00000000000000aa") }
                ),
        ]);
        _admission.Apply(first, Pressure);
        var fate = Fates(first);
        Assert.All(fate.GroupBy(span => span.Trace), trace => Assert.Single(trace.Select(span => span.Shed).Distinct()));

        // The pressure is gone, and what was shed stays shed.
        using var second = Decode([
            .. Enumerable.Range(1000, 300).Select(number => Samples.Span(trace: Trace(number), span: "00000000000000bb")),
        ]);
        _admission.Apply(second, Calm);
        Assert.Equal(fate.Select(span => (span.Trace, span.Shed)).Distinct(), Fates(second).Select(span => (span.Trace, span.Shed)));
    }

    [Fact]
    public void A_shed_trace_that_fails_later_is_kept_from_then_on_and_says_that_it_is_partial()
    {
        var shed = Enumerable
            .Range(1000, 50)
            .First(number =>
            {
                using var one = Decode([Samples.Span(trace: Trace(number))]);
                return _admission.Apply(one, Pressure) == 1;
            });
        using var failing = Decode([Samples.Span(trace: Trace(shed), span: "00000000000000cc", status: 2)]);
        Assert.Equal(0, _admission.Apply(failing, Pressure));
        Assert.Equal("""{"copilot.partial":true}""", Attributes(failing));

        using var later = Decode([Samples.Span(trace: Trace(shed), span: "00000000000000dd")]);
        Assert.Equal(0, _admission.Apply(later, Pressure));
    }

    [Fact]
    public void The_mark_joins_attributes_that_are_there()
    {
        using var arena = new Utf8Buffer(16);
        var row = new SpanRow { Attributes = arena.Append("""{"a":1,"text":"long enough to make the arena grow"}"""u8) };
        PartialMark.Add(ref row, arena);
        Assert.Equal(
            """{"copilot.partial":true,"a":1,"text":"long enough to make the arena grow"}""",
            Encoding.UTF8.GetString(arena[row.Attributes])
        );
    }

    [Fact]
    public void Imported_telemetry_is_never_shed()
    {
        using var batch = Decode([.. Enumerable.Range(1000, 200).Select(number => Samples.Span(trace: Trace(number)))]);
        batch.Imported = true;
        Assert.Equal(0, _admission.Apply(batch, Pressure));
    }

    [Fact]
    public void Decisions_are_forgotten_after_a_while()
    {
        using var batch = Decode([.. Enumerable.Range(1000, 200).Select(number => Samples.Span(trace: Trace(number)))]);
        Assert.NotEqual(0, _admission.Apply(batch, Pressure));
        for (var minute = 0; minute < 3; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            using var other = Decode([Samples.Span(trace: Trace(9000 + minute))]);
            _admission.Apply(other, Calm);
        }

        using var again = Decode([
            .. Enumerable.Range(1000, 200).Select(number => Samples.Span(trace: Trace(number), span: "00000000000000ee")),
        ]);
        Assert.Equal(0, _admission.Apply(again, Calm));
    }

    private static SpanBatch Decode(string[] spans) =>
        OtlpDecoder.DecodeTraces(Encoding.UTF8.GetBytes(Samples.Traces(spans)), OtlpEncoding.Json, DecodeLimits.Default);

    private static string Trace(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    private static string Attributes(SpanBatch batch) => Encoding.UTF8.GetString(batch.Arena[batch.Rows[0].Attributes]);

    private static List<(string Trace, bool Shed)> Fates(SpanBatch batch)
    {
        var fates = new List<(string, bool)>();
        foreach (ref readonly var row in batch.Rows)
            fates.Add((row.TraceId.ToString(), row.Shed));
        return fates;
    }
}
