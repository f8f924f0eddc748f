using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>Reads the statistics of requests and puts query and coverage on record.</summary>
internal sealed class RequestMeasuring(RequestReads requests)
{
    public async Task<Recorded<RequestStatistics>> StatisticsAsync(
        Inquiry inquiry,
        QuestionPlan about,
        SpanFilter filter,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var measure = about.Measure ?? Measure.RequestCount;
        var plan = about with { Measure = null };
        var read = await inquiry.ReadAsync(
            PlanSpans.Requests(plan, Measured.TraceQl(measure)),
            window,
            () => requests.StatisticsAsync(filter, window, cancellationToken),
            found => found.Requests
        );
        Note(inquiry, measure, read.Value);
        return read;
    }

    public async Task<Recorded<IReadOnlyList<RequestGroup>>> GroupedAsync(
        Inquiry inquiry,
        Measure measure,
        RequestGrouping grouping,
        string by,
        CancellationToken cancellationToken
    )
    {
        var read = await inquiry.ReadAsync(
            PlanSpans.Requests(inquiry.Plan with { Measure = null }, $"{Measured.TraceQl(measure)} by ({by})"),
            inquiry.Window,
            () => requests.GroupedAsync(inquiry.Filter, inquiry.Window, grouping, cancellationToken),
            found => found.Count
        );
        foreach (var group in read.Value)
            Note(inquiry, measure, group.Statistics);
        return read;
    }

    public Task<Recorded<IReadOnlyList<RequestPoint>>> SeriesAsync(
        Inquiry inquiry,
        Measure measure,
        TimeSpan step,
        CancellationToken cancellationToken
    ) =>
        inquiry.ReadAsync(
            PlanSpans.Requests(inquiry.Plan with { Measure = null }, Measured.TraceQl(measure)),
            inquiry.Window,
            () => requests.SeriesAsync(inquiry.Filter, inquiry.Window, step, cancellationToken),
            found => found.Count
        );

    private static void Note(Inquiry inquiry, Measure measure, RequestStatistics found)
    {
        if (found.IsCounted && measure.Quantile() is not null)
            inquiry.Estimated("percentiles of so many requests are counted by the minute and are within 1 %");
        if (found.Sampled > 0)
            inquiry.Estimated(
                $"{Quantity.Count(found.Sampled)} of the {Quantity.Count(found.Requests)} requests were sampled by their senders before sending; "
                    + $"they stand for about {Quantity.Count(found.EstimatedRequests)} requests in all"
            );
    }
}
