using System.Diagnostics;
using System.Net;

namespace Copilot.Benchmarks.Live;

/// <summary>People who ask one thing after the other, look at pages, and wait for the watch.</summary>
internal sealed class LivePeople(LiveApp app, IReadOnlyList<string> services, LiveFigures figures)
{
    /// <summary>The kind whose time is told apart: it looks at all services.</summary>
    public const string Investigation = "investigation";

    private static readonly (string Kind, string Question)[] _mix =
    [
        ("latency", "p95 of {0} in the last 15 minutes"),
        ("error_rate", "error rate of {0} in the last hour"),
        ("breakdown", "failed requests of {0} by tenant in the last 15 minutes"),
        ("ranking", "which services have the most errors in the last 15 minutes?"),
        ("traces", "slowest traces of {0} in the last 15 minutes"),
        ("count", "how many requests of {0} failed in the last hour?"),
        ("owner", "who owns {0}?"),
        ("callers", "who calls {0}?"),
        ("deploys", "what was deployed in the last hour?"),
        (Investigation, "what is going wrong?"),
    ];

    private static readonly string[] _pages = ["/", "/services", "/investigations", "/changes"];

    public static IEnumerable<string> Kinds => _mix.Select(static asked => asked.Kind);

    /// <summary>A question of the mix, each about another service.</summary>
    public (string Kind, string Question) Question(int n)
    {
        var (kind, question) = _mix[n % _mix.Length];
        return (kind, string.Format(System.Globalization.CultureInfo.InvariantCulture, question, services[n * 31 % services.Count]));
    }

    public async Task AskAsync(int person, TimeSpan pause, CancellationToken stop)
    {
        // Each begins elsewhere in the mix.
        for (var n = person * 7; ; n++)
        {
            var (kind, question) = Question(n);
            var (took, answered) = await app.AskAsync(question, stop);
            figures.Asked(kind, took, answered);
            await Task.Delay(pause, stop);
        }
    }

    public async Task LookAsync(CancellationToken stop)
    {
        for (var n = 0; ; n++)
        {
            var started = Stopwatch.GetTimestamp();
            var (status, _) = await app.GetAsync(_pages[n % _pages.Length], stop);
            if (status == HttpStatusCode.OK)
                figures.Looked(Stopwatch.GetElapsedTime(started));
            await Task.Delay(500, stop);
        }
    }

    /// <summary>Waits until an investigation that is open names the service.</summary>
    public async Task WatchAsync(string culprit, DateTimeOffset troubleFrom, CancellationToken stop)
    {
        while (true)
        {
            var (status, text) = await app.GetAsync("/api/v1/investigations?open=true", stop);
            if (status == HttpStatusCode.OK && text.Contains('"' + culprit + '"', StringComparison.Ordinal))
            {
                figures.Seen(TimeProvider.System.GetUtcNow() - troubleFrom);
                return;
            }

            await Task.Delay(1000, stop);
        }
    }
}
