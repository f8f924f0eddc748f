using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>Operations or services, ranked by a measure.</summary>
internal sealed class RankingAnswers(RequestMeasuring measuring, Absence absence, IOwnership ownership) : IAnswerer
{
    private const int UsualLimit = 10;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Operations, QuestionKind.Services];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        return await RankAsync(
            inquiry,
            inquiry.Plan.Kind == QuestionKind.Services,
            inquiry.Plan.Ranking ?? new PlannedRanking(Measure.FailedCount, null),
            cancellationToken
        );
    }

    public async Task<AnswerDraft> RankAsync(Inquiry inquiry, bool ofServices, PlannedRanking ranking, CancellationToken cancellationToken)
    {
        var owners = ofServices ? await ownership.CurrentAsync(cancellationToken) : null;
        var read = await measuring.GroupedAsync(
            inquiry,
            ranking.By,
            ofServices ? RequestGrouping.ByService : RequestGrouping.ByOperation,
            ofServices ? "resource.service.name" : "resource.service.name, name",
            cancellationToken
        );
        if (read.Value.Count == 0)
            return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);

        var ranked = Ranked(inquiry, ranking, read.Value);
        var shown = ranked.Take(ranking.Limit ?? (ofServices ? int.MaxValue : UsualLimit)).ToList();
        var by = AnswerWords.Measure(new ScalarResult(ranking.By.Name(), 0, ranking.By.Unit()));
        foreach (var (group, value) in shown.Take(3))
            inquiry.Claim(
                read.Query,
                $"{Label(group)}: {Quantity.Text(value, ranking.By.Unit())} ({Measured.Basis(ranking.By, group.Statistics, inquiry.Window)})"
            );
        return new AnswerDraft
        {
            Result = owners is not null ? Services(inquiry, ranking, shown, owners) : Operations(ranking, shown),
            Text =
                shown.Count == 0
                    ? $"No {(ofServices ? "service" : "operation")} of {SubjectWords.Of(inquiry)} qualifies in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}: "
                        + $"{Quantity.Count(read.Value.Count)} were looked at by {by}."
                    : $"By {by} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}:\n\n"
                        + string.Join(
                            "\n",
                            shown
                                .Take(UsualLimit)
                                .Select(
                                    (row, place) =>
                                        FormattableString.Invariant(
                                            $"{place + 1}. {Label(row.Group)} — **{Quantity.Text(row.Value, ranking.By.Unit())}**{Owned(row.Group.Service!)}"
                                        )
                                )
                        ),
            Suggestions = shown.Count > 0 ? Suggestions.AboutService(inquiry, shown[0].Group.Service!) : [],
        };

        string Owned(string service) =>
            owners?.OwnerOf(service, inquiry.AsOf).Team is { } team ? $", owned by {Hostile.Markdown(team, 120)}" : string.Empty;
    }

    private static List<(RequestGroup Group, double Value)> Ranked(
        Inquiry inquiry,
        PlannedRanking ranking,
        IReadOnlyList<RequestGroup> groups
    )
    {
        var valued = groups
            .Select(group => (Group: group, Value: Measured.Value(ranking.By, group.Statistics, inquiry.Window) ?? double.NaN))
            .Where(row => !double.IsNaN(row.Value));
        // Who has no failures at all is no answer to who fails most.
        if (ranking.By is Measure.ErrorRate or Measure.FailedCount && !ranking.Ascending)
            valued = valued.Where(row => row.Value > 0);
        if (ranking.Threshold is { } threshold)
            valued = valued.Where(row => ranking.Ascending ? row.Value < threshold : row.Value > threshold);
        var sorted = ranking.Ascending ? valued.OrderBy(row => row.Value) : valued.OrderByDescending(row => row.Value);
        return
        [
            .. sorted
                .ThenByDescending(row => row.Group.Statistics.ErrorRate)
                .ThenBy(row => row.Group.Service, StringComparer.Ordinal)
                .ThenBy(row => row.Group.Operation, StringComparer.Ordinal),
        ];
    }

    private static string Label(RequestGroup group) =>
        group.Operation is null
            ? AnswerWords.Name(group.Service!)
            : $"{AnswerWords.Name(group.Service!)} {AnswerWords.Name(group.Operation)}";

    private static OperationsResult Operations(PlannedRanking ranking, IEnumerable<(RequestGroup Group, double Value)> rows) =>
        new([.. rows.Select(row => new OperationItem(row.Group.Service!, row.Group.Operation!, row.Value, ranking.By.Unit()))]);

    private static ServicesResult Services(
        Inquiry inquiry,
        PlannedRanking ranking,
        List<(RequestGroup Group, double Value)> rows,
        OwnershipSnapshot owners
    ) =>
        new([
            .. rows.Select(row => new ServiceItem(
                row.Group.Service!,
                "match",
                row.Value,
                owners.OwnerOf(row.Group.Service!, inquiry.AsOf).Team
            )),
        ])
        {
            Measure = ranking.By.Name(),
            Unit = ranking.By.Unit(),
        };
}
