using Copilot.Answers.Contract;
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

    public static TurnFocus Of(Answer answer) => answer.Result.Match(Cases);

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
        };

    private static List<string> First(ServicesResult services)
    {
        var causes = services.Items.Where(i => i.Role == "cause").Select(i => i.Service).ToList();
        return causes.Count > 0 ? causes : [.. services.Items.Select(i => i.Service).Take(1)];
    }
}
