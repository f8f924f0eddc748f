using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Reads what frames ask for, with the query and what limits the numbers on record, and says why there is nothing.</summary>
internal sealed class FrameReads(SpanTableReads tables, SpanListReads lists, Absence absence)
{
    private const int Examples = 3;

    // Examples are worth a second look at so many, not at more.
    private const long FewEnough = 100_000;

    /// <summary>A step's row has its time; null where none is asked for.</summary>
    public async Task<Recorded<IReadOnlyList<SpanTableRow>>> RowsAsync(
        Inquiry inquiry,
        FrameScope scope,
        TimeSpan? step,
        CancellationToken cancellationToken
    )
    {
        var read = await inquiry.ReadAsync(
            scope.Printed,
            scope.Window,
            () => tables.ReadAsync(scope.Query(step), cancellationToken),
            rows => scope.Groups.Count == 0 && step is null ? rows.Sum(row => row.Count) : rows.Count
        );
        var (sampled, count, estimated) = (read.Value.Sum(r => r.Sampled), read.Value.Sum(r => r.Count), read.Value.Sum(r => r.Estimated));
        if (sampled > 0)
            inquiry.Estimated(
                $"{Quantity.Count(sampled)} of the {Quantity.Count(count)} {FrameWords.Noun(scope.Frame)} were sampled by their senders before sending; "
                    + $"they stand for about {Quantity.Count(estimated)} in all"
            );
        return read;
    }

    public Task<Recorded<SpanListPage>> ListAsync(
        Inquiry inquiry,
        FrameScope scope,
        SpanOrder order,
        CancellationToken cancellationToken
    ) => inquiry.ReadAsync(scope.Printed, scope.Window, () => lists.ReadAsync(scope.Query(), order, cancellationToken), page => page.Total);

    /// <summary>A few traces that show the number; none where finding them would take as long as the number did.</summary>
    public async Task<IReadOnlyList<TraceId>> ExamplesAsync(
        FrameScope scope,
        FrameMeasure measure,
        long count,
        CancellationToken cancellationToken
    )
    {
        if (count is 0 or > FewEnough)
            return [];
        var failed = measure.Kind is MeasureKind.Failed or MeasureKind.ErrorRate && scope.Frame.State == RecordState.Any;
        var query = (failed ? scope with { Frame = scope.Frame with { State = RecordState.Failed } } : scope).Query() with { By = [] };
        var order = new SpanOrder
        {
            Limit = Examples,
            ByDuration = measure.Kind is MeasureKind.Maximum or MeasureKind.Percentile or MeasureKind.Minimum,
            Ascending = measure.Kind == MeasureKind.Minimum,
            By = measure.Kind is MeasureKind.Maximum or MeasureKind.Minimum ? measure.Of : null,
        };
        return [.. (await lists.ReadAsync(query, order, cancellationToken)).Spans.Select(span => span.TraceId).Distinct()];
    }

    /// <summary>Why nothing fits; null where spans were received and none of them is an answer too.</summary>
    public Task<AnswerDraft?> NothingReceivedAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken) =>
        absence.NothingReceivedAsync(inquiry, scope.Window, cancellationToken);

    public async Task<AnswerDraft> NothingAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken) =>
        await NothingReceivedAsync(inquiry, scope, cancellationToken)
        ?? AnswerDraft.NoData(
            $"**Nothing matched.** Spans were received for {FrameWords.When(inquiry, scope)}, but there are no "
                + $"{FrameWords.Adjective(scope.Frame.State)}{FrameWords.Noun(scope.Frame)} of {FrameWords.Of(scope)}."
        );
}
