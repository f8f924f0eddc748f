using Copilot.Answers.Contract;
using Copilot.Language.Plans;
using Copilot.Language.Questions;

namespace Copilot.Answers.Conversations;

/// <summary>What the next question's "it" and "the slowest one" can mean: what an answer put first.</summary>
internal sealed record TurnFocus(IReadOnlyList<string> Services, IReadOnlyList<string> Operations, IReadOnlyList<ShownTrace> Traces)
{
    private const int MostTraces = 100;

    public static TurnFocus Of(Answer answer) =>
        answer.Result switch
        {
            ServicesResult services => new(First(services), [], []),
            OwnersResult owners => new([.. owners.Items.Select(o => o.Service).Take(5)], [], []),
            OperationsResult operations => new(
                [.. operations.Items.Select(o => o.Service).Take(1)],
                [.. operations.Items.Select(o => o.Operation).Take(1)],
                []
            ),
            TracesResult traces => new(
                [],
                [],
                [.. traces.Items.Take(MostTraces).Select(t => new ShownTrace(t.TraceId, t.DurationMs, t.ErrorSpans))]
            ),
            TraceResult trace => new([], [], [new ShownTrace(trace.TraceId, trace.DurationMs, 0)]),
            _ => new([], [], []),
        };

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
