using System.Collections.Concurrent;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// The browser, Slack and a proposal often ask for the same window within seconds. Only what was found is kept: a look that
/// failed, or that its asker gave up, is nobody else's answer.
/// </summary>
internal sealed class ResultCache(TimeSpan fresh, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, WindowAnalysis Result)> _results = new(StringComparer.Ordinal);

    public async Task<WindowAnalysis> GetAsync(WindowAnalysisRequest request, Func<Task<WindowAnalysis>> look)
    {
        var key = $"{request.Window}|{string.Join(',', request.Baselines)}|{request.Scope}|{request.Now}";
        var now = time.GetUtcNow();
        if (_results.TryGetValue(key, out var known) && now - known.At < fresh)
            return known.Result;
        if (_results.Count >= ReadingThresholds.MostResults)
            Forget(now);
        var result = await look();
        _results[key] = (now, result);
        return result;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, (at, _)) in _results.OrderBy(r => r.Value.At).ToList())
        {
            if (now - at >= fresh || _results.Count >= ReadingThresholds.MostResults)
                _results.TryRemove(key, out _);
        }
    }
}
