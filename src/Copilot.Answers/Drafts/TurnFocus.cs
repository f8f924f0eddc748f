using Copilot.Answers.Contract;
using Copilot.Incidents.Guide;
using Copilot.Language.Plans;
using Copilot.Language.Questions;

namespace Copilot.Answers.Drafts;

/// <summary>What the next question's "it" and "the slowest one" can mean: what an answer put first.</summary>
internal sealed record TurnFocus(IReadOnlyList<string> Services, IReadOnlyList<string> Operations, IReadOnlyList<ShownTrace> Traces)
{
    private static readonly ResultCases<TurnFocus> Cases = new()
    {
        Services = services => new(First(services), [], []),
        Owners = owners => new([.. owners.Items.Select(o => o.Service).Take(ListThresholds.FocusServices)], [], []),
        Operations = operations =>
            new([.. operations.Items.Select(o => o.Service).Take(1)], [.. operations.Items.Select(o => o.Operation).Take(1)], []),
        Traces = traces =>
            new(
                [],
                [],
                [.. traces.Items.Take(ListThresholds.FocusTraces).Select(t => new ShownTrace(t.TraceId, t.DurationMs, t.ErrorSpans))]
            ),
        Trace = trace => new(Slowest(trace), [], [new ShownTrace(trace.TraceId, trace.DurationMs, 0)]),
        Scalar = Nothing,
        Comparison = Nothing,
        Series = Nothing,
        Breakdown = Nothing,
        Logs = Nothing,
        Table = Nothing,
        Period = period => new(period.Service is { } service ? [service] : [], period.Operation is { } operation ? [operation] : [], []),
        Errors = errors => new([.. errors.Items.Select(e => e.Service).Take(1)], [], []),
        Changes = changes =>
            new([.. changes.Items.Select(c => c.Service).Distinct(StringComparer.Ordinal).Take(ListThresholds.FocusServices)], [], []),
        Choices = Nothing,
        None = Nothing,
    };

    /// <summary>What "which traces?" can mean; null where no trouble was told.</summary>
    public TroubleFocus? Trouble { get; init; }

    public static TurnFocus Of(Answer answer) => answer.Result.Match(Cases) with { Trouble = TroubleOf(answer) };

    // The cause's own requests; where it has none, those of whom it harms most.
    private static TroubleFocus? TroubleOf(Answer answer)
    {
        if (answer is not { Trouble.From: { } from, Proposal: { Causes: [var cause, ..], Affected: [var worst, ..] } proposal })
            return null;
        var shown = proposal.Affected.FirstOrDefault(service => service.Service == cause.Service) ?? worst;
        return new TroubleFocus(
            shown.Service,
            proposal.Checks.Any(check => check.Service == shown.Service && check.Measure == RecoveryMeasure.ErrorRate),
            from,
            answer.Trouble.To ?? proposal.To
        );
    }

    // "and who owns the one that took so long?"
    private static List<string> Slowest(TraceResult trace) =>
        [
            .. trace
                .CriticalPath.GroupBy(step => step.Service)
                .OrderByDescending(steps => steps.Sum(step => step.SelfMs))
                .Select(steps => steps.Key)
                .Take(1),
        ];

    private static TurnFocus Nothing(AnswerResult result) => new([], [], []);

    public PreviousTurn ToTurn(QuestionPlan plan) =>
        new()
        {
            Plan = plan,
            FocusServices = Services,
            FocusOperations = Operations,
            ShownTraces = Traces,
            Trouble = Trouble,
        };

    private static List<string> First(ServicesResult services)
    {
        var causes = services.Items.Where(i => i.Role == "cause").Select(i => i.Service).ToList();
        return causes.Count > 0 ? causes : [.. services.Items.Select(i => i.Service).Take(1)];
    }
}
