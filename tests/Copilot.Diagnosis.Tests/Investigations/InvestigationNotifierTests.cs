using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Store.Investigations;
using Copilot.Store.Server;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Diagnosis.Tests.Investigations;

[Trait("needs", "postgres")]
public sealed class InvestigationNotifierTests : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 5, 12, 10, 0, TimeSpan.Zero));
    private readonly OutsidePlace _place = new();
    private InvestigationRepository _board = null!;
    private InvestigationNotifier _herald = null!;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _board = new InvestigationRepository(new InvestigationStore(_postgres.Database));
        _herald = Herald();
    }

    public async Task DisposeAsync()
    {
        _herald.Dispose();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_finding_is_told_once_when_it_opens_and_once_when_it_is_over()
    {
        var investigation = await _board.SaveAsync(Finding("s_1"), default);
        await _herald.TellAsync(default);
        await _board.SaveAsync(investigation with { LastSeenAt = _time.GetUtcNow().AddMinutes(1) }, default);
        await _herald.TellAsync(default);
        using var restarted = Herald();
        await restarted.TellAsync(default);
        await _board.SaveAsync(investigation with { ClosedAt = _time.GetUtcNow().AddMinutes(4) }, default);
        await restarted.TellAsync(default);
        await restarted.TellAsync(default);
        Assert.Equal(["open s_1", "close post of s_1"], _place.Told);
    }

    [Fact]
    public async Task Another_cause_is_told_at_the_same_post()
    {
        var investigation = await _board.SaveAsync(Finding("s_9"), default);
        await _herald.TellAsync(default);
        investigation = await _board.SaveAsync(investigation with { Cause = "bank", Summary = "It starts in bank." }, default);
        await _herald.TellAsync(default);
        await _herald.TellAsync(default);
        Assert.Equal(
            ("bank", "It starts in bank."),
            ((await _board.FindAsync("s_9", default))!.Cause, (await _board.FindAsync("s_9", default))!.Summary)
        );
        await _board.SaveAsync(investigation with { ClosedAt = _time.GetUtcNow().AddMinutes(4) }, default);
        await _herald.TellAsync(default);
        Assert.Equal(["open s_9", "correct post of s_9", "close post of s_9"], _place.Told);
    }

    [Fact]
    public async Task What_is_back_is_told_at_the_same_post()
    {
        var investigation = await _board.SaveAsync(Finding("s_10"), default);
        await _herald.TellAsync(default);
        await _board.SaveAsync(investigation with { ClosedAt = _time.GetUtcNow().AddMinutes(4) }, default);
        await _herald.TellAsync(default);
        await _board.SaveAsync(investigation, default);
        await _herald.TellAsync(default);
        await _herald.TellAsync(default);
        Assert.Equal(["open s_10", "close post of s_10", "correct post of s_10"], _place.Told);
    }

    [Fact]
    public async Task A_busy_place_is_told_later_and_a_refusing_one_not_again()
    {
        _place.Failures.Enqueue(new DeliveryBusyException(TimeSpan.FromSeconds(3), "slow down"));
        await _board.SaveAsync(Finding("s_2"), default);
        await _herald.TellAsync(default);
        await _herald.TellAsync(default);
        _place.Failures.Enqueue(new DeliveryRefusedException("no such channel"));
        await _board.SaveAsync(Finding("s_3"), default);
        await _herald.TellAsync(default);
        await _herald.TellAsync(default);
        Assert.Equal(["open s_2 again"], _place.Told);
    }

    [Fact]
    public async Task Old_findings_empty_answers_and_places_that_are_not_set_up_are_left_alone()
    {
        await _board.SaveAsync(Finding("s_4") with { OpenedAt = _time.GetUtcNow().AddHours(-1) }, default);
        await _board.SaveAsync(Finding("a_5") with { Answer = WindowDiagnosis.None(default) }, default);
        await _herald.TellAsync(default);
        _place.IsConfigured = false;
        await _board.SaveAsync(Finding("s_6"), default);
        await _herald.TellAsync(default);
        Assert.Empty(_place.Told);
    }

    [Fact]
    public async Task The_answer_is_kept_whole()
    {
        var investigation = Finding("s_7");
        await _board.SaveAsync(investigation, default);
        var kept = (await _board.FindAsync("s_7", default))!;
        Assert.Equal(investigation.Answer!.Window, kept.Answer!.Window);
        Assert.Equal(investigation.Answer.Causes[0].Evidence, kept.Answer.Causes[0].Evidence);
        Assert.Equal(investigation.Answer.Path, kept.Answer.Path);
        Assert.Equal((investigation.Source, investigation.Window, investigation.IsOpen), (kept.Source, kept.Window, kept.IsOpen));
        Assert.Null(await _board.FindAsync("s_8", default));
    }

    private InvestigationNotifier Herald() =>
        new(
            _board,
            new InvestigationNoticeStore(_postgres.Database),
            [_place],
            new InstanceLead(_postgres.Database),
            _time,
            NullLogger<InvestigationNotifier>.Instance
        );

    private Investigation Finding(string id)
    {
        var now = _time.GetUtcNow();
        var window = new TimeWindow(now.AddMinutes(-2), now);
        return new Investigation
        {
            Id = id,
            Source = Investigation.Watch,
            OpenedAt = now,
            LastSeenAt = now,
            Window = window,
            Cause = "till",
            Kind = CauseKind.Errors,
            Confidence = 0.9,
            Summary = "It starts in till.",
            Services = ["till", "shop"],
            Answer = new WindowDiagnosis
            {
                Window = window,
                Causes =
                [
                    new DiagnosedCause
                    {
                        Service = "till",
                        Score = 0.8,
                        Kind = CauseKind.Errors,
                        Why = "9 of 20 requests fail",
                        Evidence = ["9 of 20"],
                    },
                ],
                Path = [new PropagationStep("shop", "till", "POST /pay", 12, 480)],
            },
        };
    }
}
