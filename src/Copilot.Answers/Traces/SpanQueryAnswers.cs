using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Commands;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Traces;

/// <summary>A question that is TraceQL itself: its traces, or its metric over time.</summary>
internal sealed class SpanQueryAnswers(TraceQlReads queries, TraceReads traces, Absence absence) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.SpanQuery];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (!TraceQlParser.TryParse(inquiry.Plan.TraceQl ?? string.Empty, out var query, out var error))
            return Cannot($"The query cannot be read: {AnswerWords.Name(error.ToString())}");
        try
        {
            return query.Metrics is null
                ? await TracesAsync(inquiry, query, cancellationToken)
                : await SeriesAsync(inquiry, query, cancellationToken);
        }
        catch (Exception refused) when (refused is UnsupportedExpressionException or QueryTooExpensiveException)
        {
            return Cannot($"The query cannot be answered here: {AnswerWords.Name(refused.Message)}");
        }
    }

    private static AnswerDraft Cannot(string text) => new() { Outcome = Outcome.Unsupported, Text = text };

    private async Task<AnswerDraft> TracesAsync(Inquiry inquiry, TraceQlQuery query, CancellationToken cancellationToken)
    {
        var search = new TraceSearch
        {
            Query = query,
            Window = inquiry.Window,
            Limit = ListThresholds.CountedTraces,
            SpansPerSpanset = 1,
        };
        var read = await inquiry.ReadAsync(
            query.ToString(),
            inquiry.Window,
            () => queries.SearchAsync(search, cancellationToken),
            found => found.Traces.Count
        );
        if (read.Value.Traces.Count == 0)
        {
            return await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken)
                ?? new AnswerDraft
                {
                    Result = new TracesResult([], 0),
                    Text =
                        $"**No trace** matches {AnswerWords.Name(query.ToString())} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}.",
                };
        }

        var ids = read.Value.Traces.Select(trace => trace.TraceId).ToList();
        if (read.Value.More)
            inquiry.Estimated($"more than {ListThresholds.CountedTraces} traces match; the total is that lower bound");
        var page = await traces.OfIdsAsync([.. ids.Take(TraceSelection.UsualLimit)], inquiry.Window, cancellationToken);
        inquiry.Claim(read.Query, $"{ids.Count}{(read.Value.More ? " and more" : string.Empty)} traces match", ids);
        var items = page.Select(TraceListAnswers.Item).ToList();
        return new AnswerDraft
        {
            Result = new TracesResult(items, ids.Count),
            Text =
                $"**{(read.Value.More ? "More than " : string.Empty)}{Quantity.Count(ids.Count, "trace matches", "traces match")}** "
                + $"{AnswerWords.Name(query.ToString())} in "
                + $"{AnswerWords.Window(inquiry.Window, inquiry.AsOf)}, the latest first:\n\n"
                + string.Join(
                    "\n",
                    items
                        .Take(AnswerLengthThresholds.Lines)
                        .Select(item =>
                            $"- `{item.TraceId}` {Quantity.Duration(item.DurationMs)}, "
                            + $"{AnswerWords.Name(item.RootService)} {AnswerWords.Name(item.RootOperation)}"
                        )
                ),
            Suggestions = Suggestions.AfterTraces(inquiry, items[0].TraceId),
        };
    }

    private async Task<AnswerDraft> SeriesAsync(Inquiry inquiry, TraceQlQuery query, CancellationToken cancellationToken)
    {
        var step = SeriesRequest.DefaultStepNs(inquiry.Window);
        var request = new SeriesRequest
        {
            Query = query,
            Window = inquiry.Window,
            StepNs = step,
        };
        var read = await inquiry.ReadAsync(
            query.ToString(),
            inquiry.Window,
            () => queries.SeriesAsync(request, cancellationToken),
            found => found.Series.Count
        );
        if (!read.Value.Exact)
            inquiry.Estimated("the metric is counted from rollups of whole minutes, or from kept traces");
        if (inquiry.Plan.Measure == Measure.SpanCount)
            return Total(inquiry, query, read.Value.Series.Sum(series => series.Values.Sum(value => value ?? 0)), read.Query);
        var ranked = read.Value.Series.OrderByDescending(series => series.Values.Sum(value => value ?? 0)).ToList();
        if (ranked.Count == 0)
            return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);
        var points = ranked[0]
            .Values.Select((value, place) => (Time: UnixNanos.ToTime(inquiry.Window.FromNs + (place * step)), value))
            .Where(point => point.value is not null)
            .Select(point => new SeriesPoint(point.Time, point.value!.Value))
            .ToList();
        inquiry.Claim(read.Query, $"{ranked.Count} series");
        return new AnswerDraft
        {
            Result = new SeriesResult("metric", "1", points),
            Text =
                $"{AnswerWords.Name(query.ToString())} over {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}: "
                + $"{Quantity.Count(ranked.Count, "series", "series")}"
                + (
                    ranked.Count > 1
                        ? "; the highest is shown, "
                            + $"{AnswerWords.Name(string.Join(", ", ranked[0].Labels.Select(label => $"{label.Key} = {label.Value}")))}"
                        : string.Empty
                )
                + ".",
        };
    }

    private static AnswerDraft Total(Inquiry inquiry, TraceQlQuery query, double spans, string read)
    {
        var counted = Quantity.Count((long)Math.Round(spans), "span", "spans");
        inquiry.Claim(read, counted);
        return new AnswerDraft
        {
            Result = new ScalarResult(Measure.SpanCount.Name(), spans, "count"),
            Text = $"**{counted}**: {AnswerWords.Name(query.ToString())} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}.",
        };
    }
}
