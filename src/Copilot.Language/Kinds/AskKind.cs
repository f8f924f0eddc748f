using Copilot.Language.Frames;
using Copilot.Language.Questions;

namespace Copilot.Language.Kinds;

/// <summary>What an ask wants to get, whatever it is about: the shape of its answer.</summary>
internal enum AskKind
{
    Number,
    Table,
    By,
    RankServices,
    RankOperations,
    Series,
    Peak,
    Comparison,
    Traces,
    Trace,
    Errors,
    Logs,
    Period,
    Cause,
    Affected,
    Overview,
    Summary,
    Owners,
    Changes,
    Callers,
    Callees,
    Common,
    Runbook,
    TimeGoes,
    Refused,

    /// <summary>Nothing is asked for: a story, a reason, a greeting, a time or a name that holds for what is asked beside it.</summary>
    Told,
}

/// <summary>The kind of what was read.</summary>
internal static class AskKinds
{
    /// <summary>Null for a question back, and for what no kind is learned of.</summary>
    public static AskKind? Of(QuestionPlan plan) =>
        plan.Kind switch
        {
            QuestionKind.Query when plan.Frame is { } frame => Of(plan, frame),
            QuestionKind.Measure => AskKind.Number,
            QuestionKind.Series => AskKind.Series,
            QuestionKind.Comparison => AskKind.Comparison,
            QuestionKind.Breakdown => plan.Breakdown is { Attributes.Count: > 0 } ? AskKind.By : AskKind.Common,
            QuestionKind.Traces => AskKind.Traces,
            QuestionKind.Trace => AskKind.Trace,
            QuestionKind.Operations => AskKind.RankOperations,
            QuestionKind.Services => AskKind.RankServices,
            QuestionKind.Affected => AskKind.Affected,
            QuestionKind.Callers => AskKind.Callers,
            QuestionKind.Callees => AskKind.Callees,
            QuestionKind.Cause => AskKind.Cause,
            QuestionKind.Owners or QuestionKind.Involved => AskKind.Owners,
            QuestionKind.Changes => AskKind.Changes,
            QuestionKind.Overview => AskKind.Overview,
            QuestionKind.Period => AskKind.Period,
            QuestionKind.Summary => AskKind.Summary,
            QuestionKind.Runbooks => AskKind.Runbook,
            QuestionKind.TimeSpent => AskKind.TimeGoes,
            QuestionKind.Logs => plan.Logs?.Shape == LogShape.Count ? AskKind.Number : AskKind.Logs,
            _ => null,
        };

    private static AskKind Of(QuestionPlan plan, QueryFrame frame)
    {
        if (frame.Act == FrameAct.Errors)
            return AskKind.Errors;
        if (frame.Act == FrameAct.List)
            return frame.Over == FramePopulation.Logs ? AskKind.Logs : AskKind.Traces;
        if (frame.Reduce is not null)
            return AskKind.Peak;
        if (frame.OverTime)
            return AskKind.Series;
        if (plan.Baseline is not null || frame.Sides is not null)
            return AskKind.Comparison;
        return frame.By.Count > 0
                ? frame.By[0].Kind switch
                {
                    FrameGroupKind.Service => AskKind.RankServices,
                    FrameGroupKind.Operation => AskKind.RankOperations,
                    _ => AskKind.By,
                }
            : frame.Measures.Count > 1 ? AskKind.Table
            : AskKind.Number;
    }
}
