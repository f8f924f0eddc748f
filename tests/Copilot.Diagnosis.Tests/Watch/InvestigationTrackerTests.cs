using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Watch;
using Copilot.Diagnosis.Windows;
using Copilot.Store.Investigations;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Xunit;

namespace Copilot.Diagnosis.Tests.Watch;

/// <summary>The life of a finding, minute by minute.</summary>
[Trait("needs", "postgres")]
public sealed class InvestigationTrackerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly PostgresFixture _postgres = new();
    private Suspects _suspects = new();
    private InvestigationRepository _board = null!;
    private InvestigationTracker _keeper = null!;
    private int _minute;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Restart();
    }

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task It_opens_once_and_is_noted_as_long_as_it_lasts()
    {
        var opened = Assert.Single(await PassAsync(("till", 0.9)));
        for (var i = 0; i < 5; i++)
            await PassAsync(("till", 0.6));
        var kept = Assert.Single(await _board.LatestAsync(10, default));
        Assert.Equal((opened.Id, opened.Window.From, Start.AddMinutes(6)), (kept.Id, kept.Window.From, kept.LastSeenAt));
        Assert.Equal(0.9, kept.Confidence);
    }

    [Fact]
    public async Task What_a_minute_hardly_shows_keeps_it_and_two_quiet_ones_close_it()
    {
        await PassAsync(("till", 0.9));
        Assert.Single(await PassAsync());
        Assert.Single(await PassAsync(("till", 0.2)));
        Assert.Single(await PassAsync());
        Assert.Empty(await PassAsync());
        Assert.Equal(Start.AddMinutes(5), Assert.Single(await _board.LatestAsync(10, default)).ClosedAt);
    }

    [Fact]
    public async Task A_minute_that_nobody_could_look_at_closes_nothing()
    {
        await PassAsync(("till", 0.9));
        for (var i = 0; i < 4; i++)
            Assert.Single(await _keeper.KeepAsync(new Look(Start.AddMinutes(++_minute), [], false, null, null), _suspects, default));
    }

    [Fact]
    public async Task Another_name_for_the_same_symptoms_corrects_it()
    {
        var opened = Assert.Single(await PassAsync(("till", 0.8)));
        var corrected = Assert.Single(await PassAsync(("bank", 0.5), ("till", 0.2)));
        Assert.Equal((opened.Id, opened.OpenedAt, "bank"), (corrected.Id, corrected.OpenedAt, corrected.Cause));
        Assert.Contains("till", corrected.Services);
    }

    [Fact]
    public async Task Another_name_that_is_hardly_likelier_does_not()
    {
        await PassAsync(("till", 0.8));
        Assert.Equal("till", Assert.Single(await PassAsync(("bank", 0.5), ("till", 0.4))).Cause);
    }

    [Fact]
    public async Task Another_trouble_has_its_own()
    {
        await PassAsync(("till", 0.9));
        var open = await PassAsync(("mail", 0.9));
        Assert.Equal(["mail", "till"], open.Select(f => f.Cause).Order());
    }

    [Fact]
    public async Task What_is_soon_back_is_the_same()
    {
        var opened = Assert.Single(await PassAsync(("till", 0.9)));
        await PassAsync();
        Assert.Empty(await PassAsync());
        var back = Assert.Single(await PassAsync(("till", 0.5)));
        Assert.Equal((opened.Id, opened.OpenedAt, true), (back.Id, back.OpenedAt, back.IsOpen));
    }

    [Fact]
    public async Task What_is_back_much_later_or_hardly_is_not()
    {
        await PassAsync(("till", 0.9));
        await PassAsync();
        await PassAsync();
        Assert.Empty(await PassAsync(("till", 0.3)));
        _minute += 20;
        Assert.Empty(await PassAsync(("till", 0.5)));
        Assert.Single(await PassAsync(("till", 0.9)));
        Assert.Equal(2, (await _board.LatestAsync(10, default)).Count);
    }

    [Fact]
    public async Task It_outlives_the_process()
    {
        var opened = Assert.Single(await PassAsync(("till", 0.9)));
        Restart();
        Assert.Equal(opened.Id, Assert.Single(await PassAsync(("till", 0.9))).Id);
        Restart();
        await PassAsync();
        Assert.Empty(await PassAsync());
        Assert.False(Assert.Single(await _board.LatestAsync(10, default)).IsOpen);
    }

    [Fact]
    public async Task An_alert_that_was_looked_into_is_neither_renamed_nor_closed()
    {
        var opened = Assert.Single(await PassAsync(("till", 0.8)));
        await _board.SaveAsync(opened with { ClosedAt = Start }, default);
        await _board.SaveAsync(opened with { Id = "a_1", Source = "pager" }, default);
        for (var i = 0; i < 5; i++)
            await PassAsync();
        Assert.Equal("till", Assert.Single(await PassAsync(("bank", 0.5), ("till", 0.1))).Cause);
    }

    private void Restart()
    {
        _suspects = new Suspects();
        _board = new InvestigationRepository(new InvestigationStore(_postgres.Database));
        _keeper = new InvestigationTracker(_board, new WatchOptions());
    }

    /// <summary>A minute in which a look at samples names these, most likely first; everybody's callers are the shop, only mail has
    /// none.</summary>
    private Task<IReadOnlyList<Investigation>> PassAsync(params (string Service, double Confidence)[] named)
    {
        var end = Start.AddMinutes(++_minute);
        var window = new TimeWindow(end.AddMinutes(-1), end);
        var found = new WindowAnalysis
        {
            Asked = window,
            Window = window,
            Baselines = [new TimeWindow(window.From.AddMinutes(-10), window.From)],
            Report = new CauseReport
            {
                Verdict = named.Length == 0 ? CauseVerdict.NoCause : CauseVerdict.Cause,
                Summary = "",
                Items =
                [
                    .. named.Select(n => new CauseItem
                    {
                        Service = n.Service,
                        Score = 1,
                        Clearness = n.Confidence,
                        Confidence = n.Confidence,
                        Kind = CauseKind.Errors,
                        Why = "",
                    }),
                ],
                Affected = named is [] or [("mail", _), ..] ? [] : [Shop],
            },
        };
        return _keeper.KeepAsync(new Look(end, [], true, found, _suspects.Note(found, [])), _suspects, default);
    }

    private static AffectedItem Shop { get; } =
        new()
        {
            Service = "shop",
            Role = "affected",
            Score = 1,
            Health = new HealthChange
            {
                Service = "shop",
                Now = new ServiceMeasure { Requests = 100, Failed = 30 },
                Before = new ServiceMeasure { Requests = 100 },
            },
        };
}
