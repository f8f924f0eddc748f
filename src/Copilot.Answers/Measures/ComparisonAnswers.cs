using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>One measure twice: two windows, services, operations or values side by side.</summary>
internal sealed class ComparisonAnswers(RequestMeasuring measuring, WindowResolver windows, Absence absence) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Comparison];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (inquiry.Plan.Comparison is not { } planned)
            return new AnswerDraft
            {
                Outcome = Outcome.Clarify,
                Text = "What should be compared with what?",
                Result = new ChoicesResult([]),
            };
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        var measure = inquiry.Plan.Measure ?? Measure.P95;
        var first = await SideAsync(inquiry, planned.Before, cancellationToken);
        var second = await SideAsync(inquiry, planned.After, cancellationToken);
        if (first is null || second is null)
            return AnswerDraft.NoData("The change that one of the windows hangs on is not on record, so there is nothing to compare.");

        // "before" is the earlier window; where the windows are the same, what was named first.
        if (first.Window.FromNs > second.Window.FromNs)
            (first, second) = (second, first);
        var reads = await Task.WhenAll(MeasureAsync(inquiry, first, cancellationToken), MeasureAsync(inquiry, second, cancellationToken));
        foreach (var (side, read) in new[] { first, second }.Zip(reads))
        {
            if (read.Value.Requests == 0 && Measured.Value(measure, read.Value, side.Window) is null or 0 && read.Value.Requests == 0)
                return await absence.ExplainAsync(inquiry, side.Window, cancellationToken);
        }

        var before = Measured.Value(measure, reads[0].Value, first.Window)!.Value;
        var after = Measured.Value(measure, reads[1].Value, second.Window)!.Value;
        foreach (var (side, read) in new[] { first, second }.Zip(reads))
            inquiry.Claim(read.Query, $"{side.Label}: {Measured.Basis(measure, read.Value, side.Window)}");
        var unit = measure.Unit();
        return new AnswerDraft
        {
            Result = new ComparisonResult(measure.Name(), unit, before, after),
            Text =
                $"The {AnswerWords.Measure(new ScalarResult(measure.Name(), 0, unit))} {Compared(inquiry, first, second, before, after)}: "
                + $"**{Quantity.Text(before, unit)}** ({Label(inquiry, first)}) against **{Quantity.Text(after, unit)}** ({Label(inquiry, second)}).",
            Suggestions = Suggestions.AfterMeasure(inquiry, measure, after),
        };
    }

    private static string Label(Inquiry inquiry, Side side)
    {
        var window = AnswerWords.Window(side.Window, inquiry.AsOf);
        return side.OfWindow ? window : $"{AnswerWords.Name(side.Label)}, {window}";
    }

    // Two windows of one thing tell what became of it; two things stand side by side.
    private static string Compared(Inquiry inquiry, Side first, Side second, double before, double after)
    {
        if (first.OfWindow && second.OfWindow)
            return $"of {SubjectWords.Of(inquiry)} {Went(before, after)}";
        var sides = $"of {AnswerWords.Name(first.Label)} and of {AnswerWords.Name(second.Label)}";
        return before == after
            ? $"{sides} is the same"
            : $"{sides} differs; that of {AnswerWords.Name(before > after ? first.Label : second.Label)} is higher";
    }

    private static string Went(double before, double after)
    {
        if (before == after)
            return "did not change";
        if (before == 0)
            return "went up";
        var ratio = after / before;
        return ratio switch
        {
            >= 2 => FormattableString.Invariant($"went up {ratio:0.#}-fold"),
            > 1 => $"went up by {Quantity.Percent(ratio - 1)}",
            _ => $"went down by {Quantity.Percent(1 - ratio)}",
        };
    }

    private async Task<Side?> SideAsync(Inquiry inquiry, ComparisonSide side, CancellationToken cancellationToken)
    {
        var window = inquiry.Window;
        if (side.Window is not null)
        {
            var (resolved, _) = await windows.ResolveAsync(side.Window, inquiry.AsOf, cancellationToken);
            if (resolved is null)
                return null;
            window = resolved.Value;
        }

        var plan = inquiry.Plan with
        {
            Services = side.Service is { } service ? [service] : inquiry.Plan.Services,
            Operations = side.Operation is { } operation ? [operation] : inquiry.Plan.Operations,
            Conditions = side.Condition is { } condition ? [.. inquiry.Plan.Conditions, condition] : inquiry.Plan.Conditions,
        };
        return new Side(plan, window, side.Label, side.Service is null && side.Operation is null && side.Condition is null);
    }

    private Task<Recorded<RequestStatistics>> MeasureAsync(Inquiry inquiry, Side side, CancellationToken cancellationToken) =>
        measuring.StatisticsAsync(inquiry, side.Plan, PlanSpans.FilterOf(side.Plan), side.Window, cancellationToken);

    private sealed record Side(QuestionPlan Plan, TimeWindow Window, string Label, bool OfWindow);
}
