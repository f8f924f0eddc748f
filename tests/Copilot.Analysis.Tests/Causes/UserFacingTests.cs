using Copilot.Analysis.Causes;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Analysis.Tests.Causes;

public sealed class UserFacingTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly NameTable _names = new();
    private ulong _ids;

    [Theory]
    [InlineData(SpanKind.Consumer)]
    [InlineData(SpanKind.Internal)]
    public void A_worker_that_starts_its_own_traces_faces_nobody(SpanKind kind) =>
        Assert.Equal(["web"], Facing(("web", SpanKind.Server, null), ("worker", kind, null), ("mailer", SpanKind.Server, "worker")));

    [Fact]
    public void Who_only_sends_stands_for_people_and_so_does_what_it_meets_first() =>
        Assert.Equal(
            ["browser", "web"],
            Facing(("browser", SpanKind.Client, null), ("web", SpanKind.Server, "browser"), ("shop", SpanKind.Server, "web"))
        );

    [Fact]
    public void What_tells_no_kind_counts() =>
        Assert.Equal(["old"], Facing(("old", SpanKind.Unspecified, null), ("deep", SpanKind.Unspecified, "old")));

    private IEnumerable<string> Facing(params (string Service, SpanKind Kind, string? Under)[] spans)
    {
        var report = CauseRanker.Rank(
            new AnalysisInput
            {
                Names = _names,
                Bad = Sample(0, spans),
                Baselines = [Sample(-120, spans)],
            }
        );
        return report.FacingUsers.Order(StringComparer.Ordinal);
    }

    private TelemetrySample Sample(int fromSecond, (string Service, SpanKind Kind, string? Under)[] shape)
    {
        var window = new TimeWindow(Start.AddSeconds(fromSecond), Start.AddSeconds(fromSecond + 120));
        var spans = new List<SampleSpan>();
        var traces = new List<TraceId>();
        for (var trace = 0; trace < 40; trace++)
        {
            traces.Add(new TraceId(1, ++_ids));
            var made = new Dictionary<string, SpanId>();
            foreach (var (service, kind, under) in shape)
            {
                var id = made[service] = new SpanId(++_ids);
                spans.Add(
                    new SampleSpan
                    {
                        Trace = trace,
                        Id = id,
                        Parent = under is null ? default : made[under],
                        Service = _names.Add(service),
                        Operation = _names.Add("work"),
                        Kind = kind,
                        Status = SpanStatus.Unset,
                        StartNs = window.FromNs + (trace * 1_000_000_000L),
                        DurationNs = 5_000_000,
                        Peer = -1,
                        Instance = _names.Add(service + "-1"),
                    }
                );
            }
        }

        return new TelemetrySample
        {
            Window = window,
            TraceIds = traces,
            Spans = [.. spans],
        };
    }
}
