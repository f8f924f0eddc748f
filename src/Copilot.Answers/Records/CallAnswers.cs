using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;

namespace Copilot.Answers.Records;

/// <summary>Who calls a service, and whom it calls.</summary>
internal sealed class CallAnswers(TopologyReads topology, Absence absence, IOwnership ownership) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Callers, QuestionKind.Callees];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var callers = inquiry.Plan.Kind == QuestionKind.Callers;
        if (inquiry.Plan.Services.Any(service => service.Standing == ServiceStanding.Unknown) || (!callers && inquiry.Services.Count == 0))
        {
            if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
                return absent;
        }

        var links = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var peer in inquiry.Plan.Services.Where(service => service.Standing == ServiceStanding.Peer && callers))
        {
            var addresses = await absence.AddressesAsync(peer.Name, cancellationToken);
            var read = await inquiry.ReadAsync(
                $"callers of {peer.Name}",
                inquiry.Window,
                () => topology.PeersAsync([], addresses, inquiry.Window, cancellationToken),
                rows => rows.Count
            );
            foreach (var link in read.Value)
                Add(links, link.Caller, link.Calls);
        }

        if (inquiry.Services.Count > 0)
            await FollowAsync(inquiry, callers, links, cancellationToken);
        foreach (var leftOut in inquiry.LeftOut)
            links.Remove(leftOut);
        if (
            links.Count == 0
            && inquiry.LeftOut.Count == 0
            && await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken) is { } nothing
        )
            return nothing;

        var peers = callers || inquiry.Services.Count == 0 ? new Dictionary<string, long>() : await PeersAsync(inquiry, cancellationToken);
        var owners = await ownership.CurrentAsync(cancellationToken);
        var role = callers ? "caller" : "callee";
        var items = links
            .OrderByDescending(link => link.Value)
            .ThenBy(link => link.Key, StringComparer.Ordinal)
            .Select(link => new ServiceItem(link.Key, role, link.Value, owners.OwnerOf(link.Key, inquiry.AsOf).Team))
            .Concat(peers.Select(peer => new ServiceItem(peer.Key, "peer", peer.Value, owners.OwnerOf(peer.Key, inquiry.AsOf).Team)))
            .ToList();
        return new AnswerDraft
        {
            Result = new ServicesResult(items),
            Text = Tell(inquiry, callers, links, peers),
            Suggestions = links.Count > 0 ? Suggestions.AboutService(inquiry, links.MaxBy(link => link.Value).Key) : [],
        };
    }

    private static void Add(Dictionary<string, long> links, string service, long calls) =>
        links[service] = links.GetValueOrDefault(service) + calls;

    private static string Tell(Inquiry inquiry, bool callers, Dictionary<string, long> links, Dictionary<string, long> peers)
    {
        var window = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        var subject =
            AnswerWords.Names(inquiry.Plan.Services.Select(service => service.Name))
            + (inquiry.LeftOut.Count > 0 ? $" (besides {AnswerWords.Names(inquiry.LeftOut)})" : "");
        var directly = inquiry.Plan.Transitive ? "directly or indirectly" : "directly";
        var names = AnswerWords.Names(
            links.OrderByDescending(link => link.Value).Select(link => link.Key),
            AnswerLengthThresholds.CalledServices
        );
        var text = (callers, links.Count) switch
        {
            (true, 0) =>
                $"**Nobody** calls {subject} in a way that its spans show ({window}): none of them has a parent in another service. "
                    + "Callers that do not pass on trace context stay invisible.",
            (false, 0) => $"{subject} calls no other instrumented service ({window}).",
            (true, _) => $"{names} {(links.Count == 1 ? "calls" : "call")} {subject} {directly} ({window}).",
            _ => $"{subject} {directly} calls {names} ({window}).",
        };
        return peers.Count == 0
            ? text
            : $"{text} It also calls what sends no spans: {AnswerWords.Names(peers.Keys, AnswerLengthThresholds.CalledPeers)}.";
    }

    private async Task FollowAsync(Inquiry inquiry, bool callers, Dictionary<string, long> links, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> from = inquiry.Services;
        var seen = new HashSet<string>(from, StringComparer.Ordinal);
        for (var hop = 0; hop < (inquiry.Plan.Transitive ? ListThresholds.CallHops : 1) && from.Count > 0; hop++)
        {
            var services = from;
            var read = await inquiry.ReadAsync(
                callers
                    ? $"{{ }} > {{ resource.service.name =~ {PlanFilter.Quote(string.Join("|", services))} }} | "
                        + "count_over_time() by (resource.service.name)"
                    : $"{{ resource.service.name =~ {PlanFilter.Quote(string.Join("|", services))} }} > {{ }} | "
                        + "count_over_time() by (resource.service.name)",
                inquiry.Window,
                () =>
                    callers
                        ? topology.CallersAsync(services, inquiry.Window, cancellationToken)
                        : topology.CalleesAsync(services, inquiry.Window, cancellationToken),
                rows => rows.Count
            );
            inquiry.Claim(
                read.Query,
                $"{read.Value.Sum(link => link.Calls)} calls between {read.Value.Count} services and {string.Join(", ", services)}"
            );
            foreach (var link in read.Value)
                Add(links, link.Service, link.Calls);
            from = [.. read.Value.Select(link => link.Service).Where(seen.Add)];
        }
    }

    private async Task<Dictionary<string, long>> PeersAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var read = await inquiry.ReadAsync(
            $"{PlanSpans.All(inquiry.Plan).TrimEnd('}', ' ')} && kind = client }} | count_over_time() by (span.server.address)",
            inquiry.Window,
            () => topology.PeerCallsAsync(inquiry.Services, inquiry.Window, cancellationToken),
            rows => rows.Count
        );
        var names = (await ownership.CurrentAsync(cancellationToken)).PeerNames;
        var peers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var link in read.Value)
            Add(peers, names.GetValueOrDefault(link.Service, link.Service), link.Calls);
        return peers;
    }
}
