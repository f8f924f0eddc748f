using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>Deploys, rollbacks, flag flips, configuration changes.</summary>
internal sealed class ChangeAnswers(ChangeReads changes, DiagnosisSearch troubles, IOwnership ownership) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Changes];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var wanted = inquiry.Plan.Changes ?? new ChangeSelection();
        if (wanted.BehindTrouble)
            return await BehindAsync(inquiry, wanted, cancellationToken);

        var named = wanted.BeforeTrouble ? [] : inquiry.Plan.Services.Select(service => service.Name);
        var services = await NamesAsync(named, cancellationToken);
        var found = await FindAsync(inquiry, wanted, services, inquiry.Window, cancellationToken);
        var rows = found.Value;
        if (wanted.NearNs is { } near)
        {
            var time = UnixNanos.ToTime(near);
            rows =
            [
                .. rows.Where(row => !wanted.BeforeTrouble || row.Time <= time + ChangeReadingThresholds.Spoken)
                    .OrderBy(row => (row.Time - time).Duration())
                    .Take(wanted.Limit ?? ChangeReadingThresholds.Nearest)
                    .OrderByDescending(row => row.Time),
            ];
        }
        else if (wanted.Limit is { } limit)
        {
            rows = [.. rows.Take(limit)];
        }

        var told = Tell(inquiry, found.Query, rows, KindOf(wanted));
        if (rows.Count > 0 || wanted.NearNs is not null)
            return told;
        // Nobody named a time, or the wrong one: what came last before it may be what is meant.
        var earlier = await FindAsync(
            inquiry,
            wanted,
            services,
            new TimeWindow(inquiry.Window.From - ChangeReadingThresholds.LongBefore, inquiry.Window.From),
            cancellationToken
        );
        return earlier.Value.Count == 0
            ? told
            : told with
            {
                Text = $"{told.Text} The latest before that:\n\n{Line(inquiry, earlier.Value[0])}",
            };
    }

    private static string KindOf(ChangeSelection wanted) => wanted.Kinds.Count == 0 ? "change" : string.Join(" or ", wanted.Kinds);

    // The cause is looked for first; the change behind it happened there shortly before the trouble began, or as it began.
    private async Task<AnswerDraft> BehindAsync(Inquiry inquiry, ChangeSelection wanted, CancellationToken cancellationToken)
    {
        var diagnosis = await troubles.FindAsync(inquiry, cancellationToken);
        var suspects = diagnosis.Causes.Select(cause => cause.Service).ToList();
        if (suspects.Count == 0)
            suspects = [.. inquiry.Plan.Services.Select(service => service.Name)];
        var services = await NamesAsync(suspects, cancellationToken);
        var window = new TimeWindow(inquiry.Window.From - ChangeReadingThresholds.Before, inquiry.Window.To);
        var found = await FindAsync(inquiry, wanted, services, window, cancellationToken);
        var start = inquiry.Window.From;
        var rows = found
            .Value.OrderBy(row => (row.Time - start).Duration())
            .Take(wanted.Limit ?? ChangeReadingThresholds.Nearest)
            .OrderByDescending(row => row.Time)
            .ToList();
        return Tell(inquiry, found.Query, rows, KindOf(wanted));
    }

    private async Task<Recorded<IReadOnlyList<Change>>> FindAsync(
        Inquiry inquiry,
        ChangeSelection wanted,
        IReadOnlyList<string> services,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var filter = new ChangeFilter
        {
            From = window.From,
            To = window.To,
            Services = services,
            Kinds = wanted.Kinds,
            Version = wanted.Version,
        };
        var names = wanted.Author is { } author ? await NamesOfAsync(author, cancellationToken) : null;
        return await inquiry.ReadAsync(
            $"changes{(services.Count > 0 ? $" of {string.Join(", ", services)}" : string.Empty)}"
                + (wanted.Kinds.Count > 0 ? $" of kind {string.Join(", ", wanted.Kinds)}" : string.Empty)
                + (wanted.LeftOut.Count > 0 ? $" but not of kind {string.Join(", ", wanted.LeftOut)}" : string.Empty)
                + (inquiry.LeftOut.Count > 0 ? $" but not of {string.Join(", ", inquiry.LeftOut)}" : string.Empty),
            window,
            async () => Without(inquiry, wanted, By(names, await changes.FindAsync(filter, cancellationToken))),
            rows => rows.Count
        );
    }

    private static IReadOnlyList<Change> Without(Inquiry inquiry, ChangeSelection wanted, IReadOnlyList<Change> rows) =>
        inquiry.LeftOut.Count + wanted.LeftOut.Count == 0
            ? rows
            :
            [
                .. rows.Where(row =>
                    !inquiry.LeftOut.Contains(row.Service)
                    && !wanted.LeftOut.Any(kind => row.Kind.Contains(kind, StringComparison.OrdinalIgnoreCase))
                ),
            ];

    private static IReadOnlyList<Change> By(IReadOnlyList<string>? names, IReadOnlyList<Change> rows) =>
        names is null
            ? rows
            :
            [
                .. rows.Where(row =>
                    row.Author is { } author && names.Any(name => author.Contains(name, StringComparison.OrdinalIgnoreCase))
                ),
            ];

    // Whoever reports changes knows a person by an address or a handle as often as by name.
    private async Task<IReadOnlyList<string>> NamesOfAsync(string author, CancellationToken cancellationToken)
    {
        var people = (await ownership.CurrentAsync(cancellationToken)).People.Where(person => person.Name == author).ToList();
        return
        [
            author,
            .. people.Select(person => person.Contact).OfType<string>(),
            .. people.SelectMany(person => person.Handles.Values.Where(handle => handle.Length >= ChangeReadingThresholds.ShortestHandle)),
        ];
    }

    // Whoever reports changes may know a service by its catalogue name.
    private async Task<IReadOnlyList<string>> NamesAsync(IEnumerable<string> services, CancellationToken cancellationToken)
    {
        var snapshot = await ownership.CurrentAsync(cancellationToken);
        return [.. services.SelectMany(snapshot.NamesOf).Distinct(StringComparer.Ordinal)];
    }

    private static AnswerDraft Tell(Inquiry inquiry, string query, IReadOnlyList<Change> rows, string kind)
    {
        var about = inquiry.Plan is { Services.Count: > 0, Changes: not { BeforeTrouble: true } }
            ? $" on {AnswerWords.Names(inquiry.Plan.Services.Select(service => service.Name))}"
            : string.Empty;
        inquiry.Claim(query, $"{rows.Count} changes on record");
        return new AnswerDraft
        {
            Result = new ChangesResult([.. rows.Select(row => new ChangeItem(row.Time, row.Service, row.Kind, row.Version, row.Summary))]),
            Text =
                rows.Count == 0
                    ? $"**No {Hostile.Markdown(kind)}**{about} is on record for {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}."
                    : $"{Quantity.Count(rows.Count, "change", "changes")}{about}, newest first:\n\n"
                        + string.Join("\n", rows.Take(AnswerLengthThresholds.Changes).Select(row => Line(inquiry, row))),
            Suggestions =
                rows.Count == 0
                    ? []
                    : [$"error rate of {rows[0].Service} 5 min before vs 5 min after the change", $"who is on call for {rows[0].Service}"],
        };
    }

    private static string Line(Inquiry inquiry, Change row) =>
        $"- {AnswerWords.At(row.Time, inquiry.AsOf)} {AnswerWords.Name(row.Service)} {AnswerWords.Name(row.Kind)}"
        + (row.Version is { } version ? $" {AnswerWords.Name(version)}" : string.Empty)
        + (row.Author is { Length: > 0 } author ? $" by {Hostile.Markdown(author, 120)}" : string.Empty)
        + (row.Summary.Length > 0 ? $": {Hostile.Code(row.Summary)}" : string.Empty);
}
