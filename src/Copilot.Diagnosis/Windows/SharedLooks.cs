using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// One look for all who ask for the same: the browser, Slack, a proposal and many people ask for one window within seconds, and in
/// trouble all of them do. Whoever comes while it is on its way waits for it with the others; whoever comes soon after gets what was
/// found. A look that failed is nobody else's answer, and it ends early only when nobody waits for it any more.
/// </summary>
internal sealed class SharedLooks(TimeSpan fresh, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Shared> _looks = [];

    public async Task<WindowAnalysis> GetAsync(
        WindowAnalysisRequest request,
        Func<CancellationToken, Task<WindowAnalysis>> look,
        CancellationToken cancellationToken
    )
    {
        var shared = Join(request, look);
        try
        {
            return await shared.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(shared);
        }
    }

    private Shared Join(WindowAnalysisRequest request, Func<CancellationToken, Task<WindowAnalysis>> look)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _looks.RemoveAll(known => known.Result.IsCompleted && (!known.Result.IsCompletedSuccessfully || now - known.At >= fresh));
            if (_looks.Find(known => known.Answers(request)) is { } shared)
            {
                shared.Waiting++;
                return shared;
            }

            while (_looks.Count >= ReadingThresholds.MostResults && _looks.Find(known => known.Result.IsCompleted) is { } oldest)
                _looks.Remove(oldest);
            var end = new CancellationTokenSource();
            // Not in the lock, nor in the first asker's name: others may wait for it longer than that one does.
            var begun = new Shared(request, now, end, Task.Run(() => look(end.Token), CancellationToken.None)) { Waiting = 1 };
            _looks.Add(begun);
            return begun;
        }
    }

    private void Leave(Shared shared)
    {
        lock (_lock)
        {
            shared.Waiting--;
            if (shared.Waiting > 0 || shared.Result.IsCompleted)
                return;
            // Nobody waits for it; whoever asks next begins anew.
            _looks.Remove(shared);
            shared.End.Cancel();
        }
    }

    private sealed class Shared(WindowAnalysisRequest request, DateTimeOffset at, CancellationTokenSource end, Task<WindowAnalysis> result)
    {
        public DateTimeOffset At => at;

        public CancellationTokenSource End => end;

        public Task<WindowAnalysis> Result => result;

        public int Waiting { get; set; }

        /// <summary>The same window; where now is asked about, one that ended a moment ago: its newest seconds are hardly in.</summary>
        public bool Answers(WindowAnalysisRequest asked) =>
            (asked.Now, asked.Beside, asked.Scope) == (request.Now, request.Beside, request.Scope)
            && asked.Baselines.SequenceEqual(request.Baselines)
            && (asked.Window == request.Window || (asked.Now && EndedAMomentAgo(asked.Window)));

        private bool EndedAMomentAgo(TimeWindow asked)
        {
            var later = asked.ToNs - request.Window.ToNs;
            return asked.Length == request.Window.Length && later >= 0 && later <= ReadingThresholds.SameMoment.Ticks * 100;
        }
    }
}
