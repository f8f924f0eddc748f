using System.Text.Json;

namespace Copilot.Store.Traceql;

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
