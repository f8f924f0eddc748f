using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Times;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Readings;

/// <summary>Finds the two sides of a comparison: windows, a change and what came before it, values, services, operations.</summary>
internal static class ComparisonPlanner
{
    public static QuestionPlan Plan(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        s.Use(
            Concept.Compare,
            Concept.Than,
            Concept.Change,
            Concept.Slow,
            Concept.Earlier,
            Concept.Deploy,
            Concept.Count,
            Concept.By,
            Concept.What,
            Concept.Differ
        );
        s.UseWords(
            "change",
            "changed",
            "dropped",
            "drop",
            "decreased",
            "fell",
            "fallen",
            "improved",
            "improve",
            "worse",
            "better",
            "increased",
            "increase",
            "rose",
            "risen",
            "different",
            "differ",
            "usual",
            "usually",
            "normal",
            "normally"
        );
        if (s.HasWord("than", "als"))
            s.Use(Concept.Greater, Concept.Less, Concept.Up);
        if (UsualReader.NewAndOld(context))
            return Versions(plan, context);
        if (UsualReader.Compares(context))
            return Usual(plan, context);
        if (ByStatus(context))
            return Status(plan, context);
        var windows = WindowPlanner.Windows(s);
        if (windows.Count >= 2)
        {
            var sides = windows
                .Take(2)
                .OrderBy(w => w.Window.FromNs)
                .Select(w => new ComparisonSide(s.Words(w.Start, w.End), Window: PlannedWindow.At(w.Window, s.Words(w.Start, w.End))))
                .ToList();
            // What names a window's change is no filter: both windows are given.
            return plan with
            {
                Comparison = new PlannedComparison(sides[0], sides[1]),
                Window = sides[1].Window,
                Baseline = sides[0].Window,
                Conditions = [.. plan.Conditions.Where(c => context.Anchor is null || c.Key != "service.version")],
            };
        }

        if (WindowPlanner.Between(s) is { Instant: { } instant } around)
            return Split(plan, context, instant, s.Words(around.Start, around.End));
        if (context.Anchor is { Before: { } before, After: { } after })
        {
            var (first, second) = (PlannedWindow.Around(before, context.Anchor.Words), PlannedWindow.Around(after, context.Anchor.Words));
            return plan with
            {
                Comparison = new PlannedComparison(
                    new ComparisonSide("before the change", Window: first),
                    new ComparisonSide("after the change", Window: second)
                ),
                Window = second,
                Baseline = first,
                Conditions = [.. plan.Conditions.Where(c => c.Key != "service.version")],
            };
        }

        if (plan.Conditions.FirstOrDefault(c => c.Values.Count == 2 && c.Operator == ConditionOperator.Equal) is { } condition)
        {
            ComparisonSide Side(int i) => new(condition.Values[i], Condition: condition with { Values = [condition.Values[i]] });
            return plan with
            {
                Comparison = new PlannedComparison(Side(0), Side(1)),
                Conditions = [.. plan.Conditions.Where(c => c != condition)],
            };
        }

        if (plan.Services.Count == 2)
            return plan with
            {
                Comparison = new PlannedComparison(
                    new ComparisonSide(plan.Services[0].Name, Service: plan.Services[0]),
                    new ComparisonSide(plan.Services[1].Name, Service: plan.Services[1])
                ),
                Services = [],
            };
        if (plan.Operations.Count == 2)
            return plan with
            {
                Comparison = new PlannedComparison(
                    new ComparisonSide(plan.Operations[0].Name, Operation: plan.Operations[0]),
                    new ComparisonSide(plan.Operations[1].Name, Operation: plan.Operations[1])
                ),
                Operations = [],
            };
        return Earlier(plan, context);
    }

    /// <summary>"Latency of failed requests vs successful ones".</summary>
    public static bool ByStatus(ReadingContext context) =>
        context.Measure is { Measure: var measure }
        && (measure.IsLatency() || measure is Measure.RequestCount or Measure.FailedCount or Measure.Throughput)
        && context.Sentence.HasAny(Concept.Failed)
        && context.Sentence.HasAny(Concept.Fine)
        && context.Sentence.HasAny(Concept.Compare, Concept.Than);

    private static QuestionPlan Status(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        s.Use(Concept.Failed, Concept.Fine, Concept.Request, Concept.Trace);
        s.UseWords("ones");
        AttributeCondition Of(ConditionOperator op) =>
            new(AttributeScope.Intrinsic, "status", op, ["error"], ConditionValueType.Keyword, true, "status");
        var (failed, fine) = (
            new ComparisonSide("failed", Condition: Of(ConditionOperator.Equal)),
            new ComparisonSide("successful", Condition: Of(ConditionOperator.NotEqual))
        );
        var first = s.First(Concept.Failed)!.Start < s.First(Concept.Fine)!.Start;
        return plan with
        {
            Measure = plan.Measure is Measure.FailedCount ? Measure.RequestCount : plan.Measure,
            Comparison = first ? new PlannedComparison(failed, fine) : new PlannedComparison(fine, failed),
        };
    }

    // As long before as after: as said, else up to now, but no longer than the usual window.
    private static QuestionPlan Split(QuestionPlan plan, ReadingContext context, DateTimeOffset at, string words)
    {
        var s = context.Sentence;
        s.UseWords("before", "and", "vor");
        var said = s
            .Tokens.Select((t, i) => (t, i))
            .FirstOrDefault(p => p.t is { Kind: WordTokenKind.Duration, Value: >= 1e9 } && s.WordAt(p.i + 1) is "before" or "vor");
        var length = said.t is not null ? TimeSpan.FromTicks((long)(said.t.Value / 100)) : context.Request.AsOf - at;
        if (said.t is not null)
            s.Use(said.i, said.i + 1);
        else if (length > TimeReader.Usual)
            length = TimeReader.Usual;
        var sides = (
            Before: PlannedWindow.At(new TimeWindow(at - length, at), words),
            After: PlannedWindow.At(new TimeWindow(at, at + length), words)
        );
        return plan with
        {
            Comparison = new PlannedComparison(
                new ComparisonSide("before", Window: sides.Before),
                new ComparisonSide("after", Window: sides.After)
            ),
            Window = sides.After,
            Baseline = sides.Before,
        };
    }

    // The window asked about, or the usual one up to now, against the same length just before it or as long ago as is said.
    private static QuestionPlan Usual(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        s.Use(
            Concept.AboveAverage,
            Concept.BelowAverage,
            Concept.Greater,
            Concept.Less,
            Concept.Trouble,
            Concept.Failed,
            Concept.Traffic,
            Concept.Busiest,
            Concept.Request,
            Concept.Up,
            Concept.Latency,
            Concept.Most,
            Concept.Mean
        );
        s.UseWords(
            "usual",
            "usually",
            "normal",
            "normally",
            "typical",
            "before",
            "earlier",
            "yesterday",
            "ago",
            "ever",
            "more",
            "better",
            "faster",
            "busier",
            "baseline",
            "always"
        );
        var back = UsualReader.Back(context);
        var named = WindowPlanner.Windows(s).FirstOrDefault(w => back is null || w.Kind != TimeMentionKind.Day);
        var window =
            named?.Window
            ?? (
                s.Times.FirstOrDefault(t => t.Kind == TimeMentionKind.Since)?.Window
                ?? new TimeWindow(context.Request.AsOf - TimeReader.Usual, context.Request.AsOf)
            );
        var by = back ?? window.Length;
        var sides = (
            Before: PlannedWindow.At(new TimeWindow(window.From - by, window.To - by), "before"),
            After: PlannedWindow.At(window, named is null ? PlannedWindow.FromDefault : s.Words(named.Start, named.End))
        );
        return plan with
        {
            Comparison = new PlannedComparison(
                new ComparisonSide("before", Window: sides.Before),
                new ComparisonSide("now", Window: sides.After)
            ),
            Window = sides.After,
            Baseline = sides.Before,
        };
    }

    // Which versions "new" and "old" are is told by the spans; of more than two nobody can know.
    private static QuestionPlan Versions(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        s.Use(Concept.Trouble, Concept.Failed, Concept.Greater, Concept.Less, Concept.Newest, Concept.AboveAverage, Concept.Oldest);
        s.UseWords(
            "new",
            "newer",
            "latest",
            "current",
            "old",
            "older",
            "previous",
            "prior",
            "last",
            "version",
            "versions",
            "release",
            "build",
            "one",
            "better"
        );
        var versions = UsualReader.Versions(context);
        if (versions.Count != 2)
            return plan with { Comparison = null };
        ComparisonSide Side(LinkTarget version) =>
            new(
                version.Name,
                Condition: new AttributeCondition(
                    version.Scope,
                    version.Key,
                    ConditionOperator.Equal,
                    [version.Name],
                    ConditionValueType.Text,
                    true,
                    version.Name
                )
            );
        return plan with { Comparison = new PlannedComparison(Side(versions[0]), Side(versions[1])) };
    }

    // One window only: against the same length before it, or as much earlier as is said.
    private static QuestionPlan Earlier(QuestionPlan plan, ReadingContext context)
    {
        var shift = context.Sentence.Times.FirstOrDefault(t => t.Kind == TimeMentionKind.Shift);
        var said = WindowPlanner.Best(context.Sentence)?.Window ?? context.Request.Previous?.Plan.Window?.Window ?? plan.Window?.Window;
        if (said is not { } window)
            return plan;
        var by = shift?.Shift ?? -window.Length;
        var other = new TimeWindow(window.From + by, window.To + by);
        var (first, second) = other.FromNs < window.FromNs ? (other, window) : (window, other);
        var sides = (
            Before: PlannedWindow.At(first, "before"),
            After: PlannedWindow.At(second, plan.Window?.Source ?? PlannedWindow.FromDefault)
        );
        return plan with
        {
            Comparison = new PlannedComparison(
                new ComparisonSide("before", Window: sides.Before),
                new ComparisonSide("after", Window: sides.After)
            ),
            Window = sides.After,
            Baseline = sides.Before,
        };
    }
}
