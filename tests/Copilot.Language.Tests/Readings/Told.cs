using System.Globalization;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Tests.Readings;

/// <summary>A plan in one line, for tables of questions.</summary>
internal static class Told
{
    public static readonly DateTimeOffset AsOf = new(2026, 11, 22, 8, 18, 0, TimeSpan.Zero);

    /// <summary>The plan of the last of several questions, asked one after the other.</summary>
    public static QuestionPlan Plan(string questions)
    {
        PreviousTurn? previous = null;
        QuestionPlan? plan = null;
        foreach (var question in questions.Split(" >> "))
        {
            plan = new Interpreter().Interpret(
                new InterpreterRequest
                {
                    Question = question,
                    AsOf = AsOf,
                    Previous = previous,
                },
                Airline.Catalogue
            );
            if (plan.Kind is not (QuestionKind.Clarify or QuestionKind.Unsupported))
                previous = new PreviousTurn { Plan = plan };
        }

        return plan!;
    }

    /// <summary>What the question asks for first, and after " + " what else it asks for.</summary>
    public static string Line(QuestionPlan plan) =>
        string.Join(" + ", new[] { plan }.Concat(plan.More).Select(p => One(p) + (p.AboutFound ? " of the found" : "")));

    private static string One(QuestionPlan plan)
    {
        if (plan is { Kind: QuestionKind.Query, Frame: { } frame })
            return ToldFrame.Line(plan, frame);
        var parts = new List<string> { plan.Intent() };
        if (plan.Kind != QuestionKind.Measure && plan.Measure is { } measure && plan.Ranking?.By != measure)
            parts.Add(measure.Name());
        if (plan.Window is { IsDefault: false } window && plan.Kind is not QuestionKind.Comparison)
            parts.Add(Text(window));
        parts.AddRange(Subject(plan));
        if (plan.Comparison is { } sides)
            parts.Add($"{Side(sides.Before)} / {Side(sides.After)}");
        if (plan.Traces is { } traces)
            parts.Add(string.Join(",", Flags(traces)));
        if (plan.Ranking is { } ranking)
            parts.Add(
                $"by {ranking.By.Name()}{(ranking.Limit is { } limit ? $" top {limit}" : "")}{(ranking.Threshold is { } bound ? $" >{bound}" : "")}"
            );
        if (plan.Breakdown is { } breakdown)
            parts.Add($"{breakdown.Population} by {(breakdown.Attributes.Count > 0 ? breakdown.Attributes[0].Key : "?")}");
        if (plan.Changes is { } changes)
            parts.Add($"{string.Join("+", changes.Kinds.DefaultIfEmpty("any"))}{(changes.BehindTrouble ? " behind" : "")}");
        if (plan.Logs is { } logs)
            parts.Add($"{logs.Shape} {logs.Text ?? "any"}{(logs.MinSeverity is { } severity ? $" >={severity}" : "")}");
        if (plan.TraceQl is { } query)
            parts.Add(query);
        if (plan.TraceId is { } id)
            parts.Add(id[..4]);
        if (plan.Unowned)
            parts.Add("nobody");
        if (plan.OnCall)
            parts.Add("on call");
        if (plan.Trouble is { } trouble && plan.Kind == QuestionKind.Period)
            parts.Add(trouble.ToString());
        if (plan.Refusal is { } refusal)
            parts.Add(refusal.Kind.ToString());
        return string.Join(" ", parts.Where(p => p.Length > 0));
    }

    public static IEnumerable<string> Subject(QuestionPlan plan) =>
        plan
            .Services.Select(s => s.Standing == ServiceStanding.Instrumented ? s.Name : $"{s.Name}({s.Standing})")
            .Concat(plan.Operations.Select(o => $"[{o.Name}]"))
            .Concat(plan.Conditions.Select(PlanFilter.Term));

    private static IEnumerable<string> Flags(TraceSelection traces)
    {
        if (traces.Failed)
            yield return "failed";
        if (traces.FailedAtService)
            yield return "here";
        if (traces.Succeeded)
            yield return "ok";
        if (traces.Slow)
            yield return "slow";
        if (traces.RootFineButFailedBelow)
            yield return "below";
        if (traces.LongerThan is { } min)
            yield return string.Create(CultureInfo.InvariantCulture, $">{min.TotalMilliseconds}ms");
        if (traces.LogText is { } text)
            yield return $"log {text}";
        if (traces.Order != TraceOrder.Newest)
            yield return traces.Order.ToString();
        if (traces.Limit is { } limit)
            yield return string.Create(CultureInfo.InvariantCulture, $"{limit}");
    }

    private static string Side(ComparisonSide side) => side.Window is { } window ? Text(window) : side.Label;

    public static string Text(PlannedWindow window) =>
        window.Window is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{Day(known.From)}{known.From:HH:mm}-{known.To:HH:mm}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{window.Anchor!.Kind ?? "change"} {window.Anchor.Version} {window.Anchor.From.TotalMinutes}..{window.Anchor.To?.TotalMinutes}"
            );

    private static string Day(DateTimeOffset time) => time.Date == AsOf.Date ? "" : time.ToString("MM-dd ", CultureInfo.InvariantCulture);
}
