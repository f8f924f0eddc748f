using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Records;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Logs;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>Log records: counted, measured by their attributes, grouped, over time, listed.</summary>
internal sealed class LogFrames(LogTableReads logs, Absence absence) : IFrameEngine
{
    private const int UsualLimit = 100;
    private const int Told = 5;

    private static readonly FieldExpression Failed = Severity(FieldOperator.GreaterOrEqual);
    private static readonly FieldExpression Succeeded = Severity(FieldOperator.Less);

    public bool Handles(QueryFrame frame) => frame is { Over: FramePopulation.Logs, Act: not FrameAct.Errors };

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame, CancellationToken cancellationToken)
    {
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        if (frame.State == RecordState.Slow || frame.Measures.FirstOrDefault(m => Measure(m) is null) is not null)
            return new AnswerDraft
            {
                Outcome = Outcome.Unsupported,
                Text = "Log records have no duration: count them, or measure a numeric attribute of theirs.",
            };
        var query = RecordQuery.Of(inquiry, frame).And(StateOf(frame.State));
        if (!await logs.AnyAsync([], inquiry.Window, cancellationToken))
            return await NothingAsync(inquiry, query, cancellationToken);
        if (frame.Act == FrameAct.List || frame.Measures.Count == 0)
            return await ListAsync(inquiry, query, cancellationToken);
        var found = await RecordShapes.DraftAsync(inquiry, Source(query, cancellationToken));
        if (found is null)
            return await NothingAsync(inquiry, query, cancellationToken);
        var silent =
            found.Result is ScalarResult { Value: 0 }
            && query.Services.Count > 0
            && !await logs.AnyAsync(query.Services, inquiry.Window, cancellationToken);
        return silent ? found with { Text = $"{found.Text} {AnswerWords.Names(query.Services)} sent no logs at all in it." } : found;
    }

    private RecordSource Source(RecordQuery query, CancellationToken cancellationToken)
    {
        var measures = query.Frame.Measures;
        return new RecordSource
        {
            Counted = number => Quantity.Count(number, "log record", "log records"),
            Query = query,
            Measures = [.. measures.Select(m => new TableColumn(m.Name(FramePopulation.Logs), m.Unit(FramePopulation.Logs)))],
            ZeroWhereNone = [.. measures.Select(m => m.Kind.IsCount() || m.Kind is MeasureKind.Rate or MeasureKind.PeakRate)],
            Read = (asked, window, step) => ReadAsync(asked, window, step, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<RecordRow>> ReadAsync(
        RecordQuery query,
        TimeWindow window,
        TimeSpan? step,
        CancellationToken cancellationToken
    )
    {
        var frame = query.Frame;
        var rows = RowsOf(query, window);
        List<LogGroup> by = [.. frame.By.SelectMany(Groups)];
        var read = await logs.MeasureAsync(rows, [.. frame.Measures.Select(m => Measure(m)!)], by, step, cancellationToken);
        var peaks = await PeaksAsync(query, window, by, cancellationToken);
        return
        [
            .. read.Select(row => new RecordRow(
                row.Values,
                row.Time,
                row.Count,
                [.. frame.Measures.Select((measure, i) => Value(measure, row.Measures[i], row, window, step, peaks))]
            )),
        ];
    }

    private static double? Value(
        FrameMeasure measure,
        double? value,
        LogTableRow row,
        TimeWindow window,
        TimeSpan? step,
        Dictionary<string, long> peaks
    )
    {
        switch (measure.Kind)
        {
            case MeasureKind.Rate:
                var ends = row.Time is { } from && step is { } length ? UnixNanos.From(from) + (length.Ticks * 100) : window.ToNs;
                var seconds = (Math.Min(ends, window.ToNs) - (row.Time is { } time ? UnixNanos.From(time) : window.FromNs)) / 1e9;
                return value / seconds * PerSeconds(measure);
            case MeasureKind.PeakRate:
                return peaks.GetValueOrDefault(Key(row)) / PeakStep(window).TotalSeconds * PerSeconds(measure);
            default:
                return value;
        }
    }

    private async Task<Dictionary<string, long>> PeaksAsync(
        RecordQuery query,
        TimeWindow window,
        IReadOnlyList<LogGroup> by,
        CancellationToken cancellationToken
    )
    {
        if (query.Frame.Measures.All(measure => measure.Kind != MeasureKind.PeakRate))
            return [];
        var steps = await logs.MeasureAsync(RowsOf(query, window), [], by, PeakStep(window), cancellationToken);
        return steps
            .GroupBy(Key, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Max(row => row.Count), StringComparer.Ordinal);
    }

    private async Task<AnswerDraft> ListAsync(Inquiry inquiry, RecordQuery query, CancellationToken cancellationToken)
    {
        var frame = query.Frame;
        var read = await inquiry.ReadAsync(
            query.ToString(),
            inquiry.Window,
            () =>
                logs.ListAsync(RowsOf(query, inquiry.Window), frame.Ascending, frame.Limit ?? UsualLimit, frame.Offset, cancellationToken),
            page => page.Total
        );
        var page = read.Value;
        if (page.Total == 0)
            return await NothingAsync(inquiry, query, cancellationToken);
        inquiry.Claim(
            read.Query,
            $"{page.Total} log records match",
            page.Lines.Where(line => line.TraceId is not null).Select(line => line.TraceId!.Value).Distinct()
        );
        var lines = page
            .Lines.Take(Told)
            .Select(line => $"- {AnswerWords.At(line.Time, inquiry.AsOf)} {AnswerWords.Name(line.Service)} {AnswerWords.Name(line.Body)}");
        return new AnswerDraft
        {
            Result = new LogsResult([.. page.Lines.Select(LogAnswers.Item)], page.Total),
            Text =
                $"**{Quantity.Count(page.Total, "log record", "log records")}** ({Hostile.Code(query.Selection(), 400)}) in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}, "
                + $"{(frame.Ascending ? "oldest" : "newest")} first:\n\n{string.Join("\n", lines)}",
        };
    }

    private async Task<AnswerDraft> NothingAsync(Inquiry inquiry, RecordQuery query, CancellationToken cancellationToken)
    {
        var when = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        if (!await logs.AnyAsync([], inquiry.Window, cancellationToken))
            return AnswerDraft.NoData($"**No logs were received** for {when}, of any service.");
        if (query.Services.Count > 0 && !await logs.AnyAsync(query.Services, inquiry.Window, cancellationToken))
            return AnswerDraft.NoData($"**{AnswerWords.Names(query.Services)} sent no logs** for {when}, while other services did.");
        return AnswerDraft.NoData($"**Nothing matched**: no log record of {Hostile.Code(query.Selection(), 400)} in {when} has it.");
    }

    private static LogRows RowsOf(RecordQuery query, TimeWindow window) =>
        new()
        {
            Window = window,
            Services = query.Services,
            Where = query.Where,
            InTrace = query.InTrace,
        };

    private static FieldExpression? StateOf(RecordState state) =>
        state switch
        {
            RecordState.Failed => Failed,
            RecordState.Succeeded => Succeeded,
            _ => null,
        };

    private static LogMeasure? Measure(FrameMeasure measure)
    {
        MeasureKind? kind = measure.Kind switch
        {
            MeasureKind.Count or MeasureKind.Failed or MeasureKind.Succeeded => MeasureKind.Count,
            MeasureKind.Rate or MeasureKind.PeakRate or MeasureKind.Increase => MeasureKind.Count,
            MeasureKind.ErrorRate or MeasureKind.SuccessRate or MeasureKind.Share => MeasureKind.Share,
            _ => measure.Of is null ? null : measure.Kind,
        };
        return kind is not { } known
            ? null
            : new LogMeasure(known)
            {
                Percent = measure.Percent,
                Of = measure.Of,
                Part = measure.Kind switch
                {
                    MeasureKind.Failed or MeasureKind.ErrorRate => Failed,
                    MeasureKind.Succeeded or MeasureKind.SuccessRate => Succeeded,
                    MeasureKind.Share => Field.All(new[] { measure.Part, StateOf(measure.PartState) }.OfType<FieldExpression>()),
                    // A count of a field counts the records that have it.
                    MeasureKind.Count when measure.Of is { } of => of.Exists(),
                    _ => null,
                },
            };
    }

    private static IEnumerable<LogGroup> Groups(FrameGroup group) =>
        group.Kind switch
        {
            FrameGroupKind.Service => [new LogGroup(LogGroupKind.Service)],
            FrameGroupKind.Operation => [new LogGroup(LogGroupKind.Service), new LogGroup(LogGroupKind.Operation)],
            _ => [new LogGroup(LogGroupKind.Field, group.Field)],
        };

    private static double PerSeconds(FrameMeasure measure) => measure.Per?.TotalSeconds ?? 1;

    private static TimeSpan PeakStep(TimeWindow window) => window.Seconds < 120 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);

    private static string Key(LogTableRow row) => string.Join('\n', row.Values);

    private static FieldBinary Severity(FieldOperator op) =>
        Field.Any("severity").Compared(op, Literal.Of((long)RecordQuery.ErrorSeverity));
}
