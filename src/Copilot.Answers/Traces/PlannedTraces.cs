using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Traces;

/// <summary>A plan's traces: as the reads take them, as TraceQL, and in words.</summary>
internal static class PlannedTraces
{
    public static WantedTraces WantedBy(Inquiry inquiry) =>
        new()
        {
            Window = inquiry.Window,
            Filter = PlanSpans.FilterOf(
                inquiry.Plan with
                {
                    Conditions = [.. inquiry.Plan.Conditions.Where(condition => !IsLeftOut(condition))],
                }
            ),
            WithoutServices = LeftOut(inquiry.Plan),
            Selection = inquiry.Plan.Traces ?? new TraceSelection(),
        };

    // A trace that leaves a service out has no span of it at all.
    private static bool IsLeftOut(AttributeCondition condition) =>
        condition is { Key: "service.name", Operator: ConditionOperator.NotEqual };

    private static IReadOnlyList<string> LeftOut(QuestionPlan plan) =>
        [.. plan.Conditions.Where(IsLeftOut).SelectMany(condition => condition.Values)];

    /// <summary>The peer that the question names is called by address, so its traces are those with a call to it.</summary>
    public static WantedTraces Calling(this WantedTraces wanted, IReadOnlyList<string> addresses) =>
        wanted with
        {
            Filter = wanted.Filter with
            {
                Conditions =
                [
                    .. wanted.Filter.Conditions,
                    SpanCondition.Parse(
                        string.Join(" || ", addresses.Select(a => $"span.server.address = {PlanFilter.Quote(a)}")),
                        anywhereInTrace: true
                    ),
                ],
            },
        };

    public static string TraceQl(QuestionPlan plan)
    {
        var wanted = plan.Traces ?? new TraceSelection();
        var without = LeftOut(plan);
        plan = plan with { Conditions = [.. plan.Conditions.Where(condition => !IsLeftOut(condition))] };
        var stages = new List<string> { plan.Services.Count + plan.Operations.Count > 0 ? PlanSpans.Requests(plan) : PlanSpans.All(plan) };
        if (wanted.Failed || wanted.RootFineButFailedBelow)
            stages.Add($"{{ {PlanFilter.Failed} }}");
        if (wanted.RootFineButFailedBelow)
            stages.Add($"{{ nestedSetParent < 0 && !{PlanFilter.Failed} }}");
        if (wanted.LongerThan is { } longer)
            stages.Add(FormattableString.Invariant($"{{ duration > {longer.TotalMilliseconds:0.###}ms }}"));
        if (wanted.ShorterThan is { } shorter)
            stages.Add(FormattableString.Invariant($"{{ duration < {shorter.TotalMilliseconds:0.###}ms }}"));
        var query = string.Join(" && ", stages.Distinct());
        // Neither a mean to compare with nor logs have a form in TraceQL; what is asked beyond it stands behind a comment sign.
        var beyond = new List<string>();
        if (wanted.Slow)
            beyond.Add("duration above the mean of the same service and operation in the window");
        if (without.Count > 0)
            beyond.Add($"no span of {string.Join(", ", without.Select(PlanFilter.Quote))}");
        if (wanted.Succeeded)
            beyond.Add("no span with status error");
        if (wanted.LogText is { } text)
            beyond.Add($"a log record that contains {PlanFilter.Quote(text)}");
        return beyond.Count == 0 ? query : $"{query} // {string.Join("; ", beyond)}";
    }

    /// <summary>"slow traces with errors".</summary>
    public static string Describe(TraceSelection wanted)
    {
        var words = wanted.Slow ? "traces with above-average latency" : "traces";
        var more = new List<string>();
        if (wanted.RootFineButFailedBelow)
            more.Add("a root span without error and an error below it");
        else if (wanted.FailedAtService)
            more.Add("a failed request there");
        else if (wanted.Failed)
            more.Add("errors");
        if (wanted.Succeeded)
            more.Add("no errors");
        if (wanted.LongerThan is { } longer)
            more.Add($"a duration above {Asked(longer)}");
        if (wanted.ShorterThan is { } shorter)
            more.Add($"a duration below {Asked(shorter)}");
        if (wanted.LogText is { } text)
            more.Add($"a log record saying {AnswerWords.Name(text)}");
        return more.Count == 0 ? words : $"{words} {(wanted.Slow ? "and" : "with")} {string.Join(" and ", more)}";
    }

    // A bound is the asker's own and stays to the digit.
    private static string Asked(TimeSpan bound) => FormattableString.Invariant($"{bound.TotalMilliseconds:#,0.######} ms");
}
