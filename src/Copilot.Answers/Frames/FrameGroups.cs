using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Measures by services, operations and attributes: tables, break-downs and ranks.</summary>
internal sealed class FrameGroups(FrameReads reads, IOwnership ownership)
{
    private const int Told = 10;
    private const int UsualRows = 100;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken)
    {
        var read = await reads.RowsAsync(inquiry, scope, null, cancellationToken);
        var carrying = read.Value.Where(row => row.Groups.All(value => value is not null)).ToList();
        if (carrying.Count == 0)
            return await NothingAsync(inquiry, scope, read.Value, cancellationToken);
        var rows = Ranked(scope.Frame, carrying);
        var shown = rows.Skip(scope.Frame.Offset).Take(scope.Frame.Limit ?? UsualLimit(scope)).ToList();
        foreach (var row in shown.Take(3))
            inquiry.Claim(read.Query, $"{Label(row)}: {Said(scope, row)}{Basis(scope, row)}");
        var owners = IsServices(scope) ? await ownership.CurrentAsync(cancellationToken) : null;
        AnswerResult result =
            owners is not null ? Services(inquiry, scope, shown, owners)
            : IsOperations(scope) ? Operations(scope, shown)
            : IsBreakdown(scope) ? await BreakdownAsync(inquiry, scope, read.Value, shown, cancellationToken)
            : Table(scope, shown, rows.Count);
        return new AnswerDraft
        {
            Result = result,
            Text = Tell(inquiry, scope, rows, shown, row => Owned(owners, row, inquiry)),
            Suggestions =
                inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0])
                : shown.Count > 0 && scope.Groups[0].Column == "service" ? Suggestions.AboutService(inquiry, shown[0].Groups[0]!)
                : [],
        };
    }

    /// <summary>Those that qualify, in the order asked for: by the first measure, equal ones by name.</summary>
    public static IReadOnlyList<SpanTableRow> Ranked(QueryFrame frame, IEnumerable<SpanTableRow> rows)
    {
        var of = frame.Measures[0].Kind;
        // Who has no failures at all is no answer to who fails most.
        if (frame.Act == FrameAct.Rank)
            rows = rows.Where(row =>
                row.Values[0] is { } value && (frame.Ascending || value > 0 || of is not (MeasureKind.Failed or MeasureKind.ErrorRate))
            );
        if (frame.Threshold is { } threshold)
            rows = rows.Where(row => frame.Ascending ? row.Values[0] < threshold : row.Values[0] > threshold);
        var known = rows.OrderBy(row => row.Values[0] is null);
        var sorted = frame.Ascending ? known.ThenBy(row => row.Values[0]) : known.ThenByDescending(row => row.Values[0]);
        return [.. sorted.ThenBy(row => string.Join('\n', row.Groups), StringComparer.Ordinal)];
    }

    private static int UsualLimit(FrameScope scope) => scope.Frame.Act == FrameAct.Rank && IsOperations(scope) ? Told : UsualRows;

    private static bool IsRank(FrameScope scope, params string[] columns) =>
        scope.Frame is { Act: FrameAct.Rank, Measures.Count: 1 } && scope.Groups.Select(group => group.Column).SequenceEqual(columns);

    private static bool IsServices(FrameScope scope) => IsRank(scope, "service");

    private static bool IsOperations(FrameScope scope) => IsRank(scope, "service", "operation");

    private static bool IsBreakdown(FrameScope scope) =>
        scope.Frame is { By: [{ Kind: FrameGroupKind.Attribute }], Measures: [{ Kind: not MeasureKind.Distinct } only] }
        && only.Kind.IsCount();

    private static ServicesResult Services(Inquiry inquiry, FrameScope scope, List<SpanTableRow> rows, OwnershipSnapshot owners) =>
        new([
            .. rows.Select(row => new ServiceItem(
                row.Groups[0]!,
                "match",
                row.Values[0]!.Value,
                owners.OwnerOf(row.Groups[0]!, inquiry.AsOf).Team
            )),
        ])
        {
            Measure = FrameWords.Column(scope.Frame.Measures[0], scope.Frame).Name,
            Unit = scope.Frame.Measures[0].Unit(scope.Frame.Over),
        };

    private static OperationsResult Operations(FrameScope scope, List<SpanTableRow> rows) =>
        new([
            .. rows.Select(row => new OperationItem(
                row.Groups[0]!,
                row.Groups[1]!,
                row.Values[0]!.Value,
                scope.Frame.Measures[0].Unit(scope.Frame.Over)
            )),
        ]);

    private static TableResult Table(FrameScope scope, List<SpanTableRow> rows, long total) =>
        new(
            [
                .. scope.Groups.Select(group => new TableColumn(group.Column)),
                .. scope.Frame.Measures.Select(measure => FrameWords.Column(measure, scope.Frame)),
            ],
            [.. rows.Select(row => (IReadOnlyList<object?>)[.. row.Groups, .. row.Values.Cast<object?>()])],
            total
        );

    private async Task<BreakdownResult> BreakdownAsync(
        Inquiry inquiry,
        FrameScope scope,
        IReadOnlyList<SpanTableRow> all,
        List<SpanTableRow> shown,
        CancellationToken cancellationToken
    )
    {
        var group = scope.Frame.By[0];
        // What carries several values stands in several rows, but is one all the same.
        var total = group.InTrace
            ? (await ValuesAsync(inquiry, scope.Frame with { By = [] }, scope, cancellationToken)).Values.Sum()
            : all.Sum(row => row.Values[0] ?? 0);
        var bad = scope.Frame.Measures[0].Kind == MeasureKind.Failed || scope.Frame.State is RecordState.Failed or RecordState.Slow;
        var whole = bad
            ? await ValuesAsync(
                inquiry,
                scope.Frame with
                {
                    State = RecordState.Any,
                    Measures = [FrameMeasure.Plain(MeasureKind.Count)],
                },
                scope,
                cancellationToken
            )
            : [];
        var good = whole.Values.Sum() - all.Sum(row => row.Values[0] ?? 0);
        return new BreakdownResult(group.Column, [.. shown.Select(Item)]);

        BreakdownItem Item(SpanTableRow row)
        {
            var (value, count) = (row.Groups[0]!, row.Values[0] ?? 0);
            var share = total == 0 ? 0 : count / total;
            // No good one has the value: half a one stands in, so that the ratio stays a number.
            var lift = good > 0 ? Math.Round(share / (Math.Max(whole.GetValueOrDefault(value) - count, 0.5) / good), 2) : 1;
            return new BreakdownItem(value, (long)count, share, lift);
        }
    }

    private async Task<Dictionary<string, double>> ValuesAsync(
        Inquiry inquiry,
        QueryFrame frame,
        FrameScope scope,
        CancellationToken cancellationToken
    )
    {
        var read = await reads.RowsAsync(inquiry, scope with { Frame = frame }, null, cancellationToken);
        return read.Value.ToDictionary(row => row.Groups.Count > 0 ? row.Groups[0] ?? "\0" : "\0", row => row.Values[0] ?? 0);
    }

    private async Task<AnswerDraft> NothingAsync(
        Inquiry inquiry,
        FrameScope scope,
        IReadOnlyList<SpanTableRow> rows,
        CancellationToken cancellationToken
    )
    {
        if (rows.Count == 0)
            return await reads.NothingAsync(inquiry, scope, cancellationToken);
        return AnswerDraft.NoData(
            $"**Nothing matched**: none of the {FrameWords.Counted(scope, rows.Sum(row => row.Count))} of {FrameWords.Of(scope)} in "
                + $"{FrameWords.When(inquiry, scope)} carries {AnswerWords.Names(scope.Groups.Select(group => group.Column))}."
        );
    }

    private static string Tell(
        Inquiry inquiry,
        FrameScope scope,
        IReadOnlyList<SpanTableRow> rows,
        List<SpanTableRow> shown,
        Func<SpanTableRow, string> owned
    )
    {
        var (frame, measure) = (scope.Frame, scope.Frame.Measures[0]);
        var by = AnswerWords.Names(scope.Groups.Select(group => group.Column));
        if (shown.Count == 0)
            return $"**None** by {by} qualifies by {FrameWords.Measure(measure, frame)} of {FrameWords.Of(scope)} in {FrameWords.When(inquiry, scope)}.";
        var head =
            frame.Act == FrameAct.Rank && frame.Offset == 0
                ? $"**{Label(shown[0])}** has the {(frame.Ascending ? "lowest" : "highest")} {FrameWords.Measure(measure, frame)}: **{Said(scope, shown[0])}**{Basis(scope, shown[0])}{owned(shown[0])} "
                    + $"({FrameWords.Of(scope)}, {FrameWords.When(inquiry, scope)})."
                : $"The {FrameWords.Subject(scope, measure)} by {by} ({FrameWords.When(inquiry, scope)}):";
        if (shown.Count == 1 && frame.Act == FrameAct.Rank && frame.Offset == 0)
            return head;
        var lines = shown
            .Take(Told)
            .Select(
                (row, place) =>
                    FormattableString.Invariant(
                        $"{place + 1 + frame.Offset}. {Label(row)} — **{Said(scope, row)}**{Basis(scope, row)}{owned(row)}"
                    )
            )
            .ToList();
        if (rows.Count - frame.Offset > lines.Count)
            lines.Add($"\n{Quantity.Count(rows.Count)} in all.");
        return $"{head}\n\n{string.Join("\n", lines)}";
    }

    private static string Label(SpanTableRow row) => string.Join(" ", row.Groups.Select(value => AnswerWords.Name(value!)));

    private static string Said(FrameScope scope, SpanTableRow row) =>
        string.Join(
            ", ",
            scope.Frame.Measures.Select(
                (measure, place) =>
                    (place == 0 ? string.Empty : FrameWords.Measure(measure, scope.Frame) + " ")
                    + (row.Values[place] is { } value ? FrameWords.Value(measure, scope.Frame, value) : "none")
            )
        );

    // A ratio alone does not say of how many.
    private static string Basis(FrameScope scope, SpanTableRow row) =>
        scope.Frame.Measures is [{ Kind: MeasureKind.ErrorRate or MeasureKind.SuccessRate or MeasureKind.Share } only]
        && FrameWords.Basis(scope, only, row, row.Values[0]) is { } basis
            ? $" ({basis})"
            : string.Empty;

    private static string Owned(OwnershipSnapshot? owners, SpanTableRow row, Inquiry inquiry) =>
        owners?.OwnerOf(row.Groups[0]!, inquiry.AsOf).Team is { } team ? $", owned by {Hostile.Markdown(team, 120)}" : string.Empty;
}
