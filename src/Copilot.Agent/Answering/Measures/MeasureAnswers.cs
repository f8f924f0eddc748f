using Copilot.Agent.Answering.Traces;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Store.Reads.Logs;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Traces;

namespace Copilot.Agent.Answering.Measures;

/// <summary>One number.</summary>
internal sealed class MeasureAnswers(RequestMeasuring measuring, RequestReads requests, TraceReads traces, LogReads logs, Absence absence) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Measure];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (await absence.OfServicesAsync(inquiry, cancellation) is { } absent) return absent;
        return inquiry.Plan.Measure switch
        {
            Measure.LogCount => await LogsAsync(inquiry, cancellation),
            Measure.TraceCount => await TracesAsync(inquiry, cancellation),
            Measure.SpanCount => await SpansAsync(inquiry, cancellation),
            Measure.Share => await ShareAsync(inquiry, cancellation),
            var measure => await RequestsAsync(inquiry, measure ?? Measure.RequestCount, cancellation),
        };
    }

    private async Task<Finding> RequestsAsync(Inquiry inquiry, Measure measure, CancellationToken cancellation)
    {
        var read = await measuring.StatisticsAsync(inquiry, inquiry.Plan, inquiry.Filter, inquiry.Window, cancellation);
        var found = read.Value;
        if (found.Requests == 0 && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellation) is { } nothing) return nothing;
        if (Measured.Value(measure, found, inquiry.Window) is not { } value) return await absence.ExplainAsync(inquiry, inquiry.Window, cancellation);

        var basis = Measured.Basis(measure, found, inquiry.Window);
        inquiry.Claim(read.Query, basis);
        return Scalar(inquiry, measure, value, $" ({basis})");
    }

    private async Task<Finding> ShareAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        var plan = inquiry.Plan with { Measure = Measure.RequestCount };
        var part = plan with { Conditions = [.. plan.Conditions, .. plan.ShareOf] };
        var whole = await measuring.StatisticsAsync(inquiry, plan, inquiry.Filter, inquiry.Window, cancellation);
        if (whole.Value.Requests == 0) return await absence.ExplainAsync(inquiry, inquiry.Window, cancellation);
        var found = await measuring.StatisticsAsync(inquiry, part, PlanSpans.FilterOf(part), inquiry.Window, cancellation);
        var basis = $"{Words.Count(found.Value.Requests)} of {Words.Count(whole.Value.Requests, "request", "requests")}";
        inquiry.Claim(found.Query, basis);
        var value = (double)found.Value.Requests / whole.Value.Requests;
        return new Finding
        {
            Result = new ScalarResult(Measure.Share.Name(), value, Measure.Share.Unit()),
            Text = $"**{Words.Value(value, Measure.Share.Unit())}** of the requests of {Subject.Of(inquiry)} fulfil {Words.Names(plan.ShareOf.Select(PlanFilter.Term))} ({basis}) in {Words.Window(inquiry.Window, inquiry.AsOf)}.",
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
        };
    }

    private async Task<Finding> LogsAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        var filter = Records.LogAnswers.FilterOf(inquiry);
        var read = await inquiry.ReadAsync(
            Records.LogAnswers.Describe(filter), inquiry.Window, () => logs.CountByServiceAsync(filter, cancellation), rows => rows.Count);
        return Scalar(inquiry, Measure.LogCount, read.Value.Sum(row => row.Count), string.Empty);
    }

    private async Task<Finding> TracesAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        var selection = PlannedTraces.SelectionOf(inquiry, limit: 1);
        var read = await inquiry.ReadAsync(
            PlannedTraces.TraceQl(inquiry.Plan), inquiry.Window, () => traces.SelectAsync(selection, cancellation), page => page.Total);
        if (read.Value.Total == 0 && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellation) is { } nothing) return nothing;
        return Scalar(inquiry, Measure.TraceCount, read.Value.Total, string.Empty);
    }

    private async Task<Finding> SpansAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        var read = await inquiry.ReadAsync(
            PlanSpans.All(inquiry.Plan), inquiry.Window, () => requests.CountSpansAsync(inquiry.Filter, inquiry.Window, cancellation), count => count);
        if (read.Value == 0 && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellation) is { } nothing) return nothing;
        return Scalar(inquiry, Measure.SpanCount, read.Value, string.Empty);
    }

    private static Finding Scalar(Inquiry inquiry, Measure measure, double value, string basis)
    {
        var result = new ScalarResult(measure.Name(), value, measure.Unit());
        return new Finding
        {
            Result = result,
            Text = $"The {Words.Measure(result)} of {Subject.Of(inquiry)} was **{Words.Value(value, result.Unit)}**{basis} "
                + $"in {Words.Window(inquiry.Window, inquiry.AsOf)}.",
            Suggestions = Suggestions.AfterMeasure(inquiry, measure, value),
        };
    }
}
