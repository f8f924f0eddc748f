using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>Metrics functions and the second stages after them.</summary>
internal sealed class MetricsParser(TokenReader tokens, FieldParser fields, StageParser stages)
{
    public bool TryParseFunction(List<PipelineStage> source, [NotNullWhen(true)] out MetricsQuery? metrics)
    {
        metrics = null;
        var start = tokens.Current;
        if (tokens.AtCall("topk") || tokens.AtCall("bottomk"))
            throw new SyntaxException($"unexpected `{start.Text}`, it needs a metrics function such as rate() before it", start.At);
        if (start.Kind != TokenKind.Word || !tokens.Next.IsSymbol("(") || !MetricsFunctions.TryParse(start.Text, out var kind))
            return false;
        if (source.Count == 0)
            throw new SyntaxException($"unexpected `{start.Text}`, it needs spans before it, such as {{ }} | {start.Text}(…)", start.At);
        tokens.Take();
        tokens.Expect("(");
        var function = kind switch
        {
            MetricsFunctionKind.Compare => new MetricsFunction(kind) { Compare = ParseCompare() },
            _ when kind.TakesField() => new MetricsFunction(kind) { Field = fields.ParseReference(), Quantiles = ParseQuantiles(kind) },
            _ => new MetricsFunction(kind),
        };
        tokens.Expect(")");
        if (tokens.AtCall("by") && kind != MetricsFunctionKind.Compare)
            function = function with { By = stages.ParseReferences() };
        metrics = new MetricsQuery(new Pipeline([.. source]), function with { At = start.At.To(tokens.Previous.At) });
        return true;
    }

    public MetricsExpression ParseSecondStages(MetricsExpression source, Func<double> parseConstant)
    {
        var found = new List<MetricsStage>();
        while (true)
        {
            var start = tokens.Current;
            if (start.Kind == TokenKind.Symbol && FieldOperators.TryParse(start.Text, out var op) && op.IsComparison() && !op.IsRegex())
            {
                tokens.Take();
                var value = parseConstant();
                found.Add(new ThresholdStage(op, value) { At = start.At.To(tokens.Previous.At) });
            }
            else if (start.IsSymbol("|"))
            {
                tokens.Take();
                found.Add(ParseRank());
            }
            else
            {
                return found.Count == 0 ? source : new StagedMetrics(source, [.. found]);
            }
        }
    }

    private RankStage ParseRank()
    {
        var start = tokens.Current;
        if (!tokens.AtCall("topk") && !tokens.AtCall("bottomk"))
            throw tokens.Unexpected("topk(n) or bottomk(n)");
        tokens.Take();
        tokens.Expect("(");
        var count = ParseCount();
        tokens.Expect(")");
        return new RankStage(start.Text == "topk", count) { At = start.At.To(tokens.Previous.At) };
    }

    private int ParseCount()
    {
        if (tokens.Current.Kind != TokenKind.Integer)
            throw tokens.Unexpected("a whole number");
        var token = tokens.Take();
        return token.Magnitude <= int.MaxValue ? (int)token.Magnitude : throw new SyntaxException("the number is too large", token.At);
    }

    private EquatableList<double> ParseQuantiles(MetricsFunctionKind kind)
    {
        if (kind != MetricsFunctionKind.QuantileOverTime)
            return [];
        var quantiles = new List<double>();
        tokens.Expect(",");
        do
        {
            if (tokens.Current.Kind is not (TokenKind.Integer or TokenKind.Float))
                throw tokens.Unexpected("a quantile from 0 to 1");
            var token = tokens.Take();
            quantiles.Add(token.Kind == TokenKind.Float ? token.Float : token.Magnitude);
        } while (tokens.TakeIf(","));
        return [.. quantiles];
    }

    private CompareArguments ParseCompare()
    {
        var arguments = new CompareArguments(stages.ParseFilter());
        if (!tokens.TakeIf(","))
            return arguments;
        arguments = arguments with { TopN = ParseCount() };
        if (!tokens.TakeIf(","))
            return arguments;
        var start = ParseTime();
        tokens.Expect(",");
        return arguments with { StartNanoseconds = start, EndNanoseconds = ParseTime() };
    }

    private long ParseTime()
    {
        if (tokens.Current.Kind != TokenKind.Integer)
            throw tokens.Unexpected("a time in Unix nanoseconds");
        var token = tokens.Take();
        return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw new SyntaxException("the time is too large", token.At);
    }
}
