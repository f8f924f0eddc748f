using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Frames;

/// <summary>Frames over requests, spans and traces.</summary>
internal sealed class SpanFrames(
    FrameReads reads,
    FrameGroups groups,
    FrameTeams teams,
    FrameSeries series,
    FrameComparisons comparisons,
    FrameLists lists,
    Absence absence
) : IFrameEngine
{
    public bool Handles(QueryFrame frame) =>
        frame.Act != FrameAct.Errors && frame.Over is FramePopulation.Requests or FramePopulation.Spans or FramePopulation.Traces;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        if (Incomplete(inquiry, frame) is { } question)
            return new AnswerDraft
            {
                Outcome = Outcome.Clarify,
                Text = question,
                Result = new ChoicesResult([]),
            };
        if (frame.Act != FrameAct.List && frame.Measures.Count == 0)
            frame = frame with { Measures = [FrameMeasure.Plain(MeasureKind.Count)] };
        var scope = new FrameScope(inquiry.Plan, frame, inquiry.Window);
        return frame switch
        {
            { Act: FrameAct.List } => await lists.AnswerAsync(inquiry, scope, cancellationToken),
            _ when frame.Sides is not null || inquiry.Baseline is not null => await comparisons.AnswerAsync(
                inquiry,
                scope,
                cancellationToken
            ),
            _ when frame.OverTime || frame.Reduce is not null => await series.AnswerAsync(inquiry, scope, cancellationToken),
            { By: [{ Kind: FrameGroupKind.Team }] } => await teams.AnswerAsync(inquiry, scope, cancellationToken),
            { By.Count: > 0 } => await groups.AnswerAsync(inquiry, scope, cancellationToken),
            _ => await NumbersAsync(inquiry, scope, cancellationToken),
        };
    }

    private static string? Incomplete(Inquiry inquiry, QueryFrame frame) =>
        frame.Measures.Any(measure => measure is { Kind: MeasureKind.Distinct, Of: null }) ? "Different values of which attribute?"
        : frame.Measures.Any(measure => measure.Kind is MeasureKind.Last or MeasureKind.Increase) ? "Of which metric?"
        : frame.Measures.Any(measure => measure is { Kind: MeasureKind.Share, Part: null, PartState: RecordState.Any })
            ? "The share of what?"
        : frame.Sides is not null && inquiry.Baseline is not null
            ? $"Should {AnswerWords.Name(frame.Sides.BeforeLabel)} be compared with {AnswerWords.Name(frame.Sides.AfterLabel)}, or one time with another?"
        : null;

    private async Task<AnswerDraft> NumbersAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken)
    {
        var frame = scope.Frame;
        var read = await reads.RowsAsync(inquiry, scope, null, cancellationToken);
        var row = read.Value[0];
        if (row.Count == 0)
        {
            if (await reads.NothingReceivedAsync(inquiry, scope, cancellationToken) is { } nothing)
                return nothing;
            if (row.Values.All(value => value is null))
                return await reads.NothingAsync(inquiry, scope, cancellationToken);
        }

        if (row.Values.All(value => value is null))
            return AnswerDraft.NoData(
                $"**Nothing matched**: none of the {FrameWords.Counted(scope, row.Count)} of {FrameWords.Of(scope)} in "
                    + $"{FrameWords.When(inquiry, scope)} carries a number in {AnswerWords.Names(frame.Measures.Select(m => m.Of?.ToString()).OfType<string>().Distinct())}."
            );
        var examples = await reads.ExamplesAsync(scope, frame.Measures[0], row.Count, cancellationToken);
        inquiry.Claim(read.Query, Claim(scope, row, 0), examples);
        var scalars = frame
            .Measures.Zip(row.Values)
            .Where(pair => pair.Second is not null)
            .Select(pair => new ScalarResult(pair.First.Name(frame.Over), pair.Second!.Value, pair.First.Unit(frame.Over)))
            .ToList();
        return new AnswerDraft
        {
            Result =
                frame.Measures.Count == 1
                    ? scalars[0]
                    : new TableResult(
                        [.. frame.Measures.Select(m => FrameWords.Column(m, frame))],
                        [
                            [.. row.Values.Cast<object?>()],
                        ],
                        1
                    ),
            More = frame.Measures.Count == 1 ? [] : scalars,
            Text = frame.Measures.Count == 1 ? One(inquiry, scope, row) : Several(inquiry, scope, row),
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutService(inquiry, inquiry.Services[0]) : [],
        };
    }

    private static string Claim(FrameScope scope, SpanTableRow row, int place) =>
        $"{FrameWords.Measure(scope.Frame.Measures[place], scope.Frame)}: {Said(scope, row, place)}";

    private static string One(Inquiry inquiry, FrameScope scope, SpanTableRow row) =>
        $"The {FrameWords.Subject(scope, scope.Frame.Measures[0])} was {Bold(scope, row, 0)} in {FrameWords.When(inquiry, scope)}.";

    private static string Several(Inquiry inquiry, FrameScope scope, SpanTableRow row) =>
        $"{FrameWords.Counted(scope, row.Count)} of {FrameWords.Of(scope)} in {FrameWords.When(inquiry, scope)}:\n\n"
        + string.Join(
            "\n",
            scope.Frame.Measures.Select((measure, place) => $"- {FrameWords.Measure(measure, scope.Frame)}: {Bold(scope, row, place)}")
        );

    private static string Bold(FrameScope scope, SpanTableRow row, int place)
    {
        var measure = scope.Frame.Measures[place];
        if (row.Values[place] is not { } value)
            return "none";
        var basis = FrameWords.Basis(scope, measure, row, value);
        return $"**{FrameWords.Value(measure, scope.Frame, value)}**{(basis is null ? string.Empty : $" ({basis})")}";
    }

    private static string Said(FrameScope scope, SpanTableRow row, int place) =>
        Bold(scope, row, place).Replace("**", string.Empty, StringComparison.Ordinal);
}
