using System.Globalization;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Tests.Readings;

/// <summary>A frame in one line: first the shape of what it asks for, as the ask API names it, then the parts of the plan, then its own.</summary>
internal static class ToldFrame
{
    public static string Line(QuestionPlan plan, QueryFrame frame)
    {
        var compared = frame.Sides is not null || plan.Baseline is not null;
        var parts = new List<string> { Shape(frame, compared) };
        if (plan.Window is { IsDefault: false } window && !compared)
            parts.Add(Told.Text(window));
        parts.AddRange(Told.Subject(plan));
        if (frame.CalledBy.Count > 0)
            parts.Add($"called by {string.Join(",", frame.CalledBy)}");
        if (frame.Sides is { } sides)
            parts.Add($"{sides.BeforeLabel} / {sides.AfterLabel}");
        else if (plan.Baseline is { } before)
            parts.Add($"{Told.Text(before)} / {Told.Text(plan.Window!)}");
        parts.AddRange(frame.Over == FramePopulation.Logs ? Logs(frame) : State(frame));
        parts.AddRange(Shares(frame));
        parts.AddRange(Rows(frame));
        parts.AddRange(Time(frame));
        return string.Join(" ", parts.Where(p => p.Length > 0));
    }

    private static bool IsBreakdown(QueryFrame frame) =>
        frame
            is {
                Over: FramePopulation.Requests,
                Measures: [{ Kind: MeasureKind.Count or MeasureKind.Failed }],
                By: [{ Kind: FrameGroupKind.Attribute }],
                OverTime: false,
                Sides: null
            };

    private static bool IsRank(QueryFrame frame) =>
        frame is { Act: FrameAct.Rank, By: [{ Kind: not FrameGroupKind.Attribute }], Measures.Count: 1, Over: not FramePopulation.Logs };

    private static string Shape(QueryFrame frame, bool compared)
    {
        var measures = string.Join("+", frame.Measures.Select(m => Measure(m, frame.Over)));
        return frame switch
            {
                { Act: FrameAct.Errors } => "errors",
                _ when compared => $"comparison {measures}",
                { OverTime: true } => $"series {measures}",
                { Over: FramePopulation.Logs, Act: FrameAct.Measure, By.Count: 0 } => $"logs {measures}",
                { Over: FramePopulation.Logs } => "logs",
                _ when IsBreakdown(frame) => "breakdown",
                _ when IsRank(frame) => frame.By[0].Kind == FrameGroupKind.Service ? "services" : "operations",
                { By.Count: > 0 } => $"table {measures}",
                _ => measures,
            } + (frame.Metric is { } metric ? $" {metric}" : "");
    }

    private static string Measure(FrameMeasure measure, FramePopulation over)
    {
        var of = measure.Of is { } field ? $"({field})" : "";
        var per = measure.Per is { } time ? $" per {Length(time)}" : "";
        return measure.Name(over) + of + per;
    }

    private static IEnumerable<string> Logs(QueryFrame frame)
    {
        var terms = Terms(frame.Where).ToList();
        var text = terms.OfType<FieldBinary>().FirstOrDefault(t => t.Operator == FieldOperator.Matches);
        yield return frame.Act switch
        {
            FrameAct.List => "List",
            FrameAct.Rank => "Services",
            _ => "Count",
        };
        yield return text is null ? "any" : Literal(text);
        foreach (var term in terms.OfType<FieldBinary>().Where(t => t != text))
            yield return $"{Sign(term.Operator)}{term.Right}";
    }

    private static string Literal(FieldBinary match) =>
        match.Right.ToString()!.Trim('"').Replace("(?i).*", "", StringComparison.Ordinal).Replace(".*", "", StringComparison.Ordinal);

    private static string Sign(FieldOperator op) =>
        op switch
        {
            FieldOperator.GreaterOrEqual => ">=",
            FieldOperator.Less => "<",
            _ => $" {op} ",
        };

    private static IEnumerable<FieldExpression> Terms(FieldExpression? where) =>
        where switch
        {
            null => [],
            FieldBinary { Operator: FieldOperator.And } and => Terms(and.Left).Concat(Terms(and.Right)),
            _ => [where],
        };

    private static IEnumerable<string> State(QueryFrame frame)
    {
        if (frame.Where is { } where)
            yield return where.ToString()!;
        foreach (var within in frame.InTrace)
            yield return $"in trace {within}";
        foreach (var without in frame.NotInTrace)
            yield return $"not in trace {without}";
        if (frame.State != RecordState.Any)
            yield return Name(frame.State);
    }

    private static string Name(RecordState state) =>
        state switch
        {
            RecordState.Failed => "failed",
            RecordState.Succeeded => "ok",
            _ => "slow",
        };

    private static IEnumerable<string> Shares(QueryFrame frame)
    {
        foreach (var measure in frame.Measures.Where(m => m.Kind == MeasureKind.Share))
            yield return $"part {measure.Part}{(measure.PartState == RecordState.Any ? "" : Name(measure.PartState))}";
    }

    private static IEnumerable<string> Rows(QueryFrame frame)
    {
        if (IsRank(frame))
            yield return $"by {Measure(frame.Measures[0], frame.Over)}";
        else if (frame.By.Count > 0 && frame is not { Over: FramePopulation.Logs, Act: FrameAct.Rank })
            yield return (
                !IsBreakdown(frame) ? ""
                : frame.Measures[0].Kind == MeasureKind.Failed ? "Failed "
                : "All "
            ) + $"by {string.Join("+", frame.By.Select(g => g.Column + (g.InTrace ? " in trace" : "")))}";
        if (frame.Limit is { } limit)
            yield return string.Create(CultureInfo.InvariantCulture, $"top {limit}");
        if (frame.Offset > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"after {frame.Offset}");
        if (frame.Threshold is { } bound)
            yield return string.Create(CultureInfo.InvariantCulture, $"{(frame.Ascending ? "<" : ">")}{bound}");
        else if (frame.Ascending)
            yield return "ascending";
    }

    private static IEnumerable<string> Time(QueryFrame frame)
    {
        if (frame.Step is { } step)
            yield return $"every {Length(step)}";
        if (frame.Reduce is { } reduce)
            yield return reduce.ToString();
        if (frame.AsksWhen)
            yield return "when";
    }

    private static string Length(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds}s");
}
