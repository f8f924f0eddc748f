using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Watch;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Watch;

public sealed class SuspectsTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly Suspects _suspects = new();

    private int _minute;

    private int _past = 10;

    [Fact]
    public void One_sure_look_convinces() => Assert.Equal("till", Look("till", 0.75)?.Service);

    [Fact]
    public void Two_unsure_looks_that_agree_convince_and_tell_since_when()
    {
        Assert.Null(Look("till", 0.55));
        Assert.Equal(new Conviction("till", Start), Look("till", 0.55));
    }

    [Fact]
    public void With_one_minute_of_past_it_takes_twice_as_much()
    {
        _past = 1;
        Assert.Null(Look("till", 0.75));
        Assert.Equal("till", Look("till", 0.75)?.Service);
    }

    [Fact]
    public void Looks_that_disagree_convince_nobody()
    {
        for (var i = 0; i < 20; i++)
            Assert.Null(Look($"service {i % 5}", 0.4));
    }

    [Fact]
    public void What_is_named_once_fades()
    {
        Look("till", 0.5);
        for (var i = 0; i < 4; i++)
            Look(null, 0);
        Assert.Equal(0, _suspects.WeightOf("till"));
    }

    [Fact]
    public void The_rollups_make_an_unsure_look_enough() => Assert.NotNull(Look("till", 0.1, new WorseService("till", Start, 6, "")));

    [Fact]
    public void What_is_over_is_forgotten()
    {
        Look("till", 0.95);
        _suspects.Forget(["till"]);
        Assert.Null(Look("till", 0.5));
    }

    private Conviction? Look(string? service, double clearness, params WorseService[] worse)
    {
        var end = Start.AddMinutes(++_minute);
        var window = new TimeWindow(end.AddMinutes(-1), end);
        return _suspects.Note(
            new WindowAnalysis
            {
                Asked = window,
                Window = window,
                Baselines = [new TimeWindow(window.From.AddMinutes(-_past), window.From)],
                Report = Report(service, clearness),
            },
            worse
        );
    }

    private static CauseReport Report(string? service, double clearness) =>
        new()
        {
            Verdict = service is null ? CauseVerdict.NoCause : CauseVerdict.Cause,
            Summary = "",
            Items = service is null
                ? []
                :
                [
                    new CauseItem
                    {
                        Service = service,
                        Score = 1,
                        Clearness = clearness,
                        Kind = CauseKind.Errors,
                        Why = "",
                    },
                ],
        };
}
