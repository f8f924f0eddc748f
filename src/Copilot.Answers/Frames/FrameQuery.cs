using System.Globalization;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>
/// A frame over requests, spans or traces as the query that is shown of it: TraceQL where that can say it, named terms where it has no
/// words. Nothing that narrows is left out.
/// </summary>
public static class FrameQuery
{
    private const string Entry = "(kind = server || kind = consumer || nestedSetParent < 0)";

    /// <param name="plan">Services, operations and conditions.</param>
    /// <param name="frame">The rest.</param>
    public static string Print(QuestionPlan plan, QueryFrame frame)
    {
        var measures = frame.Measures.Select(Measure).ToList();
        var by = frame.By.Select(Group).ToList();
        var then = (frame.Act, measures.Count) switch
        {
            (FrameAct.List, _) => by.Count > 0 ? $" | select({string.Join(", ", by)})" : string.Empty,
            (_, 0) => string.Empty,
            _ => $" | {string.Join(", ", measures)}{(by.Count > 0 ? $" by ({string.Join(", ", by)})" : string.Empty)}",
        };
        return Population(plan, frame) + then + Rows(frame);
    }

    private static string Population(QuestionPlan plan, QueryFrame frame)
    {
        var own = plan with { Conditions = [.. plan.Conditions.Where(c => c.OnEntry)], Measure = null, Traces = null };
        var terms = new List<string>();
        if (PlanFilter.ToTraceQl(own) is { } filter)
            terms.Add(filter[2..^2]);
        if (frame.Where is { } where)
            terms.Add(Term(where));
        var traces = plan
            .Conditions.Where(c => !c.OnEntry)
            .Select(PlanFilter.Term)
            .Concat(frame.InTrace.Select(e => e.ToString()))
            .ToList();
        var failed = frame.Over == FramePopulation.Spans ? "status = error" : PlanFilter.Failed;
        var ofTraces = frame.Over == FramePopulation.Traces;
        if (!ofTraces && frame.State is RecordState.Failed)
            terms.Add(failed);
        if (!ofTraces && frame.State is RecordState.Succeeded)
            terms.Add($"!({failed})");
        if (frame.Over == FramePopulation.Requests)
            terms.Add(Entry);
        if (ofTraces && frame.State == RecordState.Failed)
            traces.Add(failed);
        var text =
            (ofTraces && terms.Count > 0 ? "traces with " : string.Empty)
            + Callers(frame)
            + Braces(ofTraces && terms.Count == 0 ? ["nestedSetParent < 0"] : terms);
        if (traces.Count > 0)
            text += (ofTraces ? " and with " : " in traces with ") + string.Join(" and ", traces.Select(t => $"{{ {t} }}"));
        if (frame.NotInTrace.Count > 0)
            text +=
                (ofTraces || traces.Count > 0 ? " and without " : " in traces without ")
                + string.Join(" and ", frame.NotInTrace.Select(e => $"{{ {e} }}"));
        if (ofTraces && frame.State == RecordState.Succeeded)
            text += $" and without {{ {failed} }}";
        return frame.State == RecordState.Slow ? text + " longer than the mean of their operation" : text;
    }

    private static string Callers(QueryFrame frame) =>
        frame.CalledBy.Count == 0
            ? string.Empty
            : $"{{ {string.Join(" || ", frame.CalledBy.Select(service => $"resource.service.name = {PlanFilter.Quote(service)}"))} }} > ";

    private static string Braces(IReadOnlyList<string> terms) => terms.Count == 0 ? "{ }" : $"{{ {string.Join(" && ", terms)} }}";

    private static string Term(FieldExpression condition) =>
        condition is FieldBinary { Operator: FieldOperator.Or } ? $"({condition})" : condition.ToString();

    private static string Group(FrameGroup group) =>
        group.Kind switch
        {
            FrameGroupKind.Service => "resource.service.name",
            FrameGroupKind.Operation => "resource.service.name, name",
            _ => group.Field + (group.InTrace ? " anywhere in the trace" : string.Empty),
        };

    private static string Measure(FrameMeasure measure)
    {
        var of = measure.Of?.ToString() ?? "duration";
        return measure.Kind switch
        {
            MeasureKind.Count => "count_over_time()",
            MeasureKind.Failed => "failed_count",
            MeasureKind.Succeeded => "success_count",
            MeasureKind.ErrorRate => "error_rate",
            MeasureKind.SuccessRate => "success_rate",
            MeasureKind.Rate => "rate()" + Per(measure),
            MeasureKind.PeakRate => "highest rate()" + Per(measure),
            MeasureKind.Mean => $"avg_over_time({of})",
            MeasureKind.Minimum => $"min_over_time({of})",
            MeasureKind.Maximum => $"max_over_time({of})",
            MeasureKind.Sum => $"sum_over_time({of})",
            MeasureKind.StandardDeviation => $"stddev({of})",
            MeasureKind.Percentile => string.Create(
                CultureInfo.InvariantCulture,
                $"quantile_over_time({of}, {(decimal)(measure.Percent ?? 0) / 100:0.######})"
            ),
            MeasureKind.Distinct => $"distinct({of})",
            MeasureKind.Share => $"share of {Braces(Part(measure))}",
            MeasureKind.Last => $"last({of})",
            _ => $"increase({of})",
        };
    }

    private static List<string> Part(FrameMeasure measure)
    {
        var terms = new List<string>();
        if (measure.Part is { } part)
            terms.Add(Term(part));
        if (measure.PartState != RecordState.Any)
            terms.Add(
                measure.PartState switch
                {
                    RecordState.Failed => "failed",
                    RecordState.Succeeded => "succeeded",
                    _ => "slow",
                }
            );
        return terms;
    }

    private static string Per(FrameMeasure measure) =>
        measure.Per switch
        {
            { TotalMinutes: >= 60 } => " per hour",
            { TotalSeconds: >= 60 } => " per minute",
            _ => string.Empty,
        };

    private static string Rows(QueryFrame frame)
    {
        var first = frame.Measures.Count > 0 ? frame.Measures[0] : null;
        var text =
            frame.Threshold is { } threshold && first is not null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" {(frame.Ascending ? "<" : ">")} {threshold:0.######}{(first.Unit(frame.Over) == "ms" ? "ms" : string.Empty)}"
                )
                : string.Empty;
        if (frame.Limit is not { } limit || (frame.By.Count == 0 && frame.Act != FrameAct.List))
            return text;
        var skipped = frame.Offset > 0 ? string.Create(CultureInfo.InvariantCulture, $" after {frame.Offset}") : string.Empty;
        return text + string.Create(CultureInfo.InvariantCulture, $" | {(frame.Ascending ? "bottomk" : "topk")}({limit}){skipped}");
    }
}
