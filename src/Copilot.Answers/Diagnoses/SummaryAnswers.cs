using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Timeline;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>Every trouble of a window, in order of time: what it was, where it began, whom it reached, and whether it is over.</summary>
internal sealed class SummaryAnswers(
    TroubleTimeline timeline,
    SubjectTimeline subjects,
    DiagnosisSearch troubles,
    IOwnership ownership,
    Absence absence
) : IAnswerer
{
    private static readonly IReadOnlyList<TableColumn> Columns =
    [
        new("from"),
        new("to"),
        new("service"),
        new("kind"),
        new("cause"),
        new("affected"),
    ];

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Summary];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } unknown)
            return unknown;
        if (await absence.NothingReceivedAnywhereAsync(inquiry, cancellationToken) is { } nothing)
            return nothing;
        var found = await inquiry.ReadAsync(
            "{ } | compare each minute of every service with its others",
            inquiry.Window,
            () => timeline.FindAsync(inquiry.Window, PeriodThresholds.Past, AnswerLengthThresholds.Troubles + 1, cancellationToken),
            episodes => episodes.Count
        );
        var told = new List<ToldTrouble>();
        foreach (var episode in found.Value.Take(AnswerLengthThresholds.Troubles).OrderBy(episode => episode.Window.FromNs))
        {
            inquiry.Progress($"Looking into {AnswerWords.Window(episode.Window, inquiry.AsOf)}");
            if (await LookIntoAsync(inquiry, episode, cancellationToken) is { } trouble && !told.Any(trouble.IsSameAs))
                told.Add(trouble);
        }

        if (told.Count == 0 && await LatestAsync(inquiry, cancellationToken) is { } latest)
            told.Add(latest);
        var owners = await ownership.CurrentAsync(cancellationToken);
        return Tell(
            inquiry,
            [.. told.OrderBy(trouble => trouble.Window.FromNs)],
            found.Value.Count > AnswerLengthThresholds.Troubles,
            owners
        );
    }

    /// <returns>Null where it is nothing that the question is about, or only traffic that grew.</returns>
    private async Task<ToldTrouble?> LookIntoAsync(Inquiry inquiry, Episode episode, CancellationToken cancellationToken)
    {
        var diagnosis = await troubles.FindAsync(inquiry, episode.Window, cancellationToken);
        if (diagnosis.OnlyTrafficGrew && diagnosis.Causes.Count == 0)
            return null;
        var trouble = new ToldTrouble(episode.Window, episode.Lasts, diagnosis, episode.Services);
        if (!trouble.Concerns(inquiry.Plan))
            return null;
        // All who were reached together tell less exactly when it began than the one where it began.
        var own = await subjects.FindAsync(
            PeriodSubject.OfService(trouble.Service).Requests,
            TroubleSide.Any,
            inquiry.Window,
            PeriodThresholds.Past,
            cancellationToken
        );
        return own.Episodes.Where(e => e.Window.Overlaps(episode.Window)).MaxBy(e => e.Badness) is { } exact
            ? trouble with
            {
                Window = exact.Window,
                Lasts = exact.Lasts,
                ByErrors = exact.ByErrors,
            }
            : trouble;
    }

    /// <summary>A trouble that hardly moves a service's minutes is found in the newest stretch alone.</summary>
    private async Task<ToldTrouble?> LatestAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (!DiagnosisSearch.IsNow(inquiry, inquiry.Window))
            return null;
        var diagnosis = await troubles.FindAsync(inquiry, cancellationToken);
        if (diagnosis.Causes.Count == 0 || diagnosis.Episode is not { } episode)
            return null;
        var trouble = new ToldTrouble(episode.Window, episode.Lasts, diagnosis, episode.Services);
        return trouble.Concerns(inquiry.Plan) ? trouble : null;
    }

    private static AnswerDraft Tell(Inquiry inquiry, IReadOnlyList<ToldTrouble> troubles, bool more, OwnershipSnapshot owners)
    {
        var window = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        var of = inquiry.Plan.Services.Count > 0 ? $" of {AnswerWords.Names(inquiry.Plan.Services.Select(s => s.Name))}" : string.Empty;
        if (troubles.Count == 0)
            return new AnswerDraft
            {
                Text = $"**No trouble**{of} in {window}: no service was clearly worse in some minutes than in the others.",
            };
        var text = $"**{Quantity.Count(troubles.Count, "trouble", "troubles")}**{of} in {window}";
        inquiry.State(troubles.Select(Statement));
        text += more ? $"; more than {AnswerLengthThresholds.Troubles} stood out, and these are the worst:" : ":";
        return new AnswerDraft
        {
            Result = new TableResult(Columns, [.. troubles.Select(Row)], troubles.Count),
            Text = $"{text}\n\n{string.Join("\n", troubles.Select(trouble => Line(inquiry, trouble, owners)))}",
            Suggestions =
            [
                .. troubles
                    .Take(2)
                    .Select(trouble =>
                        $"what is the cause of the trouble of {trouble.Service} {AnswerWords.Asked(trouble.Window, inquiry.AsOf)}"
                    ),
            ],
        };
    }

    private static IReadOnlyList<object?> Row(ToldTrouble trouble) =>
        [
            Rfc3339(trouble.Window.From),
            trouble.Lasts ? null : Rfc3339(trouble.Window.To),
            trouble.Service,
            trouble.Kind,
            trouble.Cause?.Service,
            string.Join(", ", trouble.Affected),
        ];

    private static Statement Statement(ToldTrouble trouble) =>
        new()
        {
            Service = trouble.Service,
            Others = [.. trouble.Affected.Append(trouble.Cause?.Service).OfType<string>()],
            Ongoing = trouble.Lasts,
            Times = trouble.Lasts ? [("from", trouble.Window.From)] : DiagnosisStatements.Bounds(trouble.Window),
        };

    private static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Line(Inquiry inquiry, ToldTrouble trouble, OwnershipSnapshot owners)
    {
        var when = trouble.Lasts
            ? $"since {AnswerWords.At(trouble.Window.From, inquiry.AsOf)}, **still going on**"
            : AnswerWords.Window(trouble.Window, inquiry.AsOf);
        var what = trouble.Cause is { } cause
            ? DiagnosisWords.Cause(cause, inquiry.AsOf)
            : $"**{AnswerWords.Name(trouble.Service)}** was clearly worse ({trouble.Kind}); no single cause stands out.";
        var others = trouble.Affected.Where(service => service != trouble.Service).ToList();
        var reached = others.Count > 0 ? $" Affected: {AnswerWords.Names(others)}." : string.Empty;
        var team = owners.OwnerOf(trouble.Cause?.Service ?? trouble.Service, trouble.Window.From).Team;
        return $"- {when}: {what}{reached}" + (team is null ? string.Empty : $" Team: {Hostile.Markdown(team, 120)}.");
    }

    /// <summary>One trouble as it is told.</summary>
    private sealed record ToldTrouble(TimeWindow Window, bool Lasts, WindowDiagnosis Diagnosis, IReadOnlyList<string> Seen)
    {
        public bool? ByErrors { get; init; }

        public DiagnosedCause? Cause => Diagnosis.Causes.Count > 0 ? Diagnosis.Causes[0] : null;

        /// <summary>Where it shows: where it begins, unless that sends no spans.</summary>
        public string Service => Cause?.SeenAt ?? Cause?.Service ?? Diagnosis.Affected.Select(a => a.Service).FirstOrDefault() ?? Seen[0];

        /// <summary>The kind of its cause; without one, what shows it.</summary>
        public string Kind =>
            Cause?.Kind.ToString().ToLowerInvariant()
            ?? ((ByErrors ?? Diagnosis.Affected.Any(service => service.Failing)) ? "errors" : "latency");

        public IReadOnlyList<string> Affected =>
            Diagnosis.Affected.Count > 0 ? [.. Diagnosis.Affected.Select(service => service.Service)] : Seen;

        public bool IsSameAs(ToldTrouble other) => Service == other.Service && Window.Overlaps(other.Window);

        public bool Concerns(QuestionPlan plan) =>
            plan.Services.Count == 0
            || plan.Services.Any(named => named.Name == Service || Affected.Contains(named.Name) || Seen.Contains(named.Name));
    }
}
