using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Counts and rates by the teams that own the services: what spans say by service, added up by the catalogue.</summary>
internal sealed class FrameTeams(FrameReads reads, IOwnership ownership)
{
    private const int Told = 10;
    private const string Nobody = "no owner";

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, FrameScope scope, CancellationToken cancellationToken)
    {
        if (scope.Frame.Measures.FirstOrDefault(measure => !Adds(measure)) is { } other)
            return new AnswerDraft
            {
                Outcome = Outcome.Unsupported,
                Text =
                    $"The {FrameWords.Measure(other, scope.Frame)} of several services cannot be made of that of each. "
                    + "Ask for it by service, or ask for requests, failures or error rates by team.",
            };
        var byService = scope with
        {
            Frame = scope.Frame with
            {
                Act = FrameAct.Measure,
                By = [FrameGroup.Service],
                Measures = [FrameMeasure.Plain(MeasureKind.Count)],
                Limit = null,
                Offset = 0,
                Threshold = null,
            },
        };
        var read = await reads.RowsAsync(inquiry, byService, null, cancellationToken);
        var owners = await ownership.CurrentAsync(cancellationToken);
        var rows = FrameGroups.Ranked(
            scope.Frame,
            read.Value.Where(row => row.Groups[0] is not null)
                .GroupBy(row => owners.OwnerOf(row.Groups[0]!, inquiry.AsOf).Team ?? Nobody, StringComparer.Ordinal)
                .Select(team => Row(scope, team.Key, team.Sum(row => row.Count), team.Sum(row => row.Failed)))
        );
        if (rows.Count == 0)
            return AnswerDraft.NoData($"**Nothing matched** {FrameWords.Of(scope)} in {FrameWords.When(inquiry, scope)}.");
        var shown = rows.Skip(scope.Frame.Offset).Take(scope.Frame.Limit ?? rows.Count).ToList();
        foreach (var row in shown.Take(3))
            inquiry.Claim(read.Query, $"{row.Groups[0]}: {Said(scope, row)}");
        return new AnswerDraft
        {
            Result = new TableResult(
                [new TableColumn("team"), .. scope.Frame.Measures.Select(measure => FrameWords.Column(measure, scope.Frame))],
                [.. shown.Select(row => (IReadOnlyList<object?>)[row.Groups[0], .. row.Values.Cast<object?>()])],
                rows.Count
            ),
            Text =
                $"The {FrameWords.Subject(scope, scope.Frame.Measures[0])} by the team that owns them ({FrameWords.When(inquiry, scope)}):\n\n"
                + string.Join(
                    "\n",
                    shown.Take(Told).Select((row, place) => $"{place + 1}. {Hostile.Markdown(row.Groups[0]!)}: **{Said(scope, row)}**")
                ),
        };
    }

    private static bool Adds(FrameMeasure measure) =>
        measure.Of is null
        && measure.Kind
            is MeasureKind.Count
                or MeasureKind.Failed
                or MeasureKind.Succeeded
                or MeasureKind.ErrorRate
                or MeasureKind.SuccessRate;

    private static SpanTableRow Row(FrameScope scope, string team, long count, long failed) =>
        new(
            null,
            [team],
            [
                .. scope.Frame.Measures.Select(
                    double? (measure) =>
                        measure.Kind switch
                        {
                            MeasureKind.Failed => failed,
                            MeasureKind.Succeeded => count - failed,
                            MeasureKind.ErrorRate => count == 0 ? null : (double)failed / count,
                            MeasureKind.SuccessRate => count == 0 ? null : (double)(count - failed) / count,
                            _ => count,
                        }
                ),
            ]
        )
        {
            Count = count,
            Failed = failed,
        };

    private static string Said(FrameScope scope, SpanTableRow row) =>
        string.Join(
            ", ",
            scope.Frame.Measures.Select((measure, i) => row.Values[i] is { } value ? FrameWords.Value(measure, scope.Frame, value) : "none")
        );
}
