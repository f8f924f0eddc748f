using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Traces;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Tables;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>The requests, spans or traces themselves: newest first, or by what the frame measures.</summary>
internal sealed class FrameLists(FrameReads reads, TraceReads traces)
{
    private const int Told = 5;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken)
    {
        var frame = scope.Frame;
        var measure = frame.Measures.Count > 0 ? frame.Measures[0] : null;
        var order = new SpanOrder
        {
            Limit = frame.Limit ?? TraceSelection.UsualLimit,
            Offset = frame.Offset,
            Ascending = frame.Ascending,
            By = measure?.Of,
            ByDuration = measure is { Of: null } ? !measure.Kind.IsCount() : frame.State == RecordState.Slow,
        };
        var narrowed = frame.Threshold is { } threshold
            ? (scope with { Frame = frame with { Threshold = null } }).Narrowed(Beyond(order, frame, threshold))
            : scope;
        var read = await reads.ListAsync(inquiry, narrowed, order, cancellationToken);
        var page = read.Value;
        if (page.Spans.Count == 0)
        {
            if (await reads.NothingReceivedAsync(inquiry, scope, cancellationToken) is { } nothing)
                return nothing;
            inquiry.Claim(read.Query, "none matches");
        }
        else
        {
            inquiry.Claim(read.Query, $"{FrameWords.Counted(scope, page.Total)} match", page.Spans.Select(span => span.TraceId).Distinct());
        }

        var ofTraces = frame is { Over: FramePopulation.Traces, By.Count: 0 };
        return new AnswerDraft
        {
            Result = ofTraces
                ? new TracesResult(
                    [
                        .. (await traces.OfIdsAsync([.. page.Spans.Select(span => span.TraceId)], scope.Window, cancellationToken)).Select(
                            TraceListAnswers.Item
                        ),
                    ],
                    page.Total
                )
                : Table(scope, order, page),
            Text = Tell(inquiry, scope, order, page),
            Suggestions = Suggestions.AfterTraces(inquiry, page.Spans.Count > 0 ? page.Spans[0].TraceId.ToString() : null),
        };
    }

    private static FieldBinary Beyond(SpanOrder order, QueryFrame frame, double threshold) =>
        (order.By ?? Field.Of(Intrinsic.Duration)).Compared(
            frame.Ascending ? FieldOperator.Less : FieldOperator.Greater,
            order.By is null ? Literal.Nanoseconds((long)(threshold * UnixNanos.PerMillisecond)) : Literal.Of(threshold)
        );

    private static TableResult Table(FrameScope scope, SpanOrder order, SpanListPage page)
    {
        var ofTraces = scope.Frame.Over == FramePopulation.Traces;
        var named = ofTraces ? Array.Empty<TableColumn>() : [new TableColumn("service"), new TableColumn("operation")];
        // Services and operations have their columns already.
        var places = scope.Groups.Select((group, place) => (group.Column, place)).Where(g => ofTraces || !IsNamed(g.Column)).ToList();
        var by = order.By is { } field && !places.Exists(place => place.Column == Name(field)) ? Name(field) : null;
        return new TableResult(
            [
                new TableColumn("time"),
                .. named,
                new TableColumn("durationMs", "ms"),
                new TableColumn("traceId"),
                .. by is null ? Array.Empty<TableColumn>() : [new TableColumn(by, scope.Frame.Measures[0].OfUnit)],
                .. places.Select(place => new TableColumn(place.Column)),
            ],
            [
                .. page.Spans.Select(span =>
                    (IReadOnlyList<object?>)
                        [
                            FrameWords.Time(span.Time),
                            .. ofTraces ? Array.Empty<object?>() : [span.Service, span.Operation],
                            span.DurationMs,
                            span.TraceId.ToString(),
                            .. by is null ? Array.Empty<object?>() : [span.Measured],
                            .. places.Select(place => span.Groups[place.place]),
                        ]
                ),
            ],
            page.Total
        );
    }

    private static bool IsNamed(string column) => column is "service" or "operation";

    private static string Name(FieldExpression field) => field is AttributeReference attribute ? attribute.Name : field.ToString();

    private static string Tell(Inquiry inquiry, FrameScope scope, SpanOrder order, SpanListPage page)
    {
        var what = $"{FrameWords.Adjective(scope.Frame.State)}{FrameWords.Noun(scope.Frame)}";
        if (page.Spans.Count == 0)
            return $"**No {what}** of {FrameWords.Of(scope)} in {FrameWords.When(inquiry, scope)}.";
        var first = order switch
        {
            { By: { } field } => $"by {AnswerWords.Name(Name(field))}",
            { ByDuration: true } => order.Ascending ? "fastest first" : "slowest first",
            _ => order.Ascending ? "oldest first" : "newest first",
        };
        var head =
            $"**{FrameWords.Counted(scope, page.Total)}** of {FrameWords.Of(scope)} in {FrameWords.When(inquiry, scope)}, {first}"
            + (page.Spans.Count < page.Total ? $"; {Quantity.Count(page.Spans.Count)} are shown" : string.Empty);
        return $"{head}:\n\n{string.Join("\n", page.Spans.Take(Told).Select(span => Line(inquiry, scope, span)))}";
    }

    private static string Line(Inquiry inquiry, FrameScope scope, ListedSpan span)
    {
        var named = span.Service is null ? string.Empty : $", {AnswerWords.Name(span.Service)} {AnswerWords.Name(span.Operation!)}";
        var carried = scope
            .Groups.Zip(span.Groups)
            .Where(pair => pair.Second is not null && !IsNamed(pair.First.Column))
            .Select(pair => $", {AnswerWords.Name(pair.Second!)}");
        return $"- {AnswerWords.At(span.Time, inquiry.AsOf)}: {Quantity.Duration(span.DurationMs)}{named}{string.Concat(carried)}"
            + $"{(span.Failed ? ", failed" : string.Empty)} (`{span.TraceId}`)";
    }
}
