using System.Globalization;
using Copilot.Telemetry.Records;
using Copilot.Testing.Oracle;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Tests.Queries;

/// <summary>Whether two queries select the same spans, or give the same series, of generated traces; run by the naive evaluator.</summary>
internal static class PairCheck
{
    private const int Datasets = 4;

    /// <summary>Null where they agree, else what is wrong.</summary>
    public static string? Differs(string given, TraceQlQuery? made)
    {
        if (made is null)
            return "no query";
        if (!TraceQlParser.TryParse(given, out var wanted, out _))
            return "the given query is none that can be run";
        (wanted, made) = (Padded(wanted), Padded(made));
        if (wanted.Metrics is null != made.Metrics is null)
            return made.Metrics is null ? "spans instead of series" : "series instead of spans";
        if (wanted.Metrics is { } asked)
            (wanted, made) = (
                TraceQlQuery.Of(Slowed(asked)),
                TraceQlQuery.Of(Slowed(OneThing.Renamed(made.Metrics!, Vocabulary.Of(wanted))))
            );
        var found = false;
        for (var seed = 0; seed < Datasets; seed++)
        {
            var data = new PairTraces(Vocabulary.Of(wanted), Vocabulary.Of(made), seed).Generate();
            var expected = Run(wanted, data);
            if (expected != Run(made, data))
                return "other spans or values";
            found |= expected.Any(char.IsAsciiDigit) && expected != Run(TraceQlParser.Parse("{ name = \"no such span\" }"), data);
        }

        return found ? null : "the generated traces hold nothing of it";
    }

    private static string Run(TraceQlQuery query, OracleData data) =>
        query.Metrics is { } metrics ? Series(metrics, data) : Spans(query.Pipeline!, data);

    private static string Spans(Pipeline pipeline, OracleData data) =>
        string.Join(
            ' ',
            new OraclePipeline(data)
                .Run(pipeline)
                .SelectMany(s => s)
                .Select(s => $"{s.Trace:N}/{s.Id}")
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    private static string Series(MetricsExpression metrics, OracleData data)
    {
        if (metrics is MetricsQuery { Function.Compare: { } compare } query)
            return Spans(query.Source, data) + " selected " + Spans(new Pipeline([compare.Selection]), data);
        var step = 60 * UnixNanos.PerSecond;
        // What a label is called is not compared, only its value.
        return OracleSeries.Written(
            new OracleSeries(data, step).Run(metrics).GroupBy(s => Labels(s.Key)).ToDictionary(g => g.Key, g => g.First().Value)
        );
    }

    // The traces hold less than a span a second: thresholds of rates are lowered alike in both queries.
    private static MetricsExpression Slowed(MetricsExpression metrics) =>
        metrics is StagedMetrics { Source: MetricsQuery { Function.Kind: MetricsFunctionKind.Rate } } staged
            ? new StagedMetrics(
                staged.Source,
                new EquatableList<MetricsStage>(staged.Stages.Select(s => s is ThresholdStage t ? t with { Value = t.Value * 0.005 } : s))
            )
            : metrics;

    private static string Labels(string key) =>
        string.Join(",", key.Split(',').Select(l => l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    /// <summary>Ids as long as spans have them.</summary>
    private static TraceQlQuery Padded(TraceQlQuery query)
    {
        var text = query.ToString();
        foreach (var (field, values) in Vocabulary.Of(query).Words)
        {
            var length = field is not IntrinsicReference r
                ? 0
                : r.Intrinsic switch
                {
                    Intrinsic.TraceId or Intrinsic.LinkTraceId => 32,
                    Intrinsic.SpanId or Intrinsic.ParentId or Intrinsic.LinkSpanId => 16,
                    _ => 0,
                };
            foreach (var value in values.Where(v => length > 0 && v.Kind == LiteralKind.Text))
                text = text.Replace($"\"{value.Text}\"", $"\"{value.Text.PadLeft(length, '0')}\"", StringComparison.Ordinal);
        }

        return TraceQlParser.Parse(text);
    }

    public static string Percent(int part, int of) =>
        of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{part} of {of} ({100.0 * part / of:0} %)");
}
