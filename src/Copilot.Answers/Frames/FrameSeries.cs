using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Measures;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Measures over time, or the highest or lowest point of them.</summary>
internal sealed class FrameSeries(FrameReads reads)
{
    private const int MostRows = 500;
    private const int Told = 10;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken)
    {
        var frame = scope.Frame;
        var step = frame.Step ?? SeriesAnswers.UsualStep(scope.Window);
        var read = await reads.RowsAsync(inquiry, scope, step, cancellationToken);
        var rows = read.Value.Where(row => row.Groups.All(value => value is not null)).ToList();
        if (rows.All(row => row.Count == 0))
            return await reads.NothingAsync(inquiry, scope, cancellationToken);
        if (scope.Groups.Count > 0)
            return Grouped(inquiry, scope, read.Query, rows, step);
        var series = frame.Measures.Select((measure, place) => Series(frame, measure, rows, place)).ToList();
        if (series[0].Points.Count == 0)
            return await reads.NothingAsync(inquiry, scope, cancellationToken);
        if (frame.Reduce is not null)
            return Reduced(inquiry, scope, read.Query, rows, step, series);
        var first = series[0].Points;
        var highest = first.MaxBy(point => point.Value);
        var said = $"{Value(scope, highest.Value)} at {AnswerWords.At(highest.Time, inquiry.AsOf)}";
        inquiry.Claim(read.Query, $"highest {said}");
        return new AnswerDraft
        {
            Result = series[0],
            More = [.. series.Skip(1)],
            Text =
                $"The {FrameWords.Subject(scope, frame.Measures[0])} in steps of {Length(step)} over {FrameWords.When(inquiry, scope)}: from "
                + $"{Value(scope, first[0].Value)} to {Value(scope, first[^1].Value)}, highest **{said}**.",
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
        };
    }

    private static AnswerDraft Reduced(
        Inquiry inquiry,
        FrameScope scope,
        string query,
        IReadOnlyList<SpanTableRow> rows,
        TimeSpan step,
        IReadOnlyList<SeriesResult> series
    )
    {
        var frame = scope.Frame;
        var point = Best(scope, rows, step)!;
        var told =
            $"{(frame.Reduce == FrameReduction.Lowest ? "lowest" : "highest")} at {AnswerWords.At(point.Time!.Value, inquiry.AsOf)}: {Value(scope, point.Values[0]!.Value)}";
        inquiry.Claim(query, told);
        return new AnswerDraft
        {
            // When it was so is seen in its course.
            Result = frame.AsksWhen ? series[0] : new ScalarResult(series[0].Name, point.Values[0]!.Value, series[0].Unit),
            More = frame.AsksWhen ? [Table(scope, [point], 1), .. series.Skip(1)] : [.. series],
            Text =
                $"The {FrameWords.Subject(scope, frame.Measures[0])} was {(frame.Reduce == FrameReduction.Lowest ? "lowest" : "highest")} at "
                + $"**{AnswerWords.At(point.Time!.Value, inquiry.AsOf)}**: **{Value(scope, point.Values[0]!.Value)}** in the {Length(step)} from then "
                + $"({FrameWords.When(inquiry, scope)}).",
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
        };
    }

    // Of every group its own series, or its own highest or lowest point, best first.
    private static AnswerDraft Grouped(Inquiry inquiry, FrameScope scope, string query, IReadOnlyList<SpanTableRow> rows, TimeSpan step)
    {
        var frame = scope.Frame;
        IReadOnlyList<SpanTableRow> found = frame.Reduce is null
            ? [.. rows.OrderBy(row => row.Time).ThenBy(row => string.Join('\n', row.Groups), StringComparer.Ordinal)]
            : FrameGroups.Ranked(
                frame,
                rows.GroupBy(row => string.Join('\n', row.Groups)).Select(group => Best(scope, [.. group], step)).OfType<SpanTableRow>()
            );
        var shown = found.Skip(frame.Offset).Take(frame.Limit ?? MostRows).ToList();
        var lines = shown.Take(Told).Select(row => $"- {Line(inquiry, scope, row)}").ToList();
        if (shown.Count > 0)
            inquiry.Claim(query, Line(inquiry, scope, shown[0]));
        return new AnswerDraft
        {
            Result = Table(scope, shown, found.Count),
            Text =
                $"The {(frame.Reduce is null ? string.Empty : frame.Reduce == FrameReduction.Lowest ? "lowest " : "highest ")}{FrameWords.Subject(scope, frame.Measures[0])} "
                + $"by {AnswerWords.Names(scope.Groups.Select(group => group.Column))} in steps of {Length(step)} over {FrameWords.When(inquiry, scope)}:\n\n"
                + string.Join("\n", lines),
        };
    }

    private static string Line(Inquiry inquiry, FrameScope scope, SpanTableRow row) =>
        $"{AnswerWords.At(row.Time!.Value, inquiry.AsOf)} {string.Join(" ", row.Groups.Select(value => AnswerWords.Name(value!)))}: "
        + (row.Values[0] is { } value ? Value(scope, value) : "none");

    // The earliest of equal ones. A step that the window cuts short is no lowest one: it had less time.
    private static SpanTableRow? Best(FrameScope scope, IReadOnlyList<SpanTableRow> rows, TimeSpan step)
    {
        var measured = rows.Where(row => row.Values[0] is not null).OrderBy(row => row.Time).ToList();
        if (scope.Frame.Reduce != FrameReduction.Lowest)
            return measured.MaxBy(row => row.Values[0]);
        return measured.Where(row => row.Time!.Value + step <= scope.Window.To).MinBy(row => row.Values[0])
            ?? measured.MinBy(row => row.Values[0]);
    }

    private static TableResult Table(FrameScope scope, IReadOnlyList<SpanTableRow> rows, long total) =>
        new(
            [
                new TableColumn("time"),
                .. scope.Groups.Select(group => new TableColumn(group.Column)),
                .. scope.Frame.Measures.Select(measure => FrameWords.Column(measure, scope.Frame)),
            ],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<object?>)[FrameWords.Time(row.Time!.Value), .. row.Groups, .. row.Values.Cast<object?>()]
                ),
            ],
            total
        );

    private static SeriesResult Series(QueryFrame frame, FrameMeasure measure, IReadOnlyList<SpanTableRow> rows, int place) =>
        new(
            measure.Name(frame.Over),
            measure.Unit(frame.Over),
            [.. rows.Where(row => row.Values[place] is not null).Select(row => new SeriesPoint(row.Time!.Value, row.Values[place]!.Value))]
        );

    private static string Value(FrameScope scope, double value) => FrameWords.Value(scope.Frame.Measures[0], scope.Frame, value);

    private static string Length(TimeSpan step) => Quantity.Duration(step.TotalMilliseconds);
}
