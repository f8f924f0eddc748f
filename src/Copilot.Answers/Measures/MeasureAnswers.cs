using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Records;
using Copilot.Answers.Traces;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>One number.</summary>
internal sealed class MeasureAnswers(RequestMeasuring measuring, RequestReads requests, TraceReads traces, LogReads logs, Absence absence)
    : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Measure];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        return inquiry.Plan.Measure switch
        {
            Measure.LogCount => await LogsAsync(inquiry, cancellationToken),
            Measure.TraceCount => await TracesAsync(inquiry, cancellationToken),
            Measure.SpanCount => await SpansAsync(inquiry, cancellationToken),
            Measure.Share => await ShareAsync(inquiry, cancellationToken),
            var measure => await RequestsAsync(inquiry, measure ?? Measure.RequestCount, cancellationToken),
        };
    }

    private async Task<AnswerDraft> RequestsAsync(Inquiry inquiry, Measure measure, CancellationToken cancellationToken)
    {
        var read = await measuring.StatisticsAsync(inquiry, inquiry.Plan, inquiry.Filter, inquiry.Window, cancellationToken);
        var found = read.Value;
        if (found.Requests == 0 && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken) is { } nothing)
            return nothing;
        if (Measured.Value(measure, found, inquiry.Window) is not { } value)
            return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);

        var basis = Measured.Basis(measure, found, inquiry.Window);
        inquiry.Claim(read.Query, basis);
        return Scalar(inquiry, measure, value, $" ({basis})");
    }

    private async Task<AnswerDraft> ShareAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var plan = inquiry.Plan with { Measure = Measure.RequestCount };
        var part = plan with { Conditions = [.. plan.Conditions, .. plan.ShareOf] };
        var whole = await measuring.StatisticsAsync(inquiry, plan, inquiry.Filter, inquiry.Window, cancellationToken);
        if (whole.Value.Requests == 0)
            return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);
        var found = await measuring.StatisticsAsync(inquiry, part, PlanSpans.FilterOf(part), inquiry.Window, cancellationToken);
        var basis = $"{Quantity.Count(found.Value.Requests)} of {Quantity.Count(whole.Value.Requests, "request", "requests")}";
        inquiry.Claim(found.Query, basis);
        var value = (double)found.Value.Requests / whole.Value.Requests;
        return new AnswerDraft
        {
            Result = new ScalarResult(Measure.Share.Name(), value, Measure.Share.Unit()),
            Text =
                $"**{Quantity.Text(value, Measure.Share.Unit())}** of the requests of {SubjectWords.Of(inquiry)} fulfil {AnswerWords.Names(plan.ShareOf.Select(PlanFilter.Term))} ({basis}) in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}.",
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
        };
    }

    private async Task<AnswerDraft> LogsAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var filter = LogAnswers.FilterOf(inquiry);
        var read = await inquiry.ReadAsync(
            LogAnswers.Describe(filter),
            inquiry.Window,
            () => logs.CountByServiceAsync(filter, cancellationToken),
            rows => rows.Count
        );
        return Scalar(inquiry, Measure.LogCount, read.Value.Sum(row => row.Count), string.Empty);
    }

    private async Task<AnswerDraft> TracesAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var wanted = PlannedTraces.WantedBy(inquiry);
        wanted = wanted with { Selection = wanted.Selection with { Limit = 1 } };
        var read = await inquiry.ReadAsync(
            PlannedTraces.TraceQl(inquiry.Plan),
            inquiry.Window,
            () => traces.SelectAsync(wanted, cancellationToken),
            page => page.Total
        );
        if (read.Value.Total == 0 && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken) is { } nothing)
            return nothing;
        return Scalar(inquiry, Measure.TraceCount, read.Value.Total, string.Empty);
    }

    private async Task<AnswerDraft> SpansAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var read = await inquiry.ReadAsync(
            PlanSpans.All(inquiry.Plan),
            inquiry.Window,
            () => requests.CountSpansAsync(inquiry.Filter, inquiry.Window, cancellationToken),
            count => count
        );
        if (read.Value == 0 && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken) is { } nothing)
            return nothing;
        return Scalar(inquiry, Measure.SpanCount, read.Value, string.Empty);
    }

    private static AnswerDraft Scalar(Inquiry inquiry, Measure measure, double value, string basis)
    {
        var result = new ScalarResult(measure.Name(), value, measure.Unit());
        return new AnswerDraft
        {
            Result = result,
            Text =
                $"The {AnswerWords.Measure(result)} of {SubjectWords.Of(inquiry)} was **{Quantity.Text(value, result.Unit)}**{basis} "
                + $"in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}.",
            Suggestions = Suggestions.AfterMeasure(inquiry, measure, value),
        };
    }
}

/// <summary>One measure out of the statistics of requests.</summary>
internal static class Measured
{
    /// <summary>Null where there were no requests to measure; a count is 0 then.</summary>
    public static double? Value(Measure measure, RequestStatistics statistics, TimeWindow window) =>
        measure switch
        {
            Measure.ErrorRate => statistics.ErrorRate,
            Measure.RequestCount => statistics.Requests,
            Measure.FailedCount => statistics.Failed,
            Measure.Throughput => window.IsEmpty ? null : statistics.Requests / window.Seconds,
            Measure.MeanLatency => statistics.MeanMs,
            Measure.Max => statistics.MaxMs,
            Measure.Min => statistics.MinMs,
            Measure.P50 or Measure.P90 or Measure.P95 or Measure.P99 => statistics.Percentile(measure.Quantile()!.Value * 100),
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Not a measure of requests."),
        };

    /// <summary>The measure as the second stage of a TraceQL metrics query.</summary>
    public static string TraceQl(Measure measure) =>
        measure switch
        {
            Measure.ErrorRate => " | rate() by (status)",
            Measure.RequestCount or Measure.SpanCount or Measure.TraceCount => " | count_over_time()",
            Measure.FailedCount => " | count_over_time() by (status)",
            Measure.Throughput => " | rate()",
            Measure.MeanLatency => " | avg_over_time(duration)",
            Measure.Max => " | max_over_time(duration)",
            Measure.Min => " | min_over_time(duration)",
            _ => string.Create(CultureInfo.InvariantCulture, $" | quantile_over_time(duration, {measure.Quantile():0.##})"),
        };

    /// <summary>The statistics behind a value, in words: "19 of 173 requests failed".</summary>
    public static string Basis(Measure measure, RequestStatistics statistics, TimeWindow window) =>
        measure switch
        {
            Measure.ErrorRate or Measure.FailedCount =>
                $"{Quantity.Count(statistics.Failed)} of {Quantity.Count(statistics.Requests, "request", "requests")} failed",
            Measure.Throughput =>
                $"{Quantity.Count(statistics.Requests, "request", "requests")} in {window.Seconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
            _ when statistics.MeanMs is { } mean && statistics.Percentile(95) is { } p95 =>
                $"over {Quantity.Count(statistics.Requests, "request", "requests")}; mean {Quantity.Duration(mean)}, p95 {Quantity.Duration(p95)}, "
                    + $"{Quantity.Count(statistics.Failed)} failed",
            _ => Quantity.Count(statistics.Requests, "request", "requests"),
        };
}
