using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Records;

/// <summary>Who owns a service and who is on call for it.</summary>
internal sealed class OwnerAnswers(IOwnership ownership, ServiceReads services, Absence absence) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Owners];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var snapshot = await ownership.CurrentAsync(cancellationToken);
        if (inquiry.Plan.Unowned)
            return await OfNobodyAsync(inquiry, snapshot, cancellationToken);
        if (inquiry.Plan.Teams.Count > 0)
            return await OfTeamsAsync(inquiry, snapshot, cancellationToken);
        var over = new TimeWindow(inquiry.AsOf, inquiry.AsOf);
        var read = await inquiry.ReadAsync(
            $"owners of {string.Join(", ", inquiry.Plan.Services.Select(service => service.Name))}",
            over,
            () =>
                Task.FromResult(
                    inquiry
                        .Plan.Services.Select(service => (service.Standing, Owner: snapshot.OwnerOf(service.Name, inquiry.AsOf)))
                        .ToList()
                ),
            rows => rows.Count
        );
        if (read.Value.Count == 0)
            return new AnswerDraft
            {
                Outcome = Outcome.Clarify,
                Text = "Whose owner? Name a service.",
                Result = new ChoicesResult([]),
            };
        if (read.Value.All(row => row.Standing == ServiceStanding.Unknown && row.Owner is { Entity: null, Team: null }))
        {
            if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
                return absent;
        }

        foreach (var (_, owner) in read.Value)
            inquiry.Claim(read.Query, owner.Why);
        var first = read.Value[0].Owner;
        return new AnswerDraft
        {
            Result = new OwnersResult([.. read.Value.Select(row => Item(row.Owner))]),
            Text = string.Join("\n\n", read.Value.Select(row => Describe(row.Owner, inquiry.AsOf))),
            Suggestions = [$"error rate of {first.Service} in the last 15 minutes", $"who calls {first.Service}"],
        };
    }

    // "What does team X own": every service that sends spans or stands in the catalogue, asked for its owner.
    private async Task<AnswerDraft> OfTeamsAsync(Inquiry inquiry, OwnershipSnapshot snapshot, CancellationToken cancellationToken)
    {
        var all = await KnownAsync(snapshot, cancellationToken);
        var read = await inquiry.ReadAsync(
            $"services of {string.Join(", ", inquiry.Plan.Teams)}",
            new TimeWindow(inquiry.AsOf, inquiry.AsOf),
            () =>
                Task.FromResult(
                    inquiry
                        .Plan.Teams.SelectMany(team => snapshot.ServicesOf(team, all, inquiry.AsOf))
                        .Distinct(StringComparer.Ordinal)
                        .Select(service => snapshot.OwnerOf(service, inquiry.AsOf))
                        .ToList()
                ),
            rows => rows.Count
        );
        inquiry.Claim(read.Query, $"{read.Value.Count} services");
        var teams = AnswerWords.Names(inquiry.Plan.Teams);
        if (read.Value.Count == 0)
            return AnswerDraft.NoData($"**Nothing matched**: no service is known to belong to {teams}.");
        var owned = AnswerWords.Names(read.Value.Select(owner => owner.Service), AnswerLengthThresholds.KnownServices);
        return new AnswerDraft
        {
            Result = new OwnersResult([.. read.Value.Select(Item)]),
            Text = $"{teams} {(inquiry.Plan.Teams.Count == 1 ? "owns" : "own")} {owned}.\n\n" + Describe(read.Value[0], inquiry.AsOf),
            Suggestions = [$"error rate of {read.Value[0].Service} in the last 15 minutes", $"who calls {read.Value[0].Service}"],
        };
    }

    private async Task<List<string>> KnownAsync(OwnershipSnapshot snapshot, CancellationToken cancellationToken)
    {
        var sending = await services.NamesAsync(cancellationToken);
        var known = sending.SelectMany(snapshot.NamesOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. sending, .. snapshot.Entities.Select(entity => entity.Name).Where(known.Add)];
    }

    private async Task<AnswerDraft> OfNobodyAsync(Inquiry inquiry, OwnershipSnapshot snapshot, CancellationToken cancellationToken)
    {
        var all = await KnownAsync(snapshot, cancellationToken);
        var read = await inquiry.ReadAsync(
            "services without an owner",
            new TimeWindow(inquiry.AsOf, inquiry.AsOf),
            () =>
                Task.FromResult(all.Select(service => snapshot.OwnerOf(service, inquiry.AsOf)).Where(owner => owner.Team is null).ToList()),
            rows => rows.Count
        );
        if (all.Count == 0)
            return AnswerDraft.NoData("**Nothing matched**: no service is known yet, neither from spans nor from the catalogue.");
        var names = read.Value.Select(owner => owner.Service).Order(StringComparer.Ordinal).ToList();
        inquiry.Claim(read.Query, $"{names.Count} of {all.Count} services have no owner");
        return new AnswerDraft
        {
            Result = new ServicesResult([.. names.Select(name => new ServiceItem(name, "match", 0, null))]),
            Text =
                names.Count == 0
                    ? $"**Each of the {Quantity.Count(all.Count)} known services has an owner.**"
                    : $"**{Quantity.Count(names.Count)} of the {Quantity.Count(all.Count, "known service has", "known services have")} "
                        + "no owner**: "
                        + $"{AnswerWords.Names(names, AnswerLengthThresholds.KnownServices)}.",
            Suggestions = [.. names.Take(1).Select(name => $"who calls {name}?")],
        };
    }

    private static string Next(ServiceOwner owner)
    {
        var next = owner.People.Where(person => person.Level > 1).ToList();
        return next.Count == 0 ? "" : $" Next: {string.Join(", then ", next.Take(AnswerLengthThresholds.NextAsked).Select(Person))}.";
    }

    public static OwnerItem Item(ServiceOwner owner) =>
        new(
            owner.Service,
            owner.Team,
            [.. owner.People.Select(person => new OwnerPerson(person.Name, person.Contact, person.OnCall) { Level = person.Level })],
            owner.Channel,
            owner.Source,
            owner.Suggested
        );

    public static string Describe(ServiceOwner owner, DateTimeOffset at)
    {
        if (owner.Team is null)
            return $"**No source names an owner of {AnswerWords.Name(owner.Service)}.** {Hostile.Markdown(owner.Why)}"
                + (owner.Suggested is { } guess ? $" A guess, not a fact: {AnswerWords.Name(guess)}." : string.Empty);
        var onCall = owner.People.Where(person => person.OnCall).ToList();
        var people =
            onCall.Count > 0 ? $" On call at {AnswerWords.At(at, at)}: {string.Join(", ", onCall.Select(Person))}.{Next(owner)}"
            : owner.People.Count > 0
                ? " No schedule says who is on call; its members: "
                    + $"{string.Join(", ", owner.People.Take(AnswerLengthThresholds.Members).Select(Person))}."
            : string.Empty;
        return $"{AnswerWords.Name(owner.Service)} belongs to **{Hostile.Markdown(owner.Team, 120)}**.{people}"
            + (owner.Channel is { } channel ? $" Channel: {AnswerWords.Name(channel)}." : string.Empty)
            + (owner.Source is { } source ? $" ({Hostile.Markdown(source)})" : string.Empty);
    }

    private static string Person(Responder person) =>
        Hostile.Markdown(person.Name, 120) + (person.Contact is { } contact ? $" ({AnswerWords.Name(contact)})" : string.Empty);
}
