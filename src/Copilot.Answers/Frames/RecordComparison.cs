using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Two sides of what was measured of records.</summary>
internal static class RecordComparison
{
    private const int Listed = 6;

    /// <summary>One row for each group that is on either side, most changed first.</summary>
    public static AnswerDraft? Groups(
        Inquiry inquiry,
        RecordSource source,
        (string Label, Recorded<IReadOnlyList<RecordRow>> Read) before,
        (string Label, Recorded<IReadOnlyList<RecordRow>> Read) after
    )
    {
        var frame = source.Query.Frame;
        var measure = source.Measures[0];
        var was = ByLabels(before.Read.Value);
        var now = ByLabels(after.Read.Value);
        var rows = was
            .Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(key =>
            {
                var (first, second) = (was.GetValueOrDefault(key), now.GetValueOrDefault(key));
                return new RecordRow(
                    (first ?? second)!.Labels,
                    null,
                    (first?.Count ?? 0) + (second?.Count ?? 0),
                    [RecordShapes.Values(first, source)[0], RecordShapes.Values(second, source)[0]]
                );
            })
            .OrderByDescending(row => (frame.Ascending ? -1 : 1) * ((row.Values[1] ?? 0) - (row.Values[0] ?? 0)))
            .ThenBy(row => string.Join('\n', row.Labels), StringComparer.Ordinal)
            .ToList();
        if (rows.Count == 0)
            return null;
        var shown = rows.Skip(frame.Offset).Take(frame.Limit ?? int.MaxValue).ToList();
        TableColumn[] sides = [new("before", measure.Unit), new("after", measure.Unit)];
        inquiry.Claim(before.Read.Query, $"{before.Read.Value.Count} rows {before.Label}");
        inquiry.Claim(after.Read.Query, $"{after.Read.Value.Count} rows {after.Label}");
        var lines = shown
            .Take(Listed)
            .Select(row =>
                $"- {string.Join(" / ", row.Labels.Select(label => AnswerWords.Name(label!)))}: {Value(row.Values[0], measure)} → {Value(row.Values[1], measure)}"
            );
        return new AnswerDraft
        {
            Result = RecordShapes.Table(source.Labels, sides, shown, rows.Count),
            Text =
                $"The {RecordWords.Name(measure)} of {RecordShapes.Subject(source)}, {Hostile.Markdown(before.Label)} → {Hostile.Markdown(after.Label)}, most risen first:\n\n"
                + string.Join("\n", lines),
        };
    }

    public static string Told(ComparisonResult result, string before, string after)
    {
        var measure = new TableColumn(result.Name, result.Unit);
        var change = (result.Before, result.After) switch
        {
            var (was, now) when was == now => "unchanged",
            (0, _) => "from none",
            var (was, now) => $"{(now > was ? "+" : "−")}{Quantity.Percent(Math.Abs((now / was) - 1))}",
        };
        return $"**{RecordWords.Value(result.Before, measure)} → {RecordWords.Value(result.After, measure)}** ({RecordWords.Name(measure)}, {change}; {Hostile.Markdown(before)} → {Hostile.Markdown(after)})";
    }

    private static Dictionary<string, RecordRow> ByLabels(IEnumerable<RecordRow> rows) =>
        rows.Where(row => row.Labels.All(label => label is not null))
            .ToDictionary(row => string.Join('\n', row.Labels), StringComparer.Ordinal);

    private static string Value(double? value, TableColumn measure) => value is { } number ? RecordWords.Value(number, measure) : "none";
}
