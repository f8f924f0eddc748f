using Copilot.Diagnosis.Diagnoses;
using Copilot.Ownership.Owners;

namespace Copilot.Incidents.Proposals;

/// <param name="Contact">An e-mail address, or null where no source gives one.</param>
/// <param name="Why">Why this person, in words: "on call for payment, the likely cause".</param>
/// <param name="Source">Where that is from: the catalogue file, the on-call schedule, CODEOWNERS.</param>
public sealed record Invitee(string Name, string? Contact, string Team, string Why, string Source)
{
    /// <summary>Whether they are woken by a page too; null where nothing could page them. Nobody is unless somebody ticked it.</summary>
    public bool? Page { get; init; }
}

/// <summary>Who should come: whoever is on call for the cause, then for what it harms. Each person once, with every reason.</summary>
internal static class InviteeList
{
    public static IReadOnlyList<Invitee> For(WindowDiagnosis diagnosis, OwnershipSnapshot owners)
    {
        var at = diagnosis.Window.To;
        var people = new List<(Responder Person, ServiceOwner Owner, List<string> Reasons)>();
        foreach (var (service, role) in Involved(diagnosis))
        {
            var owner = owners.OwnerOf(service, at);
            if (owner.Team is null)
                continue;
            var onCall = owner.People.Where(person => person.OnCall).ToArray();
            // Who has left is asked only where nobody else is known.
            var members = owner.People.Where(person => !person.Left).ToArray() is { Length: > 0 } present ? present : [.. owner.People];
            var come = onCall.Length > 0 ? onCall : members.Take(ProposalThresholds.MostMembers);
            foreach (var person in come)
            {
                var reason =
                    onCall.Length > 0
                        ? $"on call for {service}, {role}"
                        : $"member of {owner.Team}, which owns {service}, {role}; nobody is on call";
                var known = people.Find(entry => Key(entry.Person) == Key(person));
                if (known.Reasons is null)
                    people.Add((person, owner, [reason]));
                else if (known.Reasons.Count < ProposalThresholds.MostReasons)
                    known.Reasons.Add(reason);
            }
        }

        return
        [
            .. people.Select(entry => new Invitee(
                entry.Person.Name,
                entry.Person.Contact,
                entry.Owner.Team!,
                string.Join("; ", entry.Reasons),
                $"{entry.Person.Source}; owner from {entry.Owner.Source}"
            )),
        ];
    }

    /// <summary>The cause first, then what it harms, each service once.</summary>
    public static IEnumerable<(string Service, string Role)> Involved(WindowDiagnosis diagnosis) =>
        diagnosis
            .Causes.Select((cause, place) => (cause.Service, Role: place == 0 ? "the likely cause" : "a likely cause"))
            .Concat(diagnosis.Affected.Select(service => (service.Service, Role: "affected")))
            .DistinctBy(item => item.Service, StringComparer.OrdinalIgnoreCase);

    private static string Key(Responder person) => (person.Contact ?? person.Name).ToLowerInvariant();
}
