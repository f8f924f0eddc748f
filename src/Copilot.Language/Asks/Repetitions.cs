using Copilot.Language.Frames;
using Copilot.Language.Questions;

namespace Copilot.Language.Asks;

/// <summary>The same asked twice in one message.</summary>
internal static class Repetitions
{
    public static bool IsSaidAgain(QuestionPlan plan, QuestionPlan again) =>
        plan
            is { Frame: { Over: FramePopulation.Requests, By.Count: 0, Measures: [var measure] }, Conditions.Count: 0, Operations.Count: 0 }
        && again is { Frame.Over: FramePopulation.Requests, Window.IsDefault: false }
        && again.Frame.Measures.Contains(measure)
        && plan.Services.All(s => again.Services.Any(o => o.Name == s.Name));

    public static bool IsSameFigure(QuestionPlan plan, QuestionPlan again) =>
        plan.Kind == again.Kind && plan.Kind is QuestionKind.Query or QuestionKind.Breakdown && Told(plan) == Told(again);

    /// <summary>"In which minute were there most requests, and how many were they?": the peak tells it.</summary>
    public static bool IsOfPeak(QuestionPlan peak, QuestionPlan again) =>
        peak.Frame is { Reduce: not null } top
        && again.Frame is { By.Count: 0, OverTime: false, Sides: null } figure
        && again.Window?.Window == peak.Window?.Window
        && figure.Measures.SequenceEqual(top.Measures)
        && figure.Where?.ToString() == top.Where?.ToString()
        && again.Conditions.Count == peak.Conditions.Count
        && SameServices(peak, again);

    // All that is computed, without the words that it was read from.
    private static string Told(QuestionPlan plan) =>
        System.Text.Json.JsonSerializer.Serialize(
            new
            {
                plan.Window?.Window,
                plan.Window?.Anchor,
                Baseline = plan.Baseline?.Window,
                Services = plan.Services.Select(s => s.Name),
                Operations = plan.Operations.Select(o => o.Name),
                Conditions = plan.Conditions.Select(c => $"{c.Key} {c.Operator} {string.Join('|', c.Values)}"),
                plan.Frame,
                plan.Breakdown,
            }
        );

    /// <summary>One answer tells it: of the same things and the same time, with nothing that would make it a figure of its own.</summary>
    public static bool IsSame(QuestionPlan one, QuestionPlan other) =>
        one.Kind == other.Kind
        && one.Kind
            is QuestionKind.Cause
                or QuestionKind.Affected
                or QuestionKind.Period
                or QuestionKind.Summary
                or QuestionKind.Callers
                or QuestionKind.Callees
                or QuestionKind.Breakdown
                or QuestionKind.Owners
                or QuestionKind.Runbooks
                or QuestionKind.TimeSpent
        && SameServices(one, other)
        && one.Unowned == other.Unowned
        && one.OnCall == other.OnCall
        && one.Window?.Window == other.Window?.Window
        && one.Conditions.Count + other.Conditions.Count + one.Operations.Count + other.Operations.Count == 0
        && (one.Breakdown?.Attributes.Count ?? 0) + (other.Breakdown?.Attributes.Count ?? 0) == 0;

    public static bool SameServices(QuestionPlan one, QuestionPlan other) =>
        one.Services.Select(s => s.Name).SequenceEqual(other.Services.Select(s => s.Name), StringComparer.Ordinal);
}
