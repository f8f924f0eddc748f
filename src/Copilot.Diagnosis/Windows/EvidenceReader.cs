using System.Diagnostics;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>Reads what one investigation needs, windows side by side, and remembers what was asked.</summary>
internal sealed class EvidenceReader(SampleReads samples, SampleLogReads logs, ServiceCountReads counts, string? scope)
{
    private readonly SampleScope _scope = SampleScope.Parse(scope);
    private readonly string? _filter = string.IsNullOrWhiteSpace(scope) ? null : scope;
    private readonly List<EvidenceQuery> _queries = [];

    public IReadOnlyList<EvidenceQuery> Queries => _queries;

    public async Task<WindowEvidence> ReadAsync(TimeWindow window, int mostTraces, int mostSpans, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        // What a scope holds is not counted apart from its spans.
        var counting = _filter is null ? counts.ReadAsync(window, cancellationToken) : null;
        var alone = logs.WithoutTraceAsync(window, cancellationToken);
        var traces = await samples.TracesAsync(window, _scope, mostTraces, mostSpans, cancellationToken);
        Note(_filter ?? "{ }", window, traces.Spans.Length, clock);
        var lines = traces.TraceIds.Count == 0 ? [] : await logs.OfTracesAsync(traces.TraceIds, window, cancellationToken);
        return new WindowEvidence(traces, [.. lines, .. await alone], counting is null ? null : await counting);
    }

    /// <summary>The same traces and more of those that some services take part in, with their logs.</summary>
    public async Task<WindowEvidence> ReadMoreAsync(
        WindowEvidence read,
        IReadOnlyDictionary<string, int> services,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        var (before, window) = (read.Traces.TraceIds.Count, read.Traces.Window);
        var traces = await samples.WithMoreOfAsync(read.Traces, services, cancellationToken);
        if (traces.TraceIds.Count == before)
            return read with { Traces = traces };
        Note(
            $"{{ {string.Join(" || ", services.Keys.Select(ServiceCondition.Of))} }}",
            window,
            traces.Spans.Length - read.Traces.Spans.Length,
            clock
        );
        return read with
        {
            Traces = traces,
            Logs = [.. read.Logs, .. await logs.OfTracesAsync([.. traces.TraceIds.Skip(before)], window, cancellationToken)],
        };
    }

    private void Note(string traceql, TimeWindow window, int rows, Stopwatch clock)
    {
        lock (_queries)
            _queries.Add(
                new EvidenceQuery($"q{_queries.Count + 1}", traceql, window, rows, Math.Round(clock.Elapsed.TotalMilliseconds, 1))
            );
    }
}

/// <summary>What was read of one window.</summary>
/// <param name="Traces">The sample.</param>
/// <param name="Logs">Log records of the sampled traces.</param>
/// <param name="Counts">All requests of the window by service; null where only some spans count, and the sample is all there is.</param>
internal sealed record WindowEvidence(
    SampledTraces Traces,
    IReadOnlyList<SampledLog> Logs,
    IReadOnlyDictionary<string, RequestRollup>? Counts
);
