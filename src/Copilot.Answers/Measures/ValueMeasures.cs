using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>A measure of the requests with each value of an attribute: "p95 per region", "error rate by tenant", "which version is
/// slowest".</summary>
internal sealed class ValueMeasures(RequestMeasuring measuring, Absence absence)
{
    private const int Told = 6;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, PlannedBreakdown planned, CancellationToken cancellationToken)
    {
        var measure = inquiry.Plan.Ranking?.By ?? inquiry.Plan.Measure ?? Measure.RequestCount;
        // Each value's share stands beside its count.
        if (measure is Measure.LogCount or Measure.SpanCount or Measure.TraceCount or Measure.Share)
            measure = Measure.RequestCount;
        foreach (var name in planned.Attributes)
        {
            var grouping = RequestGrouping.ByAttribute(name.Key, PlanSpans.ScopeOf(name.Scope));
            var read = await measuring.GroupedAsync(inquiry, measure, grouping, PlanFilter.Field(name.Scope, name.Key), cancellationToken);
            if (read.Value.All(group => group.Value is null))
                continue;
            var items = Items(read.Value, measure, inquiry);
            inquiry.Claim(read.Query, $"{read.Value.Sum(group => group.Statistics.Requests)} requests counted");
            return new AnswerDraft
            {
                Result =
                    measure == Measure.RequestCount
                        ? new BreakdownResult(name.Key, items)
                        : new BreakdownResult(name.Key, items, measure.Name(), measure.Unit()),
                Text = Tell(inquiry, name.Key, measure, items),
                Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
            };
        }

        return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);
    }

    // Errors are counted where errors are asked for, requests for every other measure.
    private static IReadOnlyList<BreakdownItem> Items(IReadOnlyList<RequestGroup> groups, Measure measure, Inquiry inquiry)
    {
        var ofFailed = measure is Measure.ErrorRate or Measure.FailedCount;
        var all = groups.Sum(group => Counted(group));
        var good = groups.Sum(group => group.Statistics.Requests) - all;
        var items = groups
            .Where(group => group.Value is not null)
            .Select(group =>
            {
                var share = all == 0 ? 0 : (double)Counted(group) / all;
                var others = group.Statistics.Requests - group.Statistics.Failed;
                var lift = ofFailed && good > 0 ? Math.Round(share / (Math.Max(others, 0.5) / good), 2) : 1;
                return new BreakdownItem(
                    group.Value!,
                    Counted(group),
                    share,
                    lift,
                    measure == Measure.RequestCount ? null : Measured.Value(measure, group.Statistics, inquiry.Window)
                );
            })
            .ToList();
        var ranked = inquiry.Plan.Ranking switch
        {
            null => items.OrderByDescending(item => item.Count),
            { Ascending: true } => items.OrderBy(item => item.Measured ?? item.Count),
            _ => items.OrderByDescending(item => item.Measured ?? item.Count),
        };
        return [.. ranked.ThenBy(item => item.Value, StringComparer.Ordinal).Take(inquiry.Plan.Ranking?.Limit ?? int.MaxValue)];

        long Counted(RequestGroup group) => ofFailed ? group.Statistics.Failed : group.Statistics.Requests;
    }

    private static string Tell(Inquiry inquiry, string key, Measure measure, IReadOnlyList<BreakdownItem> items)
    {
        var plain = measure == Measure.RequestCount;
        var what = plain
            ? "The requests"
            : $"The {AnswerWords.Measure(new ScalarResult(measure.Name(), 0, measure.Unit()))} of the requests";
        var counted =
            measure is Measure.ErrorRate or Measure.FailedCount ? "failed"
            : items.Count == 1 ? "request"
            : "requests";
        return $"{what} of {SubjectWords.Of(inquiry)} by {AnswerWords.Name(key)} ({AnswerWords.Window(inquiry.Window, inquiry.AsOf)}):\n\n"
            + string.Join(
                "\n",
                items
                    .Take(Told)
                    .Select(item =>
                        $"- {AnswerWords.Name(item.Value)}: "
                        + (
                            item.Measured is { } value && measure != Measure.FailedCount
                                ? $"**{Quantity.Text(value, measure.Unit())}**, "
                                : string.Empty
                        )
                        + $"{Quantity.Count(item.Count)} {counted} ({Quantity.Percent(item.Share)})"
                    )
            );
    }
}
