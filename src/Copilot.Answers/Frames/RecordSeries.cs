using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Frames;

/// <summary>What was measured of records, over time: all of it, or its highest or lowest point.</summary>
internal static class RecordSeries
{
    private const int MostSteps = 10_000;
    private static readonly int[] Steps = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400];
    private static readonly TableColumn Time = new("time");

    /// <summary>The step asked for, else so long that there are sixty at most.</summary>
    public static TimeSpan StepOf(QueryFrame frame, TimeWindow window)
    {
        var step = frame.Step ?? TimeSpan.FromSeconds(Steps.FirstOrDefault(seconds => window.Seconds / seconds <= 60, Steps[^1]));
        var least = TimeSpan.FromSeconds(Math.Ceiling(window.Seconds / MostSteps));
        return step < least ? least : step;
    }

    public static async Task<AnswerDraft?> DraftAsync(Inquiry inquiry, RecordSource source)
    {
        var frame = source.Query.Frame;
        var step = StepOf(frame, inquiry.Window);
        var read = await RecordShapes.ReadAsync(inquiry, source, source.Query, inquiry.Window, step);
        var rows = read.Value.Where(row => row.Labels.All(label => label is not null)).ToList();
        if (rows.Count == 0 || rows.All(row => row.Values.All(value => value is null)))
            return null;
        if (frame.By.Count == 0)
            rows = Filled(rows, source, inquiry.Window, step);
        var told =
            $"The {RecordWords.Name(source.Measures[0])} of {RecordShapes.Subject(source)} in steps of {step.TotalSeconds:0.###} s over {RecordShapes.When(inquiry, inquiry.Window)}";
        if (frame.Reduce is not null)
            return Reduced(inquiry, frame, source, read.Query, rows, told);
        if (frame.By.Count > 0)
        {
            inquiry.Claim(read.Query, $"{rows.Count} steps");
            var sorted = rows.OrderBy(row => row.Time).ThenBy(row => string.Join('\n', row.Labels), StringComparer.Ordinal).ToList();
            return new AnswerDraft
            {
                Result = RecordShapes.Table([Time, .. source.Labels], source.Measures, sorted, sorted.Count),
                Text = $"{told}, by {AnswerWords.Names(source.Labels.Select(label => label.Name))}: {sorted.Count} rows.{source.Remark()}",
            };
        }

        var series = source.Measures.Select((_, i) => Course(source, rows, i)).ToList();
        if (series[0].Points.Count == 0)
            return null;
        var highest = series[0].Points.MaxBy(point => point.Value);
        inquiry.Claim(read.Query, $"highest {highest.Value} at {AnswerWords.At(highest.Time, inquiry.AsOf)}");
        return new AnswerDraft
        {
            Result = series[0],
            More = [.. series.Skip(1)],
            Text =
                $"{told}: highest **{RecordWords.Value(highest.Value, source.Measures[0])}** at {AnswerWords.At(highest.Time, inquiry.AsOf)}, "
                + $"from {RecordWords.Value(series[0].Points[0].Value, source.Measures[0])} to {RecordWords.Value(series[0].Points[^1].Value, source.Measures[0])}.{source.Remark()}",
        };
    }

    private static SeriesResult Course(RecordSource source, IReadOnlyList<RecordRow> rows, int place) =>
        new(
            source.Measures[place].Name,
            source.Measures[place].Unit ?? "1",
            [.. rows.Where(row => row.Values[place] is not null).Select(row => new SeriesPoint(row.Time!.Value, row.Values[place]!.Value))]
        );

    private static AnswerDraft? Reduced(
        Inquiry inquiry,
        QueryFrame frame,
        RecordSource source,
        string query,
        IReadOnlyList<RecordRow> rows,
        string told
    )
    {
        var found = rows.Where(row => row.Values[0] is not null)
            .OrderBy(row => (frame.Reduce == FrameReduction.Highest ? -1 : 1) * row.Values[0])
            .ThenBy(row => row.Time)
            .FirstOrDefault();
        if (found is null)
            return null;
        var value = RecordWords.Value(found.Values[0]!.Value, source.Measures[0]);
        var where = found.Labels.Count == 0 ? "" : $" ({AnswerWords.Names(found.Labels.Select(label => label!))})";
        inquiry.Claim(query, $"{value} at {AnswerWords.At(found.Time!.Value, inquiry.AsOf)}");
        var point = RecordShapes.Table([Time, .. source.Labels], source.Measures, [found], 1);
        return new AnswerDraft
        {
            Result =
                found.Labels.Count > 0 ? point
                : frame.AsksWhen ? Course(source, rows, 0)
                : new ScalarResult(source.Measures[0].Name, found.Values[0]!.Value, source.Measures[0].Unit ?? "1"),
            More = frame.AsksWhen && found.Labels.Count == 0 ? [point] : [],
            Text =
                $"**{value} at {AnswerWords.At(found.Time!.Value, inquiry.AsOf)}**{where}: the {(frame.Reduce == FrameReduction.Highest ? "highest" : "lowest")} step. {told}.{source.Remark()}",
        };
    }

    // A step in which nothing was written is a zero of counts, and no value of anything else.
    private static List<RecordRow> Filled(IReadOnlyList<RecordRow> rows, RecordSource source, TimeWindow window, TimeSpan step)
    {
        var known = rows.ToDictionary(row => UnixNanos.From(row.Time!.Value));
        var filled = new List<RecordRow>();
        for (var at = window.FromNs; at < window.ToNs; at += step.Ticks * 100)
        {
            filled.Add(known.GetValueOrDefault(at) ?? new RecordRow([], UnixNanos.ToTime(at), 0, RecordShapes.Values(null, source)));
        }

        return filled;
    }
}
