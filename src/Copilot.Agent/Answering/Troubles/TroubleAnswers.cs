using Copilot.Agent.Answers;
using Copilot.Agent.Answering.Measures;
using Copilot.Agent.Answering.Records;
using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Proposals;
using Copilot.Store.Reads.Topology;
using Trouble = Copilot.Incidents.Troubles.Trouble;

namespace Copilot.Agent.Answering.Troubles;

/// <summary>What is wrong: the cause, who is affected, and who should come.</summary>
internal sealed class TroubleAnswers(
    TroubleSearch troubles, RequestMeasuring measuring, IProposals proposals, IOwnership ownership, Absence absence, TopologyReads topology, BadStretch stretches) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } =
        [QuestionKind.Cause, QuestionKind.Affected, QuestionKind.Involved, QuestionKind.Overview];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (inquiry.Plan.Services.Any(service => service.Standing == Questions.Subjects.ServiceStanding.Unknown)
            && await absence.OfServicesAsync(inquiry, cancellation) is { } unknown)
            return unknown;
        if (await absence.NothingReceivedAnywhereAsync(inquiry, cancellation) is { } nothing) return nothing;

        var trouble = await troubles.FindAsync(inquiry, cancellation);
        var narrowed = false;
        if (IsDiluted(inquiry, trouble) && await stretches.FindAsync(inquiry, inquiry.Services, cancellation) is { } stretch)
        {
            var inside = await troubles.FindAsync(inquiry, stretch, cancellation);
            if (inside.Affected.Count + inside.Causes.Count > 0) (trouble, narrowed) = (inside, true);
        }

        var own = await OwnAsync(inquiry, cancellation);
        if (trouble.Causes.Count == 0 && trouble.Affected.Count == 0) return Fine(inquiry, trouble, own);

        var elsewhere = inquiry.Plan.Kind is QuestionKind.Cause or QuestionKind.Overview && !await ConcernsAsync(inquiry, trouble, cancellation);
        var owners = await ownership.CurrentAsync(cancellation);
        var proposal = elsewhere ? null : await proposals.ProposeAsync(trouble, cancellation);
        var cause = trouble.Causes.Count > 0 ? trouble.Causes[0] : null;
        return new Finding
        {
            Result = inquiry.Plan.Kind == QuestionKind.Involved
                ? Owners(trouble, owners)
                : new ServicesResult([.. Services(inquiry, trouble, owners, elsewhere)]),
            Text = own + Tell(inquiry, trouble, owners, elsewhere, narrowed),
            Suggestions = Suggestions.AboutTrouble(inquiry, cause?.Service),
            Proposal = proposal,
            Explanation = elsewhere ? null : Explanation.Of(trouble),
        };
    }

    // Who asks how one service is doing wants its figures too.
    private async Task<string> OwnAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (inquiry.Plan.Kind != QuestionKind.Overview || inquiry.Services.Count != 1) return string.Empty;
        var read = await measuring.StatisticsAsync(inquiry, inquiry.Plan with { Measure = Measure.P95 }, inquiry.Filter, inquiry.Window, cancellation);
        if (read.Value.Requests == 0) return string.Empty;
        var basis = Measured.Basis(Measure.P95, read.Value, inquiry.Window);
        inquiry.Claim(read.Query, $"{inquiry.Services[0]}: {basis}");
        return $"{Words.Name(inquiry.Services[0])} in {Words.Window(inquiry.Window, inquiry.AsOf)}: {basis}.\n\n";
    }

    // Two minutes of trouble in a window of twenty: nothing is worse on the whole, or not the service that the question names.
    private static bool IsDiluted(Inquiry inquiry, Trouble trouble) => inquiry.Services.Count > 0
        ? !trouble.Affected.Any(service => inquiry.Services.Contains(service.Service)) && !trouble.Causes.Any(cause => inquiry.Services.Contains(cause.Service))
        : trouble.Causes.Count == 0 && trouble.Affected.Count == 0 && !trouble.OnlyTrafficGrew;

    // A cause is claimed for a named service only where that is worse itself, or works on the cause's messages or sends them:
    // anything else is trouble of its own.
    private async Task<bool> ConcernsAsync(Inquiry inquiry, Trouble trouble, CancellationToken cancellation)
    {
        if (inquiry.Plan.Services.Count == 0) return true;
        var involved = trouble.Affected.Select(service => service.Service)
            .Concat(trouble.Causes.SelectMany(cause => new[] { cause.Service, cause.SeenAt })).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (inquiry.Plan.Services.Any(service => involved.Contains(service.Name))) return true;
        IReadOnlyList<string> causes = [.. trouble.Causes.Select(cause => cause.SeenAt ?? cause.Service).Distinct(StringComparer.Ordinal)];
        var named = inquiry.Plan.Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        return (await topology.LinkedAsync(causes, trouble.Window, cancellation)).Any(named.Contains);
    }

    private static IEnumerable<ServiceItem> Services(Inquiry inquiry, Trouble trouble, OwnershipSnapshot owners, bool elsewhere)
    {
        ServiceItem Item(string service, string role, double score) => new(service, role, Math.Round(score, 4), owners.OwnerOf(service, inquiry.AsOf).Team);
        var causes = trouble.Causes.Select(cause => Item(cause.Service, elsewhere ? "suspect" : "cause", cause.Score));
        var named = trouble.Causes.Select(cause => cause.Service).ToHashSet(StringComparer.Ordinal);
        var affected = trouble.Affected.Where(service => named.Add(service.Service)).Select(service => Item(service.Service, "affected", service.Score)).ToList();
        var suspects = inquiry.Plan.Kind == QuestionKind.Affected
            ? []
            : trouble.Suspects.Where(suspect => named.Add(suspect.Service)).Take(3).Select(suspect => Item(suspect.Service, "suspect", suspect.Score));
        return [.. causes, .. affected, .. suspects];
    }

    private static OwnersResult Owners(Trouble trouble, OwnershipSnapshot owners)
    {
        var services = trouble.Causes.Select(cause => cause.Service).Concat(trouble.Affected.Select(service => service.Service)).Distinct(StringComparer.Ordinal);
        return new([.. services.Select(service => OwnerAnswers.Item(owners.OwnerOf(service, trouble.Window.To)))]);
    }

    private static Finding Fine(Inquiry inquiry, Trouble trouble, string own)
    {
        var window = Words.Window(inquiry.Window, inquiry.AsOf);
        var text = !trouble.HasBaseline
            ? $"**Not to be told**, in {window}: {Hostile.Markdown(trouble.Summary)}"
            : trouble.OnlyTrafficGrew
            ? $"**No cause: only traffic grew.** No service is clearly worse than in its baseline in {window}"
                + (trouble.Busy.Count > 0 ? $"; {Words.Names(trouble.Busy.Select(service => service.Service))} got more requests" : string.Empty) + "."
            : $"**No cause, nothing is clearly worse** than in its baseline in {window}.";
        if (trouble is { HasBaseline: true, StillArriving: > 0 and var recent })
            text += FormattableString.Invariant($" Its last {recent} traces are not judged yet: part of them may still be on its way.");
        return new Finding
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
    private static string? Presumed(Inquiry inquiry, Trouble trouble) =>
        inquiry.Plan is { Kind: QuestionKind.Cause or QuestionKind.Overview, Trouble: { } presumed, Services: [var named] } && trouble.Affected.FirstOrDefault(service => service.Service == named.Name) is { } service
            ? TroubleWords.Missing(service, presumed) : null;

    private static string Tell(Inquiry inquiry, Trouble trouble, OwnershipSnapshot owners, bool elsewhere, bool narrowed)
    {
        var text = new List<string>();
        var window = Words.Window(trouble.Window, inquiry.AsOf);
        if (narrowed) text.Add($"Within {Words.Window(inquiry.Window, inquiry.AsOf)} the trouble is confined to **{window}**; that stretch was compared with the time before it.");
        if (Presumed(inquiry, trouble) is { } presumed) text.Add(presumed);
        if (elsewhere)
        {
            text.Add($"{Words.Names(inquiry.Plan.Services.Select(service => service.Name))} is not clearly worse in {window} than in its baseline. "
                + "What is wrong elsewhere in that time:");
        }

        text.Add(trouble.Causes.Count == 0
            ? $"**No single cause** stands out in {window}, but services are clearly worse:"
            : $"{(elsewhere ? "Suspect" : "Likely cause")} ({window}): {string.Join("\n\n", trouble.Causes.Select(cause => TroubleWords.Cause(cause, inquiry.AsOf)))}");
        if (trouble.Affected.Count > 0)
            text.Add("Affected:\n\n" + string.Join("\n", trouble.Affected.Select(TroubleWords.Line)));
        var involved = trouble.Causes.Select(cause => cause.Service).Concat(trouble.Affected.Select(service => service.Service)).Distinct(StringComparer.Ordinal)
            .Select(service => owners.OwnerOf(service, trouble.Window.To)).ToList();
        if (inquiry.Plan.Kind is QuestionKind.Involved or QuestionKind.Overview && involved.Any(owner => owner.Team is not null))
        {
            text.Add("Who should come:\n\n" + string.Join("\n", involved.Where(owner => owner.Team is not null)
                .GroupBy(owner => owner.Team!, StringComparer.Ordinal)
                .Select(team => $"- **{Hostile.Markdown(team.Key, 120)}** for {Words.Names(team.Select(owner => owner.Service))}: "
                    + string.Join(", ", team.First().People.Where(person => person.OnCall).Select(person => Hostile.Markdown(person.Name, 120)).DefaultIfEmpty("nobody on call")))));
        }

        return string.Join("\n\n", text);
    }
}
