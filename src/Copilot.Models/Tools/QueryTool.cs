using System.ComponentModel;
using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>The frame as a tool: what the built-in reader makes of words, a caller writes as arguments, and the same engine runs
/// it.</summary>
/// <param name="answer">Answers a plan, and keeps the answer.</param>
internal sealed class QueryTool(ToolArguments arguments, Func<QuestionPlan, CancellationToken, Task<Answer>> answer)
{
    private readonly KnownFields _fields = new(arguments.Catalogue);

    [KernelFunction("query")]
    [Description(
        "Counts, measures, groups, compares, ranks or lists, exactly. over: requests (spans that enter a service), spans (all), traces, "
            + "logs, errors (exceptions and messages, equal ones as one), or a metric by its name. Without measures the things "
            + "themselves are listed."
    )]
    public async Task<ToolResult> QueryAsync(
        [Description("requests, spans, traces, logs, errors, or a metric's name")] string over = "requests",
        [Description(
            "count, failed, succeeded, error_rate, success_rate, rate, rate/min, rate/h, peak_rate, mean, min, max, sum, stddev, "
                + "p50…p99.9 (of the duration in ms; of a field: p95(span.size)), distinct(FIELD), share(CONDITION), share(failed), "
                + "share(slow); of metrics also last, increase"
        )]
            string[]? measures = null,
        [Description("A row for each: service, operation, team, or fields such as span.currency, kind")] string[]? by = null,
        [Description(
            "TraceQL condition on the thing itself: span.currency = \"CHF\" && !(name =~ \"GET.*\") && duration > 1s. "
                + "Of logs severity (number; 13 warn, 17 error), body and attributes are fields"
        )]
            string? where = null,
        [Description("Conditions that spans of the same trace meet, each by some span")] string[]? inTrace = null,
        [Description("Conditions that no span of the same trace meets")] string[]? notInTrace = null,
        string[]? services = null,
        [Description("Exact span names")] string[]? operations = null,
        [Description("failed, succeeded or slow (above the mean of its operation); any by default")] string? state = null,
        [Description("RFC 3339 or before now (-30m); default 15 minutes before the end")] string? from = null,
        [Description("Exclusive; default now")] string? to = null,
        [Description("Compare with another window")] string? againstFrom = null,
        string? againstTo = null,
        [Description("Compare two conditions instead, first and second")] string[]? sides = null,
        [Description("Over time, in steps of 30s, 5m, 1h")] string? step = null,
        [Description("highest or lowest: only that step, with its time")] string? reduce = null,
        [Description("most or least first, by the first measure; lists: newest, oldest, slowest or fastest")] string? order = null,
        [Description("Only rows above this (below, with least) in the first measure")] double? threshold = null,
        int? limit = null,
        [Description("From an earlier result, for what follows")] string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var page = Page.Of(limit, cursor, applied: true);
        var plan = arguments.Plan(QuestionKind.Query, services, operations, from, to);
        var (act, population, metric) = Over(over, measures);
        var sorted = ToolArguments.OneOf(order, nameof(order), "most", "least", "newest", "oldest", "slowest", "fastest");
        FrameGroup[] groups = [.. (by ?? []).Where(name => name.Length > 0).Select(name => Group(name, population, plan))];
        var (own, below) = Conditions(where, population, plan);
        var frame = new QueryFrame
        {
            Act = act,
            Over = population,
            Metric = metric,
            State = StateOf(state),
            Where = own,
            InTrace = [.. below, .. (inTrace ?? []).Select(condition => _fields.Condition(condition, FramePopulation.Spans))],
            NotInTrace = [.. (notInTrace ?? []).Select(condition => _fields.Condition(condition, FramePopulation.Spans))],
            Measures =
                act == FrameAct.List && sorted is "slowest" or "fastest"
                    ? [FrameMeasure.Plain(MeasureKind.Maximum)]
                    : [.. (measures ?? []).Select(measure => MeasureGrammar.Read(measure, population, _fields))],
            By = groups,
            OverTime = step is { Length: > 0 } || reduce is { Length: > 0 },
            Step = step is { Length: > 0 } ? ToolArguments.Length(step, nameof(step)) : null,
            Reduce = ToolArguments.OneOf(reduce, nameof(reduce), "none", "highest", "lowest") switch
            {
                "highest" => FrameReduction.Highest,
                "lowest" => FrameReduction.Lowest,
                _ => null,
            },
            AsksWhen = reduce is { Length: > 0 },
            Ascending = sorted is "least" or "oldest" or "fastest",
            Threshold = threshold,
            Limit = page.Limit,
            Offset = page.Offset,
            Sides = Sides(sides, population),
        };
        if (againstFrom is { Length: > 0 } || againstTo is { Length: > 0 })
            plan = plan with { Baseline = arguments.Window(againstFrom, againstTo) };
        return ToolResult.Of(await answer(plan with { Frame = frame }, cancellationToken), page);
    }

    private (FrameAct Act, FramePopulation Over, string? Metric) Over(string over, string[]? measures)
    {
        var act = measures is { Length: > 0 } ? FrameAct.Measure : FrameAct.List;
        switch (over.Trim().ToLowerInvariant())
        {
            case "requests" or "":
                return (act, FramePopulation.Requests, null);
            case "spans":
                return (act, FramePopulation.Spans, null);
            case "traces":
                return (act, FramePopulation.Traces, null);
            case "logs":
                return (act, FramePopulation.Logs, null);
            case "errors":
                return (FrameAct.Errors, FramePopulation.Requests, null);
            default:
                break;
        }

        var name = over.Trim();
        return
            arguments.Catalogue.Metrics.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } metric
            ? (FrameAct.Measure, FramePopulation.Metric, metric.Name)
            : throw new ArgumentException(
                $"'over' is requests, spans, traces, logs, errors or the name of a metric; no metric is called `{name}`."
                    + Nearest.Offered(name, arguments.Catalogue.Metrics.Select(known => known.Name))
            );
    }

    private FrameGroup Group(string name, FramePopulation over, QuestionPlan plan)
    {
        switch (name.Trim().ToLowerInvariant())
        {
            case "service" or "resource.service.name":
                return FrameGroup.Service;
            case "operation" or "name":
                return FrameGroup.Operation;
            case "team" or "owner":
                return FrameGroup.Team;
            case "time":
                throw new ArgumentException("Over time is asked for with 'step', not with 'by'.");
            default:
                var field = _fields.Operand(name, over);
                return new FrameGroup
                {
                    Kind = FrameGroupKind.Attribute,
                    Field = field,
                    InTrace = over == FramePopulation.Requests && _fields.IsBelow(field, plan.Services),
                };
        }
    }

    // What no request carries itself is met by a span below it.
    private (FieldExpression? Own, IReadOnlyList<FieldExpression> Below) Conditions(string? where, FramePopulation over, QuestionPlan plan)
    {
        if (string.IsNullOrWhiteSpace(where))
            return (null, []);
        var terms = Terms(_fields.Condition(where, over)).ToList();
        var below = over == FramePopulation.Requests ? terms.Where(term => _fields.IsBelow(term, plan.Services)).ToList() : [];
        return (Field.All(terms.Except(below)), below);
    }

    private static IEnumerable<FieldExpression> Terms(FieldExpression condition) =>
        condition is FieldBinary { Operator: FieldOperator.And } both ? Terms(both.Left).Concat(Terms(both.Right)) : [condition];

    private FrameSides? Sides(string[]? sides, FramePopulation over) =>
        sides switch
        {
            null or [] => null,
            [var first, var second] => new FrameSides(first, _fields.Condition(first, over), second, _fields.Condition(second, over)),
            _ => throw new ArgumentException($"'sides' takes two conditions, the first and the second; it got {sides.Length}."),
        };

    private static RecordState StateOf(string? state) =>
        ToolArguments.OneOf(state, nameof(state), "any", "failed", "succeeded", "slow") switch
        {
            "failed" => RecordState.Failed,
            "succeeded" => RecordState.Succeeded,
            "slow" => RecordState.Slow,
            _ => RecordState.Any,
        };
}
