using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Plans;

/// <summary>A question for series over time.</summary>
public sealed record SeriesRequest
{
    /// <summary>Exemplars that an answer has at most.</summary>
    public const int MaxExemplars = 1_000;

    /// <summary>Steps that an answer has at most.</summary>
    public const int MaxSteps = 11_000;

    private static readonly int[] NiceSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

    /// <summary>A metrics query; it must have been checked.</summary>
    public required TraceQlQuery Query { get; init; }

    public required TimeWindow Window { get; init; }

    /// <summary>How long a step is. The last may reach beyond the window's end and then counts what is in the window.</summary>
    public required long StepNs { get; init; }

    /// <summary>How many spans to give with the series at most; a hint of the query outdoes it, and a single step has none.</summary>
    public int Exemplars { get; init; }

    internal int ExemplarsWanted => Steps == 1 ? 0 : HintNotes.ExemplarsOf(Query) ?? Exemplars;

    public int Steps => (int)Math.Min(int.MaxValue, (Window.ToNs - Window.FromNs + StepNs - 1) / StepNs);

    /// <summary>Which step a span or a counted minute is in, as SQL.</summary>
    internal string Step(SqlParameters parameters, string alias) =>
        $"(({alias}.start_ns - {parameters.Bigint(Window.FromNs)}) / {parameters.Bigint(StepNs)})";

    /// <summary>A step that gives about a hundred points.</summary>
    public static long DefaultStepNs(TimeWindow window)
    {
        // Whole minutes wherever they are fine enough: those have been counted already.
        var wanted = window.Seconds < 900 ? window.Seconds / 120 : Math.Max(60, window.Seconds / 120);
        var seconds = Array.Find(NiceSeconds, s => s >= wanted);
        return (seconds == 0 ? NiceSeconds[^1] : seconds) * UnixNanos.PerSecond;
    }
}

/// <summary>The answer of a metrics query.</summary>
/// <param name="Exact">False where spans were sampled away and the numbers are estimated from those kept.</param>
/// <param name="FromRollups">Whether counted minutes answered, without reading spans.</param>
public sealed record MetricSeriesResult(IReadOnlyList<MetricSeries> Series, bool Exact, bool FromRollups)
{
    /// <summary>What was asked for and not done, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One series of a metrics query.</summary>
/// <param name="Labels">Names as the query writes them, with their values; JSON null where the spans have none.</param>
/// <param name="Values">One a step; null where there is nothing to measure. Durations are in seconds.</param>
public sealed record MetricSeries(IReadOnlyList<KeyValuePair<string, JsonElement>> Labels, IReadOnlyList<double?> Values)
{
    /// <summary>Spans that the series is made of, earliest first, where the question asked for some.</summary>
    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];

    /// <summary>The labels as one text, to match series by.</summary>
    internal string Key => string.Join('\u001f', Labels.Select(l => $"{l.Key}={l.Value.GetRawText()}"));
}
