using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Records;

/// <summary>Databases, brokers and third parties: they send no spans, so they are told from their callers' side.</summary>
internal sealed class PeerAnswers(PeerHealthReads peers, ServiceReads services, Absence absence, IOwnership ownership) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Peers];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var wanted = inquiry.Plan.Peers ?? new PlannedPeers(PeerSort.Any, []);
        var before = new TimeWindow(inquiry.Window.From - inquiry.Window.Length, inquiry.Window.From);
        var reads = await Task.WhenAll(
            ReadAsync(inquiry, wanted, inquiry.Window, cancellationToken),
            ReadAsync(inquiry, wanted, before, cancellationToken)
        );
        var snapshot = await ownership.CurrentAsync(cancellationToken);
        // A service of ours that drops the trace context is no third party.
        var sending = (await services.NamesAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var found = reads[0].Value.Where(peer => !sending.Contains(NameOf(snapshot, peer))).ToList();
        if (found.Count == 0)
            return await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken)
                ?? AnswerDraft.NoData(
                    $"**Nothing matched**: no call to {What(wanted)} is on record in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}."
                );
        var failing = inquiry.Plan.Ranking?.By == Measure.ErrorRate;
        var usual = reads[1].Value.ToDictionary(peer => peer.Address, StringComparer.Ordinal);
        var rows = (
            failing ? found.OrderByDescending(peer => (double)peer.Failed / peer.Calls) : found.OrderByDescending(peer => peer.P95Ms)
        )
            .Take(inquiry.Plan.Ranking?.Limit ?? ListThresholds.Peers)
            .ToList();
        var lines = rows.Select(peer =>
                $"- {AnswerWords.Name(NameOf(snapshot, peer))}: {Told(peer, usual.GetValueOrDefault(peer.Address))}"
            )
            .ToList();
        foreach (var (peer, line) in rows.Zip(lines).Take(AnswerLengthThresholds.ClaimedCalls))
            inquiry.Claim(
                reads[0].Query,
                $"{peer.Address}: {Quantity.Count(peer.Calls, "call", "calls")}, p95 {Quantity.Duration(peer.P95Ms)}"
            );
        inquiry.State(rows.Select(peer => Statement(NameOf(snapshot, peer), peer, usual.GetValueOrDefault(peer.Address))));
        var list = string.Join("\n", lines);
        var window = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        if (wanted.Own)
            return AnswerDraft.NoData(
                $"**Not instrumented**: {What(wanted)}: no spans come from there, so there are no requests of its own "
                    + $"to measure. The callers saw in {window}:\n\n{list}"
            );
        return new AnswerDraft
        {
            Result = new ServicesResult([
                .. rows.Select(peer => new ServiceItem(
                    NameOf(snapshot, peer),
                    "peer",
                    Math.Round(failing ? (double)peer.Failed / peer.Calls : peer.P95Ms, 4),
                    snapshot.OwnerOf(NameOf(snapshot, peer), inquiry.AsOf).Team
                )),
            ]),
            Text =
                $"{What(wanted)} as the callers saw {(rows.Count == 1 ? "it" : "them")} in {window}, "
                + $"{(failing ? "most failing" : "slowest")} first (before: the same length just before):\n\n{list}",
            Suggestions =
            [
                $"who calls {NameOf(snapshot, rows[0])} {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}",
                $"what is going wrong {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}",
            ],
        };
    }

    private Task<Recorded<IReadOnlyList<PeerHealth>>> ReadAsync(
        Inquiry inquiry,
        PlannedPeers wanted,
        TimeWindow window,
        CancellationToken cancellationToken
    ) =>
        inquiry.ReadAsync(
            $"{PlanSpans.All(inquiry.Plan).TrimEnd('}', ' ')} {(inquiry.Services.Count > 0 ? "&& " : "")}kind = client "
                + "} | quantile_over_time(duration, .95) by (span.server.address)",
            window,
            () => peers.ReadAsync(inquiry.Services, wanted.Sort, wanted.Systems, window, cancellationToken),
            rows => rows.Count
        );

    private static string NameOf(OwnershipSnapshot snapshot, PeerHealth peer) =>
        snapshot.PeerNames.GetValueOrDefault(peer.Address, peer.Address);

    private static Statement Statement(string name, PeerHealth peer, PeerHealth? before) =>
        new()
        {
            Service = name,
            Others = peer.Callers,
            Role = "peer",
            Figures =
            [
                new("calls", peer.Calls, "count"),
                new("failed_count", peer.Failed, "count"),
                new("p95", peer.P95Ms, "ms"),
                new("mean", peer.MeanMs, "ms"),
                .. before is null ? Array.Empty<StatedFigure>() : [new("p95", before.P95Ms, "ms", IsBefore: true)],
            ],
        };

    private static string What(PlannedPeers wanted) =>
        (wanted.Systems.Count, wanted.Sort) switch
        {
            (> 0, _) => $"`{wanted.Systems[0]}`",
            (_, PeerSort.Database) => "The databases",
            (_, PeerSort.Messaging) => "The brokers",
            (_, PeerSort.External) => "What is called outside",
            _ => "What sends no spans",
        };

    private static string Told(PeerHealth peer, PeerHealth? before)
    {
        var usual = before is null ? string.Empty : $" (before {Quantity.Duration(before.P95Ms)})";
        var system = peer.System is { } name && name != peer.Address ? $"{AnswerWords.Name(name)}, " : string.Empty;
        return $"{system}p95 **{Quantity.Duration(peer.P95Ms)}**{usual}, mean {Quantity.Duration(peer.MeanMs)}, "
            + $"{Quantity.Count(peer.Failed)} of {Quantity.Count(peer.Calls, "call", "calls")} failed; called by "
            + $"{AnswerWords.Names(peer.Callers, AnswerLengthThresholds.Callers)}";
    }
}
