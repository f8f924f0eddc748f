using Copilot.Store.Samples;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;
using Copilot.Watch.Detection;

namespace Copilot.Watch;

/// <summary>
/// Who got worse in the last minute by what is counted of everything: the requests to each service, the calls from one to another, and
/// error messages. Resource metrics are left to the look at samples: a busy processor that makes nobody slower is no trouble.
/// </summary>
public sealed class MinuteCheck(ServiceMinuteReads minutes, SampleLogReads logs, SampleNames names, WatchOptions options)
{
    private readonly ErrorMessages _messages = new();

    /// <param name="end">End of the last whole minute.</param>
    public async Task<IReadOnlyList<WorseService>> FindAsync(DateTimeOffset end, CancellationToken cancellation)
    {
        var window = new TimeWindow(end - options.Past - TimeSpan.FromMinutes(2), end);
        var calls = minutes.WorseCallsAsync(window, window.ToNs - (2 * UnixNanos.PerMinute), cancellation);
        var requests = await minutes.ReadAsync(window, cancellation);
        var worse = WorseDetector.Find([.. requests, .. await calls], end);
        var messages = await MessagesAsync(window, requests.Select(r => r.MinuteNs).ToHashSet(), cancellation);
        return [.. worse.Concat(messages).DistinctBy(w => w.Service)];
    }

    private async Task<IEnumerable<WorseService>> MessagesAsync(TimeWindow window, HashSet<long> heard, CancellationToken cancellation)
    {
        var unread = _messages.Next(window);
        _messages.Note(unread, await logs.ErrorsAsync(unread, cancellation));
        var found = _messages.Find(heard);
        await names.LoadAsync(found.Keys, [], [], cancellation);
        return found.OrderByDescending(f => f.Value)
            .Select(f => new WorseService(names.Service(f.Key), window.To - TimeSpan.FromMinutes(1), f.Value, "an error message is new or comes much more often"))
            .Where(w => w.Service != OwnService.Name);
    }
}
