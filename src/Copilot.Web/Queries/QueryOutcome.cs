using Copilot.Answers.Contract;
using Copilot.Language.Queries;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;

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

    public static QueryOutcome Of(TraceSearchResult found, double elapsedMs) =>
        new()
        {
            Traces = new TracesResult(
                [
                    .. found.Traces.Select(trace => new TraceItem(
                        trace.TraceId.ToString(),
                        UnixNanos.ToTime(trace.StartNs),
                        trace.DurationNs / 1e6,
                        trace.RootService ?? "root not received",
                        trace.RootName ?? string.Empty,
                        trace.Spansets.Sum(set => set.Spans.Count(span => span.Status == 2))
                    )),
                ],
                found.Traces.Count
            ),
            More = found.More,
            Notes = found.Notes,
            ElapsedMs = elapsedMs,
        };

    public static QueryOutcome Of(MetricSeriesResult found, SeriesRequest request, double elapsedMs) =>
        new()
        {
            Series =
            [
                .. found
                    .Series.Select(series => new SeriesResult(
                        Name(series),
                        string.Empty,
                        [
                            .. series.Values.Select(
                                (value, step) =>
                                    new SeriesPoint(UnixNanos.ToTime(request.Window.FromNs + step * request.StepNs), value ?? double.NaN)
                            ),
                        ]
                    ))
                    .OrderByDescending(Peak)
                    .ThenBy(series => series.Name, StringComparer.Ordinal),
            ],
            Exact = found.Exact,
            Notes = found.Notes,
            ElapsedMs = elapsedMs,
        };

    private static double Peak(SeriesResult series) =>
        series.Points.Select(point => point.Value).Where(double.IsFinite).DefaultIfEmpty(double.NegativeInfinity).Max();

    private static string Name(MetricSeries series) =>
        series.Labels.Count == 0 ? "all" : string.Join(", ", series.Labels.Select(label => $"{label.Key} = {label.Value.GetRawText()}"));
}

/// <summary>The line of a query that is wrong, in three parts, so that the wrong one can be marked.</summary>
public sealed record ErrorMark(string Before, string Wrong, string After)
{
    /// <summary>Where the trouble has no length, it lies at the end of the text: a space stands for what is missing.</summary>
    public static ErrorMark Of(string query, TraceQlError error)
    {
        var lines = query.ReplaceLineEndings("\n").Split('\n');
        var line = lines[Math.Clamp(error.Line - 1, 0, lines.Length - 1)];
        // The column counts characters, the length UTF-16 units.
        var start = 0;
        for (var column = 1; column < error.Column && start < line.Length; column++)
            start += char.IsHighSurrogate(line[start]) && start + 1 < line.Length ? 2 : 1;
        var end = Math.Min(start + error.Length, line.Length);
        return end > start ? new ErrorMark(line[..start], line[start..end], line[end..]) : new ErrorMark(line[..start], " ", line[start..]);
    }
}

/// <summary>What is said beside a query that was made from words.</summary>
public sealed record TranslationNote(string Text, IReadOnlyList<string> Unread)
{
    public static TranslationNote Of(Translation translation)
    {
        ArgumentNullException.ThrowIfNull(translation);
        var unread = string.Join(", ", translation.Unread.Select(word => $"“{word}”"));
        var text = translation switch
        {
            { Query: null } or { Score: 0 } => "No query could be made of these words."
                + (unread.Length > 0 ? $" Not understood: {unread}." : ""),
            { Unread.Count: > 0 } => $"The query below leaves out what was not understood: {unread}.",
            _ => "Every word is in the query below; run it, or change it.",
        };
        return new TranslationNote(text, translation.Unread);
    }
}
