using Copilot.Language.Questions;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Plans;

/// <summary>The trouble that an answer told: whose requests show it, how, and from when to when.</summary>
public sealed record TroubleFocus(string Service, bool Failing, DateTimeOffset From, DateTimeOffset To);

/// <summary>"Which traces?" after a cause means those that show it, not the newest of everything.</summary>
internal static class TroubleTraces
{
    public static QuestionPlan Of(QuestionPlan plan, PreviousTurn? before) =>
        before?.Trouble is { } trouble && IsBare(plan, before)
            ? plan with
            {
                Services = [new ServiceReference(trouble.Service, ServiceStanding.Instrumented, PlannedWindow.FromConversation)],
                Traces = new TraceSelection { FailedAtService = trouble.Failing, Slow = !trouble.Failing },
                Window = PlannedWindow.At(new TimeWindow(trouble.From, trouble.To), PlannedWindow.FromTrouble),
            }
            : plan;

    // Nothing is said of them but that they are traces.
    private static bool IsBare(QuestionPlan plan, PreviousTurn before) =>
        plan
            is {
                Kind: QuestionKind.Traces,
                Frame: null,
                TraceQl: null,
                More.Count: 0,
                Operations.Count: 0,
                Conditions.Count: 0,
                Ignored.Count: 0,
                Window: null or { Source: PlannedWindow.FromConversation or PlannedWindow.FromDefault }
            }
        && IsAny(plan.Traces!, before.Plan)
        && plan.Services.All(service => before.FocusServices.Contains(service.Name, StringComparer.OrdinalIgnoreCase));

    // After "why does it fail?" they are the failed ones already.
    private static bool IsAny(TraceSelection traces, QuestionPlan before) =>
        traces == new TraceSelection() || before.Trouble is not null && traces == new TraceSelection { Failed = true };
}
