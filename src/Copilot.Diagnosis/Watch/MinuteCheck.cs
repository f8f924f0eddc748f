using Copilot.Diagnosis.Windows;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Diagnosis.Watch;

/// <summary>
/// Who got worse in the last minute by what is counted of everything: the requests to each service, the calls from one to another, and
/// error messages. Resource metrics are left to the look at samples: a busy processor that makes nobody slower is no trouble.
/// </summary>
public sealed class MinuteCheck(ServiceMinuteReads minutes, SampleLogReads logs, SampleNames names, WatchOptions options)
{
    private readonly ErrorMessages _messages = new();

    /// <param name="end">End of the last whole minute.</param>
    public async Task<IReadOnlyList<WorseService>> FindAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        var window = new TimeWindow(end - options.Past - WorseMinuteThresholds.Longest, end);
        var calls = minutes.WorseCallsAsync(window, window.ToNs - (WorseMinuteThresholds.Longest.Ticks * 100), cancellationToken);
        var requests = await minutes.ReadAsync(window, cancellationToken);
        var worse = WorseDetector.Find([.. requests, .. await calls], end);
        var messages = await MessagesAsync(window, requests.Select(r => r.MinuteNs).ToHashSet(), cancellationToken);
        return [.. worse.Concat(messages).DistinctBy(w => w.Service)];
    }

    private async Task<IEnumerable<WorseService>> MessagesAsync(TimeWindow window, HashSet<long> heard, CancellationToken cancellationToken)
    {
        var unread = _messages.Next(window);
        _messages.Note(unread, await logs.ErrorsAsync(unread, cancellationToken));
        var found = _messages.Find(heard);
        await names.LoadAsync(found.Keys, [], [], cancellationToken);
        return found
            .OrderByDescending(f => f.Value)
            .Select(f => new WorseService(
                names.Service(f.Key),
                window.To - TimeSpan.FromMinutes(1),
                f.Value,
                "an error message is new or comes much more often"
            ))
            .Where(w => w.Service != OwnService.Name);
    }
}

/// <summary>What one minute showed.</summary>
/// <param name="End">End of the minute.</param>
/// <param name="Worse">Who got worse by the rollups.</param>
/// <param name="Looked">Whether samples were looked into, had there been any.</param>
/// <param name="Found">What the samples show; null where nobody looked or no request came.</param>
/// <param name="Convicted">The service that the samples name, where all that is known convinces.</param>
internal sealed record Look(
    DateTimeOffset End,
    IReadOnlyList<WorseService> Worse,
    bool Looked,
    WindowAnalysis? Found,
    Conviction? Convicted
);

/// <summary>What a look takes in: the last minute, or as many as it takes to hold enough traces and what the rollups point to.</summary>
internal static class LookWindow
{
    /// <param name="traces">How many traces began in the minute that starts then.</param>
    public static TimeWindow Choose(IReadOnlyList<WorseService> worse, DateTimeOffset end, Func<long, long> traces, WatchOptions options)
    {
        var window = new TimeWindow(end - TimeSpan.FromMinutes(1), end);
        var held = traces(window.FromNs);
        while (window.Length < options.Longest && (held < options.EnoughTraces || worse.Any(w => w.Since < window.From)))
        {
            window = window with { FromNs = window.FromNs - UnixNanos.PerMinute };
            held += traces(window.FromNs);
        }

        return window;
    }
}
