using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>What was measured of records, in the shape that the frame asks for: a number, a table, a series, a comparison.</summary>
internal static class RecordShapes
{
    private const int Told = 6;

    /// <returns>Null where there is nothing of it at all; the caller knows why.</returns>
    public static async Task<AnswerDraft?> DraftAsync(Inquiry inquiry, RecordSource source)
    {
        var frame = source.Query.Frame;
        if (frame.Sides is { } sides)
        {
            return await SidesAsync(
                inquiry,
                source,
                (sides.BeforeLabel, source.Query.And(sides.Before), inquiry.Window),
                (sides.AfterLabel, source.Query.And(sides.After), inquiry.Window)
            );
        }

        if (inquiry.Baseline is { } baseline)
        {
            var (first, second) = baseline.FromNs <= inquiry.Window.FromNs ? (baseline, inquiry.Window) : (inquiry.Window, baseline);
            return await SidesAsync(
                inquiry,
                source,
                (When(inquiry, first), source.Query, first),
                (When(inquiry, second), source.Query, second)
            );
        }

        if (frame.OverTime || frame.Reduce is not null)
            return await RecordSeries.DraftAsync(inquiry, source);
        var read = await ReadAsync(inquiry, source, source.Query, inquiry.Window, null);
        return frame.By.Count == 0 ? Numbers(inquiry, source, read) : Groups(inquiry, source, read);
    }

    public static Task<Recorded<IReadOnlyList<RecordRow>>> ReadAsync(
        Inquiry inquiry,
        RecordSource source,
        RecordQuery query,
        TimeWindow window,
        TimeSpan? step
    ) => inquiry.ReadAsync(query.ToString(), window, () => source.Read(query, window, step), rows => rows.Count);

    public static string When(Inquiry inquiry, TimeWindow window) => AnswerWords.Window(window, inquiry.AsOf);

    private static AnswerDraft? Numbers(Inquiry inquiry, RecordSource source, Recorded<IReadOnlyList<RecordRow>> read)
    {
        var row = Only(read.Value);
        var values = Values(row, source);
        if (values.All(value => value is null) || (row?.Count ?? 0) == 0 && !source.ZeroWhereNone.Any(zero => zero))
            return null;
        var scalars = values
            .Zip(
                source.Measures,
                (value, measure) => value is { } number ? new ScalarResult(measure.Name, number, measure.Unit ?? "1") : null
            )
            .OfType<ScalarResult>()
            .ToList();
        var told = $"**{RecordWords.Values(values, source.Measures)}**";
        inquiry.Claim(read.Query, $"{RecordWords.Values(values, source.Measures)} of {source.Query.Selection()}");
        return new AnswerDraft
        {
            Result =
                source.Measures.Count == 1
                    ? scalars[0]
                    : new TableResult(
                        source.Measures,
                        [
                            [.. values.Select(value => (object?)value)],
                        ],
                        1
                    ),
            More = source.Measures.Count == 1 ? [] : scalars,
            Text =
                $"{told}{(source.Measures.Count == 1 ? $" ({RecordWords.Name(source.Measures[0])})" : "")} of {Subject(source)} in {When(inquiry, inquiry.Window)}"
                + $", from {source.Counted(row?.Count ?? 0)}.{source.Remark()}",
        };
    }

    private static AnswerDraft? Groups(Inquiry inquiry, RecordSource source, Recorded<IReadOnlyList<RecordRow>> read)
    {
        var frame = source.Query.Frame;
        var named = read.Value.Where(row => row.Labels.All(label => label is not null)).ToList();
        var without = read.Value.Sum(row => row.Count) - named.Sum(row => row.Count);
        var ordered = Ordered(named, frame).ToList();
        if (ordered.Count == 0)
            return null;
        var shown = ordered.Skip(frame.Offset).Take(frame.Limit ?? int.MaxValue).ToList();
        if (shown.Count > 0)
            inquiry.Claim(read.Query, $"{string.Join(", ", shown[0].Labels)}: {RecordWords.Values(shown[0].Values, source.Measures)}");
        var table = Table(source.Labels, source.Measures, shown, ordered.Count);
        var attribute = frame.By is [{ Kind: FrameGroupKind.Attribute }];
        AnswerResult result = frame switch
        {
            { Measures: [{ Kind: MeasureKind.Count }] } when attribute => new BreakdownResult(
                source.Labels[0].Name,
                [.. shown.Select(row => new BreakdownItem(row.Labels[0]!, (long)(row.Values[0] ?? 0), Share(row), 1))]
            ),
            { Act: FrameAct.Rank, By: [{ Kind: FrameGroupKind.Service }] } => new ServicesResult([
                .. shown.Select(row => new ServiceItem(row.Labels[0]!, "match", row.Values[0] ?? 0, null)),
            ]),
            _ => table,
        };
        return new AnswerDraft
        {
            Result = result,
            More = result == table ? [] : [table],
            Text = Tell(),
        };

        double Share(RecordRow row)
        {
            var all = read.Value.Sum(other => other.Values[0] ?? 0);
            return all == 0 ? 0 : (row.Values[0] ?? 0) / all;
        }

        string Tell()
        {
            var what = string.Join(", ", source.Measures.Select(RecordWords.Name));
            var by = AnswerWords.Names(source.Labels.Select(label => label.Name));
            var of = $"{Subject(source)} in {When(inquiry, inquiry.Window)}";
            if (shown.Count == 0)
                return $"**There are only {ordered.Count} rows**: {what} by {by} of {of}.";
            var lines = shown
                .Take(Told)
                .Select(row =>
                    $"- {string.Join(" / ", row.Labels.Select(l => AnswerWords.Name(l!)))}: {RecordWords.Values(row.Values, source.Measures)}"
                );
            var first =
                $"**{string.Join(" / ", shown[0].Labels.Select(l => AnswerWords.Name(l!)))}**: {RecordWords.Values(shown[0].Values, source.Measures)}";
            return $"{first}. The {what} of {of} by {by}, {(frame.Ascending ? "least" : "most")} first"
                + $"{(ordered.Count > shown.Count ? $" ({shown.Count} of {ordered.Count} rows)" : "")}:\n\n{string.Join("\n", lines)}"
                + (without > 0 ? $"\n\n{source.Counted(without)} without such a value." : string.Empty)
                + (source.Remark() is { Length: > 0 } remark ? "\n\n" + remark.Trim() : string.Empty);
        }
    }

    private static async Task<AnswerDraft?> SidesAsync(
        Inquiry inquiry,
        RecordSource source,
        (string Label, RecordQuery Query, TimeWindow Window) before,
        (string Label, RecordQuery Query, TimeWindow Window) after
    )
    {
        var first = await ReadAsync(inquiry, source, before.Query, before.Window, null);
        var second = await ReadAsync(inquiry, source, after.Query, after.Window, null);
        if (source.Query.Frame.By.Count > 0)
            return RecordComparison.Groups(inquiry, source, (before.Label, first), (after.Label, second));
        var results = source
            .Measures.Select(
                (measure, i) =>
                    Values(Only(first.Value), source)[i] is { } was && Values(Only(second.Value), source)[i] is { } now
                        ? new ComparisonResult(measure.Name, measure.Unit ?? "1", was, now)
                        : null
            )
            .OfType<ComparisonResult>()
            .ToList();
        if (results.Count == 0)
            return null;
        inquiry.Claim(first.Query, $"{before.Label}: {results[0].Before}");
        inquiry.Claim(second.Query, $"{after.Label}: {results[0].After}");
        return new AnswerDraft
        {
            Result = results[0],
            More = [.. results.Skip(1)],
            Text =
                $"{string.Join("; ", results.Select(result => RecordComparison.Told(result, before.Label, after.Label)))}: {Subject(source)}.{source.Remark()}",
        };
    }

    /// <summary>In the order asked for, those beyond the threshold; equal ones by their names.</summary>
    public static IEnumerable<RecordRow> Ordered(IEnumerable<RecordRow> rows, QueryFrame frame)
    {
        var kept = rows.Where(row =>
            row.Values[0] is { } value
            && (frame.Threshold is not { } threshold || (frame.Ascending ? value < threshold : value > threshold))
        );
        return (frame.Ascending ? kept.OrderBy(row => row.Values[0]) : kept.OrderByDescending(row => row.Values[0])).ThenBy(
            row => string.Join('\n', row.Labels),
            StringComparer.Ordinal
        );
    }

    public static TableResult Table(
        IEnumerable<TableColumn> labels,
        IEnumerable<TableColumn> measures,
        IEnumerable<RecordRow> rows,
        long total
    ) =>
        new(
            [.. labels, .. measures],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [
                            .. row.Time is { } time ? [time.ToString("O")] : Array.Empty<object?>(),
                            .. row.Labels,
                            .. row.Values.Select(value => (object?)value),
                        ]
                ),
            ],
            total
        );

    public static string Subject(RecordSource source) => Hostile.Code(source.Query.Selection(), 400);

    public static IReadOnlyList<double?> Values(RecordRow? row, RecordSource source) =>
        [.. source.ZeroWhereNone.Select((zero, i) => row?.Values[i] ?? (zero ? 0 : null))];

    // Without groups there is one row, or none where nothing was found.
    private static RecordRow? Only(IReadOnlyList<RecordRow> rows) => rows.Count > 0 ? rows[0] : null;
}
