using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Time;
using SeriesPoint = Copilot.Agent.Answers.Items.SeriesPoint;
using SeriesResult = Copilot.Agent.Answers.Results.SeriesResult;

namespace Copilot.Web.Queries;

/// <summary>What a query gave, in the shapes that the views of answers show.</summary>
public sealed record QueryOutcome
{
    /// <summary>Null where the query gives series.</summary>
    public TracesResult? Traces { get; init; }

    /// <summary>More traces match than are shown.</summary>
    public bool More { get; init; }

    /// <summary>The one that reaches highest first.</summary>
    public IReadOnlyList<SeriesResult> Series { get; init; } = [];

    /// <summary>The highest value of all series; null where there is none.</summary>
    public double? Highest => Series.Count == 0 ? null : Peak(Series[0]);

    public bool Exact { get; init; } = true;

    /// <summary>What was asked for and not done.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public double ElapsedMs { get; init; }

    public static QueryOutcome Of(TraceSearchResult found, double elapsedMs) => new()
    {
        Traces = new TracesResult(
            [.. found.Traces.Select(trace => new TraceItem(
                trace.TraceId.ToString(), UnixNanos.ToTime(trace.StartNs), trace.DurationNs / 1e6, trace.RootService ?? "root not received", trace.RootName ?? string.Empty,
                trace.Spansets.Sum(set => set.Spans.Count(span => span.Status == 2))))],
            found.Traces.Count),
        More = found.More,
        Notes = found.Notes,
        ElapsedMs = elapsedMs,
    };

    public static QueryOutcome Of(Copilot.Store.Traceql.SeriesResult found, SeriesRequest request, double elapsedMs) => new()
    {
        Series = [.. found.Series.Select(series => new SeriesResult(
            Name(series), string.Empty,
            [.. series.Values.Select((value, step) => new SeriesPoint(UnixNanos.ToTime(request.Window.FromNs + step * request.StepNs), value ?? double.NaN))]))
            .OrderByDescending(Peak).ThenBy(series => series.Name, StringComparer.Ordinal)],
        Exact = found.Exact,
        Notes = found.Notes,
        ElapsedMs = elapsedMs,
    };

    private static double Peak(SeriesResult series) => series.Points.Select(point => point.Value).Where(double.IsFinite).DefaultIfEmpty(double.NegativeInfinity).Max();

    private static string Name(MetricSeries series) => series.Labels.Count == 0
        ? "all"
        : string.Join(", ", series.Labels.Select(label => $"{label.Key} = {label.Value.GetRawText()}"));
}
