using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;
using Copilot.Incidents.Ownership;
using Copilot.Store.Reads.Services;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Answering;

/// <summary>Says why there is nothing: which of the reasons of the ask API it is.</summary>
internal sealed class Absence(ServiceReads services, TopologyReads topology, IOwnership ownership)
{
    /// <summary>Null where all named services send spans; else why they have no measures of their own.</summary>
    public async Task<Finding?> OfServicesAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (inquiry.Plan.Services.FirstOrDefault(service => service.Standing == ServiceStanding.Unknown) is { } unknown)
            return await UnknownAsync(unknown.Name, cancellation);
        return inquiry.Plan.Services.FirstOrDefault(service => service.Standing == ServiceStanding.Peer) is { } peer
            ? await PeerAsync(inquiry, peer.Name, cancellation)
            : null;
    }

    /// <summary>Why a read of requests or spans in the window gave none.</summary>
    public async Task<Finding> ExplainAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellation)
    {
        if (await NothingReceivedAsync(inquiry, window, cancellation) is { } nothing) return nothing;
        var of = inquiry.Services.Count > 0 ? $" of {Words.Names(inquiry.Services)}" : string.Empty;
        var filter = PlanFilter.ToTraceQl(inquiry.Plan);
        return Finding.NoData(
            $"**Nothing matched.** Spans{of} were received for {Words.Window(window, inquiry.AsOf)}, but none that fits"
            + (filter is null ? "." : $" {Words.Name(filter)}."));
    }

    /// <summary>Null where spans of the named services (of any, where none is named) were received in the window.</summary>
    public async Task<Finding?> NothingReceivedAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellation)
    {
        if (await services.AnySpanAsync(inquiry.Services, window, cancellation)) return null;
        if (inquiry.Services.Count > 0 && await services.AnySpanAsync([], window, cancellation))
            return Finding.NoData($"**{Words.Names(inquiry.Services)} sent nothing** for {Words.Window(window, inquiry.AsOf)}, while other services did.");
        return await NothingAsync(inquiry, window, cancellation);
    }

    /// <summary>Null where any span at all was received in the question's window.</summary>
    public async Task<Finding?> NothingReceivedAnywhereAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (await services.AnySpanAsync([], inquiry.Window, cancellation)) return null;
        return await NothingAsync(inquiry, inquiry.Window, cancellation);
    }

    /// <summary>The addresses by which the callers of a peer know it: those that its catalogue entity names, else its name.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync(string peer, CancellationToken cancellation)
    {
        var known = (await ownership.CurrentAsync(cancellation)).PeerNames;
        return [peer, .. known.Where(pair => string.Equals(pair.Value, peer, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Key)];
    }

    private async Task<Finding> NothingAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellation)
    {
        var held = await services.AroundAsync(window, cancellation) switch
        {
            ({ } after, { } before) =>
                $"Spans are held until {Words.At(before, inquiry.AsOf)} before it, and from {Words.At(after, inquiry.AsOf)} on after it.",
            (null, { } before) => $"The newest span held is of {Words.At(before, inquiry.AsOf)}.",
            ({ } after, null) => $"The oldest span held is of {Words.At(after, inquiry.AsOf)}.",
            _ => "Nothing has been received at all so far.",
        };
        return Finding.NoData($"**Nothing was received** for {Words.Window(window, inquiry.AsOf)}. {held}");
    }

    private async Task<Finding> UnknownAsync(string name, CancellationToken cancellation)
    {
        var names = await services.NamesAsync(cancellation);
        return Finding.NoData(
            names.Count == 0
                ? $"I know no service called {Words.Name(name)}: nothing has been received so far."
                : $"I know no service called {Words.Name(name)}. Services that send spans: {Words.Names(names, 30)}.");
    }

    private async Task<Finding> PeerAsync(Inquiry inquiry, string peer, CancellationToken cancellation)
    {
        var addresses = await AddressesAsync(peer, cancellation);
        var calls = await inquiry.ReadAsync(
            $"{{ kind = client && ({string.Join(" || ", addresses.Select(a => $"span.server.address = {PlanFilter.Quote(a)}"))}) }}",
            inquiry.Window,
            () => topology.PeersAsync([], addresses, inquiry.Window, cancellation),
            rows => rows.Count);
        var told = $"**{Words.Name(peer)} is not instrumented**: it sends no spans, so it has no requests of its own to measure.";
        if (calls.Value.Count == 0)
            return Finding.NoData($"{told} Nothing called it in {Words.Window(inquiry.Window, inquiry.AsOf)} either.");
        var lines = calls.Value.Select(call =>
            $"- {Words.Name(call.Caller)} called it {Words.Count(call.Calls, "time", "times")}: {Words.Percent((double)call.Failed / call.Calls)} failed, "
            + $"mean {Words.Milliseconds(call.MeanMs)}, p95 {Words.Milliseconds(call.P95Ms)}");
        inquiry.Claim(calls.Query, $"calls to {peer} as its callers saw them");
        return Finding.NoData(
            $"{told} Its callers saw this in {Words.Window(inquiry.Window, inquiry.AsOf)}:\n\n{string.Join("\n", lines)}",
            [.. calls.Value.Take(1).Select(call => $"p95 of {call.Caller} {Words.Asked(inquiry.Window, inquiry.AsOf)}")]);
    }
}
