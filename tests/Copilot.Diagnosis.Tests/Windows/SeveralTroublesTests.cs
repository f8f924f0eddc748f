using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Timeline;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

/// <summary>Three troubles after one another, all of which pass through one door, which is worse from the first to the last.</summary>
public sealed class SeveralTroublesTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly Episode Door = new(Minutes(0, 5), true, ["door"], 30);
    private static readonly CauseReport Scanner = Report("scanner.example", "mail");
    private static readonly CauseReport Ledger = Report("ledger");
    private static readonly CauseReport Printer = Report("printer");
    private static readonly CauseReport[] All = [Scanner, Ledger, Printer];

    private static readonly Dictionary<CauseReport, Episode?> Own = new()
    {
        [Scanner] = new Episode(Minutes(0, 2), false, ["mail"], 20),
        [Ledger] = new Episode(Minutes(3, 5), true, ["ledger"], 9),
        [Printer] = null,
    };

    [Fact]
    public void The_one_that_lasts_by_its_own_requests_comes_first() => Assert.Same(Ledger, SeveralTroubles.First(Door, All, Own));

    [Fact]
    public void Where_nothing_lasts_the_likeliest_comes_first() =>
        Assert.Same(Scanner, SeveralTroubles.First(Door with { Lasts = false }, All, Own));

    [Fact]
    public void It_began_when_its_own_requests_got_worse_and_not_when_the_door_did()
    {
        var told = SeveralTroubles.OfFirst(Door, Ledger, All, Own[Ledger]);
        Assert.Equal(Minutes(3, 5), told.Window);
        Assert.True(told.Lasts);
        Assert.Same(Door, SeveralTroubles.OfFirst(Door, Ledger, [Ledger], Own[Ledger]));
        Assert.Same(Door, SeveralTroubles.OfFirst(Door, Printer, All, Own[Printer]));
    }

    [Fact]
    public void What_sends_no_telemetry_is_seen_where_it_is_called()
    {
        Assert.Equal("mail", SeveralTroubles.Place(Scanner));
        Assert.True(SeveralTroubles.IsOfPlace(Scanner, Own[Scanner]!, Minutes(1, 3)));
        Assert.False(SeveralTroubles.IsOfPlace(Scanner, Own[Scanner]!, Minutes(3, 5)));
        Assert.False(SeveralTroubles.IsOfPlace(Ledger, Door, Minutes(0, 5)));
    }

    private static TimeWindow Minutes(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to));

    private static CauseReport Report(string service, string? seenAt = null) =>
        new()
        {
            Verdict = CauseVerdict.Cause,
            Summary = "",
            Items =
            [
                new CauseItem
                {
                    Service = service,
                    SeenAt = seenAt,
                    Score = 1,
                    Kind = CauseKind.Errors,
                    Why = "",
                },
            ],
            Affected =
            [
                new AffectedItem
                {
                    Service = "door",
                    Role = "affected",
                    Score = 1,
                    Health = new HealthChange
                    {
                        Service = "door",
                        Before = ServiceMeasure.None,
                        Now = ServiceMeasure.None,
                    },
                },
            ],
        };
}
