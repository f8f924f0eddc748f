using System.Globalization;
using Copilot.Agent.Answers;
using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Traceql;
using Copilot.TraceQL;
using SeriesResult = Copilot.Agent.Answers.Results.SeriesResult;

namespace Copilot.Agent.Answering.Traces;

/// <summary>A question that is TraceQL itself: its traces, or its metric over time.</summary>
internal sealed class SpanQueryAnswers(TraceQlReads queries, TraceReads traces, Absence absence) : IAnswerer
{
    private const int Told = 5;
    private const int MostCounted = 1000;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.SpanQuery];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (!TraceQlParser.TryParse(inquiry.Plan.TraceQl ?? string.Empty, out var query, out var error))
            return Cannot($"The query cannot be read: {Words.Name(error.ToString())}");
        try
        {
            return query.Metrics is null
                ? await TracesAsync(inquiry, query, cancellation)
                : await SeriesAsync(inquiry, query, cancellation);
        }
        catch (Exception refused) when (refused is UnsupportedExpressionException or QueryTooExpensiveException)
        {
            return Cannot($"The query cannot be answered here: {Words.Name(refused.Message)}");
        }
    }

    private static Finding Cannot(string text) => new() { Outcome = Outcome.Unsupported, Text = text };

    private async Task<Finding> TracesAsync(Inquiry inquiry, TraceQlQuery query, CancellationToken cancellation)
    {
        var search = new TraceSearch { Query = query, Window = inquiry.Window, Limit = MostCounted, SpansPerSpanset = 1 };
        var read = await inquiry.ReadAsync(query.ToString(), inquiry.Window, () => queries.SearchAsync(search, cancellation), found => found.Traces.Count);
        if (read.Value.Traces.Count == 0)
        {
            return await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellation)
                ?? new Finding { Result = new TracesResult([], 0), Text = $"**No trace** matches {Words.Name(query.ToString())} in {Words.Window(inquiry.Window, inquiry.AsOf)}." };
        }

        var ids = read.Value.Traces.Select(trace => trace.TraceId).ToList();
        if (read.Value.More) inquiry.Estimated($"more than {MostCounted} traces match; the total is that lower bound");
        var page = await traces.OfIdsAsync([.. ids.Take(PlannedTraces.UsualLimit)], inquiry.Window, cancellation);
        inquiry.Claim(read.Query, $"{ids.Count}{(read.Value.More ? " and more" : string.Empty)} traces match", ids);
        var items = page.Select(TraceListAnswers.Item).ToList();
        return new Finding
        {
            Result = new TracesResult(items, ids.Count),
            Text = $"**{(read.Value.More ? "More than " : string.Empty)}{Words.Count(ids.Count, "trace matches", "traces match")}** {Words.Name(query.ToString())} in "
                + $"{Words.Window(inquiry.Window, inquiry.AsOf)}, the latest first:\n\n"
                + string.Join("\n", items.Take(Told).Select(item => $"- `{item.TraceId}` {Words.Milliseconds(item.DurationMs)}, {Words.Name(item.RootService)} {Words.Name(item.RootOperation)}")),
            Suggestions = Suggestions.AfterTraces(inquiry, items[0].TraceId),
        };
    }

    private async Task<Finding> SeriesAsync(Inquiry inquiry, TraceQlQuery query, CancellationToken cancellation)
    {
        var step = SeriesRequest.DefaultStepNs(inquiry.Window);
        var request = new SeriesRequest { Query = query, Window = inquiry.Window, StepNs = step };
        var read = await inquiry.ReadAsync(query.ToString(), inquiry.Window, () => queries.SeriesAsync(request, cancellation), found => found.Series.Count);
        if (!read.Value.Exact) inquiry.Estimated("the metric is counted from rollups of whole minutes, or from kept traces");
        if (inquiry.Plan.Measure == Measure.SpanCount)
            return Total(inquiry, query, read.Value.Series.Sum(series => series.Values.Sum(value => value ?? 0)), read.Query);
        var ranked = read.Value.Series.OrderByDescending(series => series.Values.Sum(value => value ?? 0)).ToList();
        if (ranked.Count == 0) return await absence.ExplainAsync(inquiry, inquiry.Window, cancellation);
        var points = ranked[0].Values.Select((value, place) => (Time: Telemetry.Time.UnixNanos.ToTime(inquiry.Window.FromNs + (place * step)), value))
            .Where(point => point.value is not null).Select(point => new SeriesPoint(point.Time, point.value!.Value)).ToList();
        inquiry.Claim(read.Query, $"{ranked.Count} series");
        return new Finding
        {
            Result = new SeriesResult("metric", "1", points),
            Text = $"{Words.Name(query.ToString())} over {Words.Window(inquiry.Window, inquiry.AsOf)}: {Words.Count(ranked.Count, "series", "series")}"
                + (ranked.Count > 1 ? $"; the highest is shown, {Words.Name(string.Join(", ", ranked[0].Labels.Select(label => $"{label.Key} = {label.Value}")))}" : string.Empty) + ".",
        };
    }

    private static Finding Total(Inquiry inquiry, TraceQlQuery query, double spans, string read)
    {
        inquiry.Claim(read, string.Create(CultureInfo.InvariantCulture, $"{spans:N0} spans"));
        return new Finding
        {
            Result = new ScalarResult(Measure.SpanCount.Name(), spans, "count"),
            Text = string.Create(CultureInfo.InvariantCulture, $"**{spans:N0} spans**: {Words.Name(query.ToString())} in {Words.Window(inquiry.Window, inquiry.AsOf)}."),
        };
    }
}
