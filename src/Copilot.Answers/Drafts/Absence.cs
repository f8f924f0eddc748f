using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Drafts;

/// <summary>Says why there is nothing: which of the reasons of the ask API it is.</summary>
internal sealed class Absence(ServiceReads services, TopologyReads topology, IOwnership ownership)
{
    /// <summary>Null where all named services send spans; else why they have no measures of their own.</summary>
    public async Task<AnswerDraft?> OfServicesAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await OfUnknownServicesAsync(inquiry, cancellationToken) is { } unknown)
            return unknown;
        return inquiry.Plan.Services.FirstOrDefault(service => service.Standing == ServiceStanding.Peer) is { } peer
            ? await PeerAsync(inquiry, peer.Name, cancellationToken)
            : null;
    }

    /// <summary>Null where all named services are known, be it as peers that send no spans.</summary>
    public async Task<AnswerDraft?> OfUnknownServicesAsync(Inquiry inquiry, CancellationToken cancellationToken) =>
        inquiry.Plan.Services.FirstOrDefault(service => service.Standing == ServiceStanding.Unknown) is { } unknown
            ? await UnknownAsync(unknown.Name, cancellationToken)
            : null;

    /// <summary>Why a read of requests or spans in the window gave none.</summary>
    public async Task<AnswerDraft> ExplainAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellationToken)
    {
        if (await NothingReceivedAsync(inquiry, window, cancellationToken) is { } nothing)
            return nothing;
        var of = inquiry.Services.Count > 0 ? $" of {AnswerWords.Names(inquiry.Services)}" : string.Empty;
        var filter = PlanFilter.ToTraceQl(inquiry.Plan);
        return AnswerDraft.NoData(
            $"**Nothing matched.** Spans{of} were received for {AnswerWords.Window(window, inquiry.AsOf)}, but none that fits"
                + (filter is null ? "." : $" {AnswerWords.Name(filter)}.")
        );
    }

    /// <summary>Null where spans of the named services (of any, where none is named) were received in the window.</summary>
    public async Task<AnswerDraft?> NothingReceivedAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellationToken)
    {
        if (await services.AnySpanAsync(inquiry.Services, window, cancellationToken))
            return null;
        if (inquiry.Services.Count > 0 && await services.AnySpanAsync([], window, cancellationToken))
            return AnswerDraft.NoData(
                $"**{AnswerWords.Names(inquiry.Services)} sent nothing** for "
                    + $"{AnswerWords.Window(window, inquiry.AsOf)}, while other services did."
            );
        return await NothingAsync(inquiry, window, cancellationToken);
    }

    /// <summary>Null where any span at all was received in the question's window.</summary>
    public async Task<AnswerDraft?> NothingReceivedAnywhereAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await services.AnySpanAsync([], inquiry.Window, cancellationToken))
            return null;
        return await NothingAsync(inquiry, inquiry.Window, cancellationToken);
    }

    /// <summary>The addresses by which the callers of a peer know it: those that its catalogue entity names, else its name.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync(string peer, CancellationToken cancellationToken)
    {
        var known = (await ownership.CurrentAsync(cancellationToken)).PeerNames;
        return [peer, .. known.Where(pair => string.Equals(pair.Value, peer, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Key)];
    }

    private async Task<AnswerDraft> NothingAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellationToken)
    {
        var held = await services.AroundAsync(window, cancellationToken) switch
        {
            ({ } after, { } before) => $"Spans are held until {AnswerWords.At(before, inquiry.AsOf)} before it, and from "
                + $"{AnswerWords.At(after, inquiry.AsOf)} on after it.",
            (null, { } before) => $"The newest span held is of {AnswerWords.At(before, inquiry.AsOf)}.",
            ({ } after, null) => $"The oldest span held is of {AnswerWords.At(after, inquiry.AsOf)}.",
            _ => "Nothing has been received at all so far.",
        };
        return AnswerDraft.NoData($"**Nothing was received** for {AnswerWords.Window(window, inquiry.AsOf)}. {held}");
    }

    private async Task<AnswerDraft> UnknownAsync(string name, CancellationToken cancellationToken)
    {
        var names = await services.NamesAsync(cancellationToken);
        return AnswerDraft.NoData(
            names.Count == 0
                ? $"I know no service called {AnswerWords.Name(name)}: nothing has been received so far."
                : $"I know no service called {AnswerWords.Name(name)}. Services that send spans: "
                    + $"{AnswerWords.Names(names, AnswerLengthThresholds.KnownServices)}."
        );
    }

    private async Task<AnswerDraft> PeerAsync(Inquiry inquiry, string peer, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(peer, cancellationToken);
        var calls = await inquiry.ReadAsync(
            $"{{ kind = client && ({string.Join(" || ", addresses.Select(a => $"span.server.address = {PlanFilter.Quote(a)}"))}) }}",
            inquiry.Window,
            () => topology.PeersAsync([], addresses, inquiry.Window, cancellationToken),
            rows => rows.Count
        );
        var told = $"**{AnswerWords.Name(peer)} is not instrumented**: it sends no spans, so it has no requests of its own to measure.";
        if (calls.Value.Count == 0)
            return AnswerDraft.NoData($"{told} Nothing called it in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)} either.");
        var lines = calls.Value.Select(call =>
            $"- {AnswerWords.Name(call.Caller)} called it {Quantity.Count(call.Calls, "time", "times")}: "
            + $"{Quantity.Percent((double)call.Failed / call.Calls)} failed, "
            + $"mean {Quantity.Duration(call.MeanMs)}, p95 {Quantity.Duration(call.P95Ms)}"
        );
        inquiry.Claim(calls.Query, $"calls to {peer} as its callers saw them");
        return AnswerDraft.NoData(
            $"{told} Its callers saw this in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}:\n\n{string.Join("\n", lines)}",
            [.. calls.Value.Take(1).Select(call => $"p95 of {call.Caller} {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}")]
        );
    }
}
