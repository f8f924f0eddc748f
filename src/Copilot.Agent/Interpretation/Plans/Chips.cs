using System.Globalization;
using Copilot.Agent.Answers;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Windows;

namespace Copilot.Agent.Interpretation.Plans;

/// <summary>The reading as editable parts.</summary>
internal static class Chips
{
    public static IReadOnlyList<Chip> Of(QuestionPlan plan)
    {
        var chips = new List<Chip>();
        if (plan.Measure is { } measure)
            chips.Add(new Chip("measure", measure.Name(), measure.Name()));
        chips.AddRange(plan.Services.Select(s => new Chip("service", s.Name, s.Words)));
        chips.AddRange(plan.Operations.Select(o => new Chip("operation", o.Name, o.Words)));
        chips.AddRange(plan.Conditions.Select(c => new Chip("filter", PlanFilter.Term(c), c.Words)));
        chips.AddRange(plan.ShareOf.Select(c => new Chip("share", PlanFilter.Term(c), c.Words)));
        if (plan.Window is { } window)
            chips.Add(new Chip("window", Text(window), window.Source));
        if (plan.Baseline is { } baseline)
            chips.Add(new Chip("baseline", Text(baseline), baseline.Source));
        return chips;
    }

    private static string Text(PlannedWindow window) => window.Window is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} to {known.To.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        : window.Source;
}
