using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Measures;
using Copilot.Answers.Records;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Timeline;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Proposals;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>What is wrong: the cause, who is affected, and who should come.</summary>
internal sealed class DiagnosisAnswers(
    DiagnosisSearch troubles,
    RequestMeasuring measuring,
    IProposals proposals,
    IOwnership ownership,
    Absence absence,
    TopologyReads topology,
    BadStretch stretches
) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } =
    [QuestionKind.Cause, QuestionKind.Affected, QuestionKind.Involved, QuestionKind.Overview];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } unknown)
            return unknown;
        if (await absence.NothingReceivedAnywhereAsync(inquiry, cancellationToken) is { } nothing)
            return nothing;

        var (diagnosis, narrowed, about) = await DiagnoseAsync(inquiry, cancellationToken);
        var own = await OwnAsync(inquiry, cancellationToken);
        if (diagnosis.Causes.Count == 0 && diagnosis.Affected.Count == 0)
            return Fine(inquiry, diagnosis, own);

        var elsewhere =
            inquiry.Plan.Kind is QuestionKind.Cause or QuestionKind.Overview && !await ConcernsAsync(inquiry, diagnosis, cancellationToken);
        var owners = await ownership.CurrentAsync(cancellationToken);
        var proposal = elsewhere ? null : await proposals.ProposeAsync(diagnosis, cancellationToken);
        var cause = diagnosis.Causes.Count > 0 ? diagnosis.Causes[0] : null;
        return new AnswerDraft
        {
            Result =
                inquiry.Plan.Kind == QuestionKind.Involved
                    ? Owners(diagnosis, owners)
                    : new ServicesResult([.. Services(inquiry, diagnosis, owners, about, elsewhere)]),
            Text = own + Tell(inquiry, diagnosis, owners, elsewhere, narrowed),
            Suggestions = Suggestions.AboutTrouble(inquiry, cause?.Service),
            Proposal = proposal,
            Trouble = elsewhere ? null : Outline(inquiry, diagnosis, own, narrowed),
            Explanation = elsewhere ? null : Explanation.Of(diagnosis),
        };
    }

    private async Task<(WindowDiagnosis Diagnosis, bool Narrowed, IReadOnlyList<string> About)> DiagnoseAsync(
        Inquiry inquiry,
        CancellationToken cancellationToken
    )
    {
        // "why could no group tickets be sold this morning?": when those were worse, whatever else was wrong at other times.
        if (
            inquiry.Filter.Conditions.Count > 0
            && await stretches.OfConditionsAsync(inquiry, cancellationToken) is { } theirs
            && await WithinAsync(inquiry, theirs.Window, cancellationToken) is { } worse
        )
        {
            var about = inquiry.Services.Count > 0 ? inquiry.Services : theirs.Services;
            return (worse.About(about), true, about);
        }

        var diagnosis = (await troubles.FindAsync(inquiry, cancellationToken)).About(inquiry.Services);
        return
            IsDiluted(inquiry, diagnosis)
            && await stretches.FindAsync(inquiry, inquiry.Services, TracesOf(inquiry.Window, diagnosis), cancellationToken) is { } stretch
            && await WithinAsync(inquiry, stretch, cancellationToken) is { } inside
            ? (inside, true, inquiry.Services)
            : (diagnosis, false, inquiry.Services);
    }

    // Null where nothing is worse in it.
    private async Task<WindowDiagnosis?> WithinAsync(Inquiry inquiry, TimeWindow stretch, CancellationToken cancellationToken)
    {
        var inside = await troubles.FindAsync(inquiry, stretch, cancellationToken);
        if (inside.Affected.Count + inside.Causes.Count == 0)
            return null;
        var shown = inside.Episode ?? new Episode(stretch, true, [], 0);
        return inside with { Episode = shown with { Lasts = shown.Lasts && stretch.To >= inquiry.Window.To } };
    }

    // About so many, where a part of the window was looked into.
    private static long TracesOf(TimeWindow window, WindowDiagnosis diagnosis) =>
        (long)(diagnosis.Traces * (window.Length / diagnosis.Window.Length));

    // Who asks how one service is doing wants its figures too.
    private async Task<string> OwnAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (inquiry.Plan.Kind != QuestionKind.Overview || inquiry.Services.Count != 1)
            return string.Empty;
        var read = await measuring.StatisticsAsync(
            inquiry,
            inquiry.Plan with
            {
                Measure = Measure.P95,
            },
            inquiry.Filter,
            inquiry.Window,
            cancellationToken
        );
        if (read.Value.Requests == 0)
            return string.Empty;
        var basis = Measured.Basis(Measure.P95, read.Value, inquiry.Window);
        inquiry.Claim(read.Query, $"{inquiry.Services[0]}: {basis}");
        return $"{AnswerWords.Name(inquiry.Services[0])} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}: {basis}.\n\n";
    }

    // Two minutes of trouble in a window of twenty: nothing is worse on the whole, or not the service that the question names.
    private static bool IsDiluted(Inquiry inquiry, WindowDiagnosis diagnosis) =>
        inquiry.Services.Count > 0
            ? !diagnosis.Affected.Any(service => inquiry.Services.Contains(service.Service))
                && !diagnosis.Causes.Any(cause => inquiry.Services.Contains(cause.Service))
            : diagnosis.Causes.Count == 0 && diagnosis.Affected.Count == 0 && !diagnosis.OnlyTrafficGrew;

    // A cause is claimed for a named service only where that is worse itself, or works on the cause's messages or sends them:
    // anything else is trouble of its own.
    private async Task<bool> ConcernsAsync(Inquiry inquiry, WindowDiagnosis diagnosis, CancellationToken cancellationToken)
    {
        if (inquiry.Plan.Services.Count == 0)
            return true;
        var involved = diagnosis
            .Affected.Select(service => service.Service)
            .Concat(diagnosis.Causes.SelectMany(cause => new[] { cause.Service, cause.SeenAt }))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        if (inquiry.Plan.Services.Any(service => involved.Contains(service.Name)))
            return true;
        IReadOnlyList<string> causes =
        [
            .. diagnosis.Causes.Select(cause => cause.SeenAt ?? cause.Service).Distinct(StringComparer.Ordinal),
        ];
        var named = inquiry.Plan.Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        // "why is GET /home of the app slow": one operation suffers for what it calls, be the service as a whole as it was.
        if (
            inquiry.Plan.Operations.Count > 0
            // Of several troubles nobody can tell here which one the operation met.
            && diagnosis.Others.Count == 0
            && (await topology.CallersAsync(causes, diagnosis.Window, cancellationToken)).Any(caller => named.Contains(caller.Service))
        )
            return true;
        return (await topology.LinkedAsync(causes, diagnosis.Window, cancellationToken)).Any(named.Contains);
    }

    // Of several troubles those of the services that the question names; all, where it names none of theirs.
    private static IReadOnlyList<WindowDiagnosis> Concerned(IReadOnlyList<string> about, IReadOnlyList<WindowDiagnosis> troubles)
    {
        if (about.Count == 0)
            return troubles;
        var theirs = troubles
            .Where(trouble =>
                trouble.Causes.Any(cause => about.Contains(cause.Service))
                || trouble.Affected.Any(service => about.Contains(service.Service))
            )
            .ToList();
        return theirs.Count > 0 ? theirs : troubles;
    }

    private static IEnumerable<ServiceItem> Services(
        Inquiry inquiry,
        WindowDiagnosis diagnosis,
        OwnershipSnapshot owners,
        IReadOnlyList<string> about,
        bool elsewhere
    )
    {
        ServiceItem Item(string service, string role, double score) =>
            new(service, role, Math.Round(score, 4), owners.OwnerOf(service, inquiry.AsOf).Team);
        var told = Concerned(about, [.. diagnosis.Also.Prepend(diagnosis)]);
        var named = new HashSet<string>(inquiry.LeftOut, StringComparer.Ordinal);
        var causes = told.SelectMany(trouble => trouble.Causes)
            .Where(cause => named.Add(cause.Service))
            .Select(cause => Item(cause.Service, elsewhere ? "suspect" : "cause", cause.Score))
            .ToList();
        var affected = told.SelectMany(trouble => trouble.Affected)
            .Where(service => named.Add(service.Service))
            .Select(service => Item(service.Service, "affected", service.Score))
            .ToList();
        var suspects =
            inquiry.Plan.Kind == QuestionKind.Affected
                ? []
                : diagnosis
                    .Suspects.Where(suspect => named.Add(suspect.Service))
                    .Take(AnswerLengthThresholds.Suspects)
                    .Select(suspect => Item(suspect.Service, "suspect", suspect.Score));
        return [.. causes, .. affected, .. suspects];
    }

    private static OwnersResult Owners(WindowDiagnosis diagnosis, OwnershipSnapshot owners)
    {
        var services = diagnosis
            .Causes.Select(cause => cause.Service)
            .Concat(diagnosis.Affected.Select(service => service.Service))
            .Distinct(StringComparer.Ordinal);
        return new([.. services.Select(service => OwnerAnswers.Item(owners.OwnerOf(service, diagnosis.Window.To)))]);
    }

    private static AnswerDraft Fine(Inquiry inquiry, WindowDiagnosis diagnosis, string own)
    {
        var window = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        var text =
            !diagnosis.HasBaseline ? $"**Not to be told**, in {window}: {Hostile.Markdown(diagnosis.Summary)}"
            : diagnosis.OnlyTrafficGrew
                ? $"**No cause: only traffic grew.** No service is clearly worse than in its baseline in {window}"
                    + (
                        diagnosis.Busy.Count > 0
                            ? $"; {AnswerWords.Names(diagnosis.Busy.Select(service => service.Service))} got more requests"
                            : string.Empty
                    )
                    + "."
            : diagnosis.Moved.Count > 0
                ? $"**Cannot tell.** No service's requests are clearly worse than in their baseline in {window}, "
                    + "but log records say that something may be wrong:"
            : $"**No cause, nothing is clearly worse** than in its baseline in {window}.";
        if (diagnosis.Moved.Count > 0)
            text += "\n\n" + string.Join("\n", diagnosis.Moved.Select(claim => $"- {Hostile.Markdown(claim)}"));
        if (diagnosis is { HasBaseline: true, StillArriving: > 0 and var recent })
            text += FormattableString.Invariant($" Its last {recent} traces are not judged yet: part of them may still be on its way.");
        return new AnswerDraft
        {
            Result = inquiry.Plan.Kind switch
            {
                QuestionKind.Involved => new OwnersResult([]),
                _ => new ServicesResult([]),
            },
            Text = own + text,
            Suggestions = Suggestions.AboutTrouble(inquiry, null),
        };
    }

    // "Why is it slow?" of a service that is as fast as before: what is presumed and not there is said first.
    private static string? Presumed(Inquiry inquiry, WindowDiagnosis diagnosis) =>
        inquiry.Plan is { Kind: QuestionKind.Cause or QuestionKind.Overview, Trouble: { } presumed, Services: [var named] }
        && diagnosis.Affected.FirstOrDefault(service => service.Service == named.Name) is { } service
            ? DiagnosisWords.Missing(service, presumed)
            : null;

    private static TroubleOutline Outline(Inquiry inquiry, WindowDiagnosis diagnosis, string own, bool narrowed)
    {
        var now = DiagnosisSearch.IsNow(inquiry, inquiry.Window);
        return new TroubleOutline(
            diagnosis.Episode?.Window.From,
            diagnosis.Episode is { Lasts: false } ended ? ended.Window.To : null,
            now ? diagnosis.Episode?.Lasts : false,
            string.Join(
                    "\n\n",
                    [own.TrimEnd(), .. Before(inquiry, diagnosis, narrowed), .. Beside(inquiry, diagnosis), .. Others(inquiry, diagnosis)]
                )
                .Trim()
        );
    }

    private static IEnumerable<string> Before(Inquiry inquiry, WindowDiagnosis diagnosis, bool narrowed)
    {
        if (narrowed)
            yield return $"Within {AnswerWords.Window(inquiry.Window, inquiry.AsOf)} the trouble is confined to "
                + $"**{AnswerWords.Window(diagnosis.Window, inquiry.AsOf)}**; that stretch was compared with the time before it.";
        if (Presumed(inquiry, diagnosis) is { } presumed)
            yield return presumed;
    }

    private static IEnumerable<string> Beside(Inquiry inquiry, WindowDiagnosis diagnosis) =>
        diagnosis.Also.Select(other => EpisodeWords.Beside(other, inquiry.AsOf));

    // What is over needs no first step.
    private static GuideStep? First(Inquiry inquiry, WindowDiagnosis diagnosis) =>
        diagnosis is { Causes: [var cause, ..], Episode: not { Lasts: false } } && DiagnosisSearch.IsNow(inquiry, inquiry.Window)
            ? FirstSteps.For(cause).FirstOrDefault()
            : null;

    private static IEnumerable<string> Others(Inquiry inquiry, WindowDiagnosis diagnosis) =>
        diagnosis.Others.Count > 0 && inquiry.Plan.Kind is QuestionKind.Overview or QuestionKind.Cause
            ? [EpisodeWords.Others(diagnosis.Others, inquiry.AsOf)]
            : [];

    private static string Tell(Inquiry inquiry, WindowDiagnosis diagnosis, OwnershipSnapshot owners, bool elsewhere, bool narrowed)
    {
        var text = new List<string>();
        var window = AnswerWords.Window(diagnosis.Window, inquiry.AsOf);
        if (DiagnosisSearch.IsNow(inquiry, inquiry.Window))
            text.Add(EpisodeWords.State(diagnosis.Episode, inquiry.Plan.Kind == QuestionKind.Overview, inquiry.AsOf));
        text.AddRange(Before(inquiry, diagnosis, narrowed));
        if (elsewhere)
        {
            text.Add(
                $"{AnswerWords.Names(inquiry.Plan.Services.Select(service => service.Name))} is not clearly worse in "
                    + $"{window} than in its baseline. "
                    + "What is wrong elsewhere in that time:"
            );
        }

        text.Add(
            diagnosis.Causes.Count == 0
                ? $"**No single cause** stands out in {window}, but services are clearly worse:"
                : $"{(elsewhere ? "Suspect" : "Likely cause")} ({window}): "
                    + $"{string.Join("\n\n", diagnosis.Causes.Select(cause => DiagnosisWords.Cause(cause, inquiry.AsOf)))}"
        );
        if (diagnosis.Affected.Count > 0)
            text.Add("Affected:\n\n" + string.Join("\n", diagnosis.Affected.Select(DiagnosisWords.Line)));
        if (First(inquiry, diagnosis) is { } step)
            text.Add(
                $"First: {step.Text}" + (step.Command is { } command ? $" {Hostile.Code(command, AnswerLengthThresholds.Command)}" : "")
            );
        text.AddRange(Beside(inquiry, diagnosis));
        var involved = diagnosis
            .Also.Prepend(diagnosis)
            .SelectMany(trouble =>
                trouble.Causes.Select(cause => cause.Service).Concat(trouble.Affected.Select(service => service.Service))
            )
            .Distinct(StringComparer.Ordinal)
            .Select(service => owners.OwnerOf(service, diagnosis.Window.To))
            .ToList();
        if (inquiry.Plan.Kind is QuestionKind.Involved or QuestionKind.Overview && involved.Any(owner => owner.Team is not null))
        {
            text.Add(
                "Who should come:\n\n"
                    + string.Join(
                        "\n",
                        involved
                            .Where(owner => owner.Team is not null)
                            .GroupBy(owner => owner.Team!, StringComparer.Ordinal)
                            .Select(team =>
                                $"- **{Hostile.Markdown(team.Key, 120)}** for {AnswerWords.Names(team.Select(owner => owner.Service))}: "
                                + string.Join(
                                    ", ",
                                    team.First()
                                        .People.Where(person => person.OnCall)
                                        .Select(person => Hostile.Markdown(person.Name, 120))
                                        .DefaultIfEmpty("nobody on call")
                                )
                            )
                    )
            );
        }

        text.AddRange(Others(inquiry, diagnosis));
        return string.Join("\n\n", text);
    }
}
