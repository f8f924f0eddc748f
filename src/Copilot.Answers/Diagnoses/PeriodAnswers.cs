using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Timeline;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>When a trouble began, how long it lasted, whether it is over, and whether it was so at another time.</summary>
internal sealed class PeriodAnswers(
    SubjectTimeline subjects,
    TroubleTimeline timeline,
    RequestStepReads requests,
    DiagnosisSearch troubles,
    Absence absence
) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Period];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } unknown)
            return unknown;
        var subject = await PeriodSubject.OfAsync(inquiry, peer => absence.AddressesAsync(peer, cancellationToken));
        var looks = PeriodLook.Of(inquiry);
        foreach (var look in looks)
        {
            var found = subject is null
                ? await AnythingAsync(inquiry, look, cancellationToken)
                : await OfSubjectAsync(inquiry, subject, look, cancellationToken);
            if (found is not null)
                return found;
        }

        return await NothingAsync(inquiry, subject, looks[^1], cancellationToken);
    }

    private async Task<AnswerDraft?> OfSubjectAsync(
        Inquiry inquiry,
        PeriodSubject subject,
        PeriodLook look,
        CancellationToken cancellationToken
    )
    {
        var read = await EpisodesAsync(inquiry, subject, look.Window, cancellationToken);
        var chosen = read
            .Value.Episodes.Where(episode => Touches(episode.Window, look.Wanted))
            .OrderBy(episode => episode.Lasts)
            .ThenBy(episode => episode.Window.ToNs)
            .LastOrDefault();
        return chosen is null ? null : Tell(inquiry, subject, chosen, read, look, subject.Service, string.Empty);
    }

    /// <summary>What lasts goes first, else what came last; told as its cause's own requests show it.</summary>
    private async Task<AnswerDraft?> AnythingAsync(Inquiry inquiry, PeriodLook look, CancellationToken cancellationToken)
    {
        var episodes = await inquiry.ReadAsync(
            "{ } | compare each minute of every service with its others",
            look.Window,
            () => timeline.FindAsync(look.Window, PeriodThresholds.Past, cancellationToken),
            found => found.Count
        );
        foreach (
            var episode in episodes
                .Value.Where(episode => Touches(episode.Window, look.Wanted))
                .OrderByDescending(episode => episode.Lasts)
                .ThenByDescending(episode => episode.Window.ToNs)
        )
        {
            var diagnosis = await troubles.FindAsync(inquiry, episode.Window, cancellationToken);
            if (await OfDiagnosisAsync(inquiry, look, diagnosis, episode, cancellationToken) is { } told)
                return told;
        }

        // Some troubles hardly move a service's minutes; the newest stretch is looked into for them by itself.
        if (!DiagnosisSearch.IsNow(inquiry, look.Window) || episodes.Value.Count > 0)
            return null;
        var now = await troubles.FindAsync(inquiry, look.Window, cancellationToken);
        return now.Episode is { } latest ? await OfDiagnosisAsync(inquiry, look, now, latest, cancellationToken) : null;
    }

    private async Task<AnswerDraft?> OfDiagnosisAsync(
        Inquiry inquiry,
        PeriodLook look,
        WindowDiagnosis diagnosis,
        Episode episode,
        CancellationToken cancellationToken
    )
    {
        var cause = diagnosis.Causes.Count > 0 ? diagnosis.Causes[0] : null;
        var tried = new[] { cause?.SeenAt ?? cause?.Service }.OfType<string>().Concat(episode.Services).Distinct(StringComparer.Ordinal);
        foreach (var service in tried.Take(PeriodThresholds.ServicesTried))
        {
            var subject = PeriodSubject.OfService(service);
            var read = await EpisodesAsync(inquiry, subject, look.Window, cancellationToken);
            if (
                read.Value.Episodes.Where(e => Touches(e.Window, episode.Window)).MaxBy(e => Shared(e.Window, episode.Window))
                is not { } found
            )
                continue;
            var why = cause is null ? string.Empty : $"\n\nLikely cause: {DiagnosisWords.Cause(cause, inquiry.AsOf)}";
            return Tell(inquiry, subject, found, read, look, cause?.Service ?? service, why);
        }

        return null;
    }

    private Task<Recorded<SubjectHistory>> EpisodesAsync(
        Inquiry inquiry,
        PeriodSubject subject,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var side = PeriodSubject.SideOf(inquiry.Plan);
        return inquiry.ReadAsync(
            subject.Query + (side == TroubleSide.Latency ? " | quantile_over_time(duration, .95)" : " | rate() by (status)"),
            window,
            () => subjects.FindAsync(subject.Requests, side, window, PeriodThresholds.Past, cancellationToken),
            found => found.Episodes.Count
        );
    }

    private static AnswerDraft Tell(
        Inquiry inquiry,
        PeriodSubject subject,
        SubjectEpisode episode,
        Recorded<SubjectHistory> read,
        PeriodLook look,
        string? service,
        string why
    )
    {
        var text = PeriodWords.Tell(episode, subject.Named, inquiry.AsOf, look.Window.To);
        inquiry.Claim(read.Query, text.Replace("**", string.Empty, StringComparison.Ordinal));
        inquiry.State(new Statement { Times = [("lookedFrom", read.Value.Seen.From), ("lookedTo", read.Value.Seen.To)] });
        var window = new TimeWindow(episode.Window.FromNs, Math.Max(episode.Window.ToNs, episode.Window.FromNs + 1));
        return new AnswerDraft
        {
            Result = PeriodWords.Result(episode, service, subject.Operation),
            Window = inquiry.Plan.Window is { IsDefault: false } ? null : window,
            Text = $"{text}{why}\n\n{PeriodWords.Others(read.Value, episode, inquiry.AsOf)}",
            Suggestions = service is null
                ? [$"what went wrong {AnswerWords.Asked(window, inquiry.AsOf)}"]
                :
                [
                    $"what is the cause of the trouble of {service} {AnswerWords.Asked(window, inquiry.AsOf)}",
                    $"who is on call for {service}",
                ],
        };
    }

    private async Task<AnswerDraft> NothingAsync(
        Inquiry inquiry,
        PeriodSubject? subject,
        PeriodLook look,
        CancellationToken cancellationToken
    )
    {
        if (
            await absence.NothingReceivedAsync(inquiry, look.Wanted, cancellationToken) is { } nothing
            && subject?.Requests.PeerAddresses is not { Count: > 0 }
        )
            return nothing;
        var window = AnswerWords.Window(look.Wanted, inquiry.AsOf);
        if (subject is null)
            return new AnswerDraft
            {
                Text = $"**No trouble** in {window}: no service was clearly worse in some minutes than in the others.",
            };
        var steps = await inquiry.ReadAsync(
            $"{subject.Query} | count_over_time() by (status)",
            look.Wanted,
            () => requests.ReadAsync(subject.Requests, look.Wanted, UnixNanos.PerMinute, cancellationToken),
            found => found.Sum(step => step.Requests)
        );
        var (count, failed) = (steps.Value.Sum(step => step.Requests), steps.Value.Sum(step => step.Failed));
        if (count == 0)
            return await absence.ExplainAsync(inquiry, look.Wanted, cancellationToken);
        var edges = failed == 0 ? null : await requests.EdgesAsync(subject.Requests, look.Wanted, failed: true, null, cancellationToken);
        var basis = $"{Quantity.Count(failed)} of {Quantity.Count(count, "request", "requests")} failed";
        inquiry.Claim(steps.Query, basis);
        var looked = PeriodSubject.SideOf(inquiry.Plan) switch
        {
            TroubleSide.Errors => "it did not clearly fail more in any stretch of it",
            TroubleSide.Latency => "it was not clearly slower in any stretch of it",
            _ => "it neither failed clearly more nor was clearly slower in any stretch of it",
        };
        return new AnswerDraft
        {
            Text =
                $"**No trouble of {subject.Named}** in {window}: {looked}. {basis}"
                + (
                    edges is { } seen
                        ? $", the first at {AnswerWords.At(UnixNanos.ToTime(seen.FirstNs), inquiry.AsOf)}, the last at "
                            + $"{AnswerWords.At(UnixNanos.ToTime(seen.LastNs), inquiry.AsOf)}."
                        : "."
                ),
        };
    }

    private static bool Touches(TimeWindow one, TimeWindow other) => one.FromNs < other.ToNs && other.FromNs <= one.ToNs;

    private static long Shared(TimeWindow one, TimeWindow other) => Math.Min(one.ToNs, other.ToNs) - Math.Max(one.FromNs, other.FromNs);
}
