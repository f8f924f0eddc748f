using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

public sealed class SharedLooksTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(_start);
    private readonly SharedLooks _looks;
    private int _begun;

    public SharedLooksTests() => _looks = new SharedLooks(TimeSpan.FromSeconds(20), _time);

    [Fact]
    public async Task All_who_ask_for_one_window_at_once_wait_for_one_look()
    {
        var gate = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 20).Select(_ => AskAsync(Request(0), gate.Task)).ToList();
        gate.SetResult();
        var found = await Task.WhenAll(asked);
        Assert.Equal(1, _begun);
        Assert.All(found, one => Assert.Same(found[0], one));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4.9, 1)]
    [InlineData(5.1, 2)]
    [InlineData(-0.1, 2)]
    public async Task What_is_wrong_now_is_what_it_was_a_moment_ago_but_never_what_came_later(double secondsLater, int looks)
    {
        await AskAsync(Request(0, now: true), Task.CompletedTask);
        await AskAsync(Request(secondsLater, now: true), Task.CompletedTask);
        Assert.Equal(looks, _begun);
    }

    [Fact]
    public async Task A_window_that_somebody_chose_is_looked_into_as_it_is()
    {
        await AskAsync(Request(0), Task.CompletedTask);
        await AskAsync(Request(1), Task.CompletedTask);
        await AskAsync(Request(0) with { Beside = true }, Task.CompletedTask);
        await AskAsync(Request(0) with { Scope = "{ status = error }" }, Task.CompletedTask);
        Assert.Equal(4, _begun);
    }

    [Fact]
    public async Task What_was_found_is_forgotten_after_a_while()
    {
        await AskAsync(Request(0), Task.CompletedTask);
        _time.Advance(TimeSpan.FromSeconds(19));
        await AskAsync(Request(0), Task.CompletedTask);
        Assert.Equal(1, _begun);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(Request(0), Task.CompletedTask);
        Assert.Equal(2, _begun);
    }

    [Fact]
    public async Task A_look_that_failed_is_nobody_elses_answer()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(Request(0), Task.FromException(new TimeoutException())));
        await AskAsync(Request(0), Task.CompletedTask);
        Assert.Equal(2, _begun);
    }

    [Fact]
    public async Task Who_gives_up_takes_the_look_from_nobody_and_the_last_who_does_ends_it()
    {
        var ended = new TaskCompletionSource();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var one = AskAsync(Request(0), first.Token);
        var other = AskAsync(Request(0), second.Token);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(ended.Task.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _begun);

        Task<WindowAnalysis> AskAsync(WindowAnalysisRequest request, CancellationToken cancellationToken) =>
            _looks.GetAsync(
                request,
                async ends =>
                {
                    Interlocked.Increment(ref _begun);
                    ends.Register(() => ended.TrySetResult());
                    await ended.Task;
                    ends.ThrowIfCancellationRequested();
                    return Found(request);
                },
                cancellationToken
            );
    }

    private Task<WindowAnalysis> AskAsync(WindowAnalysisRequest request, Task until) =>
        _looks.GetAsync(
            request,
            async _ =>
            {
                Interlocked.Increment(ref _begun);
                await until;
                return Found(request);
            },
            default
        );

    private static WindowAnalysisRequest Request(double secondsLater, bool now = false) =>
        new() { Window = new TimeWindow(_start.AddMinutes(-15).AddSeconds(secondsLater), _start.AddSeconds(secondsLater)), Now = now };

    private static WindowAnalysis Found(WindowAnalysisRequest request) =>
        new()
        {
            Asked = request.Window,
            Window = request.Window,
            Baselines = [],
            Report = new CauseReport
            {
                Verdict = CauseVerdict.NoCause,
                Summary = "",
                Items = [],
            },
        };
}
