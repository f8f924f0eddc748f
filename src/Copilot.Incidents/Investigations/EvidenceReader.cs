using System.Diagnostics;
using Copilot.Incidents.Troubles;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Investigations;

/// <summary>Reads what one investigation needs, windows side by side, and remembers what was asked.</summary>
internal sealed class EvidenceReader(SampleReads samples, SampleLogReads logs, ServiceCountReads counts, string? scope)
{
    private readonly SampleScope _scope = SampleScope.Parse(scope);
    private readonly string? _filter = string.IsNullOrWhiteSpace(scope) ? null : scope;
    private readonly List<InvestigationQuery> _queries = [];

    public IReadOnlyList<InvestigationQuery> Queries => _queries;

    public async Task<WindowEvidence> ReadAsync(TimeWindow window, int mostTraces, int mostSpans, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        // What a scope holds is not counted apart from its spans.
        var counting = _filter is null ? counts.ReadAsync(window, cancellation) : null;
        var alone = logs.WithoutTraceAsync(window, cancellation);
        var traces = await samples.TracesAsync(window, _scope, mostTraces, mostSpans, cancellation);
        Note(_filter ?? "{ }", window, traces.Spans.Length, clock);
        var lines = traces.TraceIds.Count == 0 ? [] : await logs.OfTracesAsync(traces.TraceIds, window, cancellation);
        return new WindowEvidence(traces, [.. lines, .. await alone], counting is null ? null : await counting);
    }

    /// <summary>The same traces and more of those that some services take part in, with their logs.</summary>
    public async Task<WindowEvidence> ReadMoreAsync(WindowEvidence read, IReadOnlyDictionary<string, int> services, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var (before, window) = (read.Traces.TraceIds.Count, read.Traces.Window);
        var traces = await samples.WithMoreOfAsync(read.Traces, services, cancellation);
        if (traces.TraceIds.Count == before)
            return read with { Traces = traces };
        Note($"{{ {string.Join(" || ", services.Keys.Select(ServiceCondition.Of))} }}", window, traces.Spans.Length - read.Traces.Spans.Length, clock);
        return read with { Traces = traces, Logs = [.. read.Logs, .. await logs.OfTracesAsync([.. traces.TraceIds.Skip(before)], window, cancellation)] };
    }

    private void Note(string traceql, TimeWindow window, int rows, Stopwatch clock)
    {
        lock (_queries)
            _queries.Add(new InvestigationQuery($"q{_queries.Count + 1}", traceql, window, rows, Math.Round(clock.Elapsed.TotalMilliseconds, 1)));
    }
}
