using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Measures twice: of two windows, or of two values, services or operations. Change and difference are computed.</summary>
internal sealed class FrameComparisons(FrameReads reads)
{
    private const int Told = 10;
    private const int UsualRows = 100;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken)
    {
        var (before, after) = Sides(inquiry, scope);
        var first = await reads.RowsAsync(inquiry, before.Scope, null, cancellationToken);
        var second = await reads.RowsAsync(inquiry, after.Scope, null, cancellationToken);
        if (scope.Groups.Count > 0)
            return await GroupedAsync(inquiry, before, after, first, second, cancellationToken);
        var results = new List<AnswerResult>();
        var lines = new List<string>();
        foreach (var (measure, place) in scope.Frame.Measures.Select((measure, place) => (measure, place)))
        {
            foreach (var (side, read) in new[] { (before, first), (after, second) })
            {
                var row = read.Value[0];
                if (row.Values[place] is null || (row.Count == 0 && !measure.Kind.IsCount()))
                    return await reads.NothingAsync(inquiry, side.Scope, cancellationToken);
                if (row.Count == 0 && await reads.NothingReceivedAsync(inquiry, side.Scope, cancellationToken) is { } nothing)
                    return nothing;
                inquiry.Claim(
                    read.Query,
                    $"{side.Label}: {FrameWords.Measure(measure, scope.Frame)} {Value(scope, measure, row.Values[place]!.Value)}"
                );
            }

            var (was, became) = (first.Value[0].Values[place]!.Value, second.Value[0].Values[place]!.Value);
            results.Add(new ComparisonResult(measure.Name(scope.Frame.Over), measure.Unit(scope.Frame.Over), was, became));
            lines.Add(Tell(inquiry, scope, measure, (before, was), (after, became)));
        }

        if (results is [ComparisonResult { Before: not 0 } only])
            results.Add(new ScalarResult("change", (only.After / only.Before) - 1, "1"));
        return new AnswerDraft
        {
            Result = results[0],
            More = [.. results.Skip(1)],
            Text = string.Join("\n\n", lines),
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
        };
    }

    // "before" is the earlier window, or what was named first.
    private static (Side Before, Side After) Sides(Inquiry inquiry, FrameScope scope)
    {
        if (scope.Frame.Sides is { } sides)
        {
            var one = scope with { Frame = scope.Frame with { Sides = null } };
            return (
                new Side(AnswerWords.Name(sides.BeforeLabel), one.Narrowed(sides.Before), false),
                new Side(AnswerWords.Name(sides.AfterLabel), one.Narrowed(sides.After), false)
            );
        }

        var other = scope with { Window = inquiry.Baseline!.Value };
        var (first, second) = other.Window.FromNs <= scope.Window.FromNs ? (other, scope) : (scope, other);
        return (new Side(FrameWords.When(inquiry, first), first, true), new Side(FrameWords.When(inquiry, second), second, true));
    }

    private static string Tell(
        Inquiry inquiry,
        FrameScope scope,
        FrameMeasure measure,
        (Side Side, double Value) before,
        (Side Side, double Value) after
    )
    {
        var values =
            $"**{Value(scope, measure, before.Value)}** ({before.Side.Label}) against **{Value(scope, measure, after.Value)}** ({after.Side.Label})";
        var subject = FrameWords.Subject(scope, measure);
        var by = Change(scope, measure, before.Value, after.Value);
        if (before.Side.OfWindow)
            return $"The {subject} "
                + (by is null ? "did not change" : $"went {(after.Value > before.Value ? "up" : "down")} by **{by}**")
                + $": {values}.";
        var when = FrameWords.When(inquiry, scope);
        return by is null
            ? $"The {subject} is the same for {before.Side.Label} and {after.Side.Label}: {values}, in {when}."
            : $"The {subject} is **{by}** {(after.Value > before.Value ? "higher" : "lower")} for {after.Side.Label} than for {before.Side.Label}: {values}, in {when}.";
    }

    // "50 % (20 ms)"; shares differ by points. Null where nothing changed.
    private static string? Change(FrameScope scope, FrameMeasure measure, double before, double after)
    {
        if (before == after)
            return null;
        var distance = Math.Abs(after - before);
        var ofRatio = measure.Kind is MeasureKind.ErrorRate or MeasureKind.SuccessRate or MeasureKind.Share;
        var difference = ofRatio ? $"{Quantity.Text(distance * 100, string.Empty)} percentage points" : Value(scope, measure, distance);
        return before == 0 ? difference : $"{Quantity.Percent(distance / Math.Abs(before))} ({difference})";
    }

    // Which group changed most: a table with both sides and the change.
    private async Task<AnswerDraft> GroupedAsync(
        Inquiry inquiry,
        Side before,
        Side after,
        Recorded<IReadOnlyList<SpanTableRow>> first,
        Recorded<IReadOnlyList<SpanTableRow>> second,
        CancellationToken cancellationToken
    )
    {
        var (scope, measure) = (after.Scope, after.Scope.Frame.Measures[0]);
        var rows = first
            .Value.Concat(second.Value)
            .Where(row => row.Groups.All(value => value is not null))
            .Select(row => row.Groups)
            .DistinctBy(Key)
            .Select(groups => Changed(groups, Of(first, groups), Of(second, groups)))
            .ToList();
        if (rows.Count == 0)
            return await reads.NothingAsync(inquiry, scope, cancellationToken);
        // Least changed last, whether asked for the most that grew or the most that fell.
        var known = rows.OrderBy(row => row.Difference is null);
        var sorted = (scope.Frame.Ascending ? known.ThenBy(row => row.Difference) : known.ThenByDescending(row => row.Difference))
            .ThenBy(row => Key(row.Groups), StringComparer.Ordinal)
            .ToList();
        var shown = sorted.Skip(scope.Frame.Offset).Take(scope.Frame.Limit ?? UsualRows).ToList();
        foreach (var row in shown.Take(3))
            inquiry.Claim(second.Query, Line(row));
        var unit = measure.Unit(scope.Frame.Over);
        return new AnswerDraft
        {
            Result = new TableResult(
                [
                    .. scope.Groups.Select(group => new TableColumn(group.Column)),
                    new TableColumn("before", unit),
                    new TableColumn("after", unit),
                    new TableColumn("difference", unit),
                    new TableColumn("change", "1"),
                ],
                [.. shown.Select(row => (IReadOnlyList<object?>)[.. row.Groups, row.Before, row.After, row.Difference, row.Change])],
                sorted.Count
            ),
            Text =
                $"The {FrameWords.Subject(scope, measure)}, {before.Label} against {after.Label}, "
                + $"{(scope.Frame.Ascending ? "what fell" : "what grew")} most first:\n\n"
                + string.Join("\n", shown.Take(Told).Select(row => $"- {Line(row)}")),
        };

        string Line(ChangedRow row) =>
            $"{string.Join(" ", row.Groups.Select(value => AnswerWords.Name(value!)))}: {Text(row.Before)} → {Text(row.After)}"
            + (row.Change is { } change ? $" ({(change > 0 ? "+" : string.Empty)}{Quantity.Percent(change)})" : string.Empty);

        string Text(double? value) => value is { } known ? Value(scope, measure, known) : "none";

        double? Of(Recorded<IReadOnlyList<SpanTableRow>> side, IReadOnlyList<string?> groups) =>
            side.Value.FirstOrDefault(row => Key(row.Groups) == Key(groups))?.Values[0]
            ?? (measure.Kind.IsCount() || measure.Kind == MeasureKind.Rate ? 0 : null);
    }

    private static ChangedRow Changed(IReadOnlyList<string?> groups, double? before, double? after) =>
        new(groups, before, after, after - before, before is null or 0 ? null : (after / before) - 1);

    private static string Key(IReadOnlyList<string?> groups) => string.Join('\n', groups);

    private static string Value(FrameScope scope, FrameMeasure measure, double value) => FrameWords.Value(measure, scope.Frame, value);

    private sealed record Side(string Label, FrameScope Scope, bool OfWindow);

    private sealed record ChangedRow(IReadOnlyList<string?> Groups, double? Before, double? After, double? Difference, double? Change);
}
