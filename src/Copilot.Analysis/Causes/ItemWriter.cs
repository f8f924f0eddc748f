using System.Globalization;
using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Analysis.Causes;

/// <summary>One node's suspicions in words and numbers.</summary>
internal sealed class ItemWriter(SampleRequests sample, Func<int, string> name)
{
    private readonly bool _isSample = sample.Baselines.Append(sample.Bad).Any(s => s.Sample.Weight > 1);

    public CauseItem Write(NodeScore node, CauseLocation? place)
    {
        var service = name(node.Node);
        var telling = node
            .Suspicions.Where(s =>
                s.Kind is not (SignalKind.Resource or SignalKind.Saturation or SignalKind.Retries or SignalKind.PoolWait)
            )
            .OrderByDescending(Weight)
            .ToList();
        var main = telling.Count > 0 ? telling[0] : node.Suspicions[0];
        var kind = Kind(node, main);
        var operation = telling.Select(s => s.Operation).FirstOrDefault(o => o >= 0, CalledOperation(main));
        var change = sample
            .Input.Changes.Where(c =>
                (c.Service == service || c.Service == sample.Names[node.Node]) && ChangeTiming.CameBefore(c, telling, sample)
            )
            .OrderByDescending(c => c.Time <= sample.Bad.Sample.Window.From.AddSeconds(ChangeThresholds.BegunSeconds))
            .ThenByDescending(c => c.Time)
            .FirstOrDefault();
        var began = change is not null && ChangeTiming.Precedes(change, telling, sample);
        // Requests that only go another way than before have no look of their own: what changed them is what there is to say.
        if (began && main.Kind == SignalKind.Flow && node.Errors == 0)
            kind = CauseKind.Change;
        var claims = telling
            .Take(TellingThresholds.MostClaims)
            .Concat(
                node.Suspicions.Where(s =>
                    s.Kind is SignalKind.Retries or SignalKind.PoolWait or SignalKind.Resource or SignalKind.Saturation
                )
            )
            .Select(s => Evidence(service, s))
            .ToList();
        var why = claims[0].Claim + ".";
        var strained = kind switch
        {
            CauseKind.Resource => SignalKind.Resource,
            CauseKind.Saturation => SignalKind.Saturation,
            _ => (SignalKind?)null,
        };
        if (strained is { } signal && claims.Find(c => c.Signal == signal) is { } strain)
            why += " " + strain.Claim + ".";
        foreach (var consequence in claims.Where(c => c.Signal is SignalKind.Retries or SignalKind.PoolWait).DistinctBy(c => c.Signal))
            why += " " + consequence.Claim + ".";
        // Where requests took another course, the messages that came with it are told already.
        if (main.Kind != SignalKind.Flow && SharedMessage.Of(sample, main) is { } message)
        {
            claims.Add(message);
            why += $" {message.Claim}.";
        }

        if (place is not null)
        {
            claims.Add(Evidence(place, kind));
            why += $" {claims[^1].Claim}.";
        }

        if (change is not null)
            why += string.Create(
                CultureInfo.InvariantCulture,
                $" It {(began ? "began with a change" : "changed")} at {change.Time.UtcDateTime:HH:mm:ss} UTC "
                    + $"({change.Kind}: {change.Summary})."
            );
        return new CauseItem
        {
            Service = service,
            Peer = sample.IsService(node.Node) ? null : sample.Names[node.Node],
            WaitsFor =
                kind == CauseKind.Latency && DatabaseWait.Of(sample, main) is { AsksMore: false, Peer: >= 0 } waited
                    ? name(waited.Peer)
                    : null,
            SeenAt = sample.IsService(node.Node) || main.SeenAt < 0 ? null : name(main.SeenAt),
            ErrorTypes =
            [
                .. node.Suspicions.Where(s => s.Kind == SignalKind.Errors && s.Detail.Length > 0).Select(s => s.Detail).Distinct(),
            ],
            Score = Math.Round(node.Score, 4),
            Operation = operation < 0 ? null : sample.Names[operation],
            Kind = kind,
            Why = why,
            Place = place,
            Change = change,
            BeganWithChange = began,
            Evidence = claims,
        };
    }

    private static double Weight(Suspicion s) =>
        s.Kind is SignalKind.OwnTime or SignalKind.Gap or SignalKind.Queue
            ? s.Surprise * Math.Log(1 + (s.ExcessMs / s.Count))
            : s.Surprise
                * TellingThresholds.Failing
                * Math.Sqrt((double)s.Hits / s.Count)
                * (
                    s.Kind switch
                    {
                        SignalKind.Messages => TellingThresholds.Messages,
                        SignalKind.Timeouts => TellingThresholds.Timeouts,
                        _ => 1,
                    }
                );

    private CauseKind Kind(NodeScore node, Suspicion main)
    {
        if (main.Kind is SignalKind.Resource or SignalKind.Saturation)
            return Shortage(node);
        if (
            Math.Max(node.Flow, node.Errors) >= node.Latency
            || main.Kind is SignalKind.Errors or SignalKind.Silence or SignalKind.Messages or SignalKind.Timeouts
        )
            return CauseKind.Errors;
        if (node.Strain >= TellingThresholds.Short)
            return Shortage(node);
        if (main.Kind == SignalKind.Queue || node.Suspicions.Any(s => s.Kind == SignalKind.PoolWait && IsCaller(s)))
            return CauseKind.Saturation;
        var between = node.Suspicions.Where(s => s.Kind == SignalKind.Gap).Sum(s => s.ExcessMs);
        var own = node.Suspicions.Where(s => s.Kind == SignalKind.OwnTime).Sum(s => s.ExcessMs);
        return between > 2 * own ? CauseKind.Network : CauseKind.Latency;
    }

    /// <summary>A line in which requests wait says more than what is used up, which may only be busy because of it.</summary>
    private static CauseKind Shortage(NodeScore node) =>
        node.Suspicions.Any(s => s.Kind == SignalKind.Saturation) ? CauseKind.Saturation : CauseKind.Resource;

    private CauseEvidence Evidence(string service, Suspicion s)
    {
        var operation = s.Operation >= 0 ? " in " + sample.Names[s.Operation] : "";
        var other = s.SeenAt >= 0 ? name(s.SeenAt) : "";
        var (claim, before, now, unit) = s.Kind switch
        {
            SignalKind.OwnTime when DatabaseWait.Of(sample, s) is { } wait => (
                Text($"{service} waits {Quantity.Duration(wait.NowMs)} for its database")
                    + Text($"{(wait.Peer < 0 ? "" : " " + name(wait.Peer))}{Partly(s)}{operation} where it waited ")
                    + Text($"{Quantity.Duration(wait.UsualMs)} (medians)")
                    + (
                        wait.AsksMore
                            ? Text($", in {Quantity.Count((long)wait.Calls, "call", "calls")} instead of {wait.UsualCalls:0}")
                            : ""
                    )
                    + Text($"; {Some(s, "requests")} are slow"),
                wait.UsualMs,
                wait.NowMs,
                "ms"
            ),
            SignalKind.OwnTime => (
                Text($"{service} itself takes {Slowly(s)}{operation} where it took {Quantity.Duration(s.UsualMs)} ")
                    + Text($"(medians); {Some(s, "requests")} are slow"),
                s.UsualMs,
                s.NowMs,
                "ms"
            ),
            SignalKind.Gap => (
                Text($"{Slowly(s)} pass between {other} and {service} where {Quantity.Duration(s.UsualMs)} did ")
                    + Text($"(medians); {Some(s, "calls")} are slow"),
                s.UsualMs,
                s.NowMs,
                "ms"
            ),
            SignalKind.Queue => (
                Text($"messages from {other} wait {Quantity.Duration(s.NowMs)} for {service} where they waited ")
                    + Text($"{Quantity.Duration(s.UsualMs)}"),
                s.UsualMs,
                s.NowMs,
                "ms"
            ),
            SignalKind.Errors => (
                Text($"{Some(s, (s.SeenAt >= 0 ? "calls from " + other : "requests") + " to " + service + operation)} ")
                    + Text($"fail where {s.BaseHits} of {s.BaseCount} did{(s.Detail.Length > 0 ? " (" + s.Detail + ")" : "")}, ")
                    + "and nothing below them failed",
                Rate(s.BaseHits, s.BaseCount),
                Rate(s.Hits, s.Count),
                "1"
            ),
            SignalKind.Silence => (
                Text($"{Some(s, "calls from " + other + " to " + service)} leave no trace of {service} where ")
                    + Text($"{s.BaseHits} of {s.BaseCount} did"),
                Rate(s.BaseHits, s.BaseCount),
                Rate(s.Hits, s.Count),
                "1"
            ),
            SignalKind.Flow => (
                Text($"{Some(s, "requests" + operation + " of " + service)} take another course than in the baseline ")
                    + Text($"({s.BaseHits} of {s.BaseCount}){(s.Detail.Length > 0 ? "; " + s.Detail : "")}"),
                Rate(s.BaseHits, s.BaseCount),
                Rate(s.Hits, s.Count),
                "1"
            ),
            SignalKind.Timeouts => (
                Text($"{service} gives up {Some(s, "calls to " + other + operation)} after {Quantity.Duration(s.NowMs)} ")
                    + Text($"where it gave up {s.BaseHits} of {s.BaseCount}, and {other} answers as fast as ever ")
                    + Text($"({Quantity.Duration(s.UsualMs)}, median)"),
                Rate(s.BaseHits, s.BaseCount),
                Rate(s.Hits, s.Count),
                "1"
            ),
            SignalKind.Retries => (
                Text($"{(IsCaller(s) ? service : other)} calls {(IsCaller(s) ? other : service)} {s.NowMs:0.0} times a ")
                    + Text($"request instead of {s.UsualMs:0.0}, again after tries that came to ")
                    + Text($"nothing{(s.Detail.Length > 0 ? " (" + s.Detail + ")" : "")}"),
                s.UsualMs,
                s.NowMs,
                "1"
            ),
            SignalKind.PoolWait => (
                Text($"{(IsCaller(s) ? service : other)} waits {Slowly(s)} before it calls ")
                    + Text($"{(IsCaller(s) ? other : service)} where it waited {Quantity.Duration(s.UsualMs)} (medians), as ")
                    + "when a pool is used up",
                s.UsualMs,
                s.NowMs,
                "ms"
            ),
            SignalKind.Messages => (
                Text($"{service} writes the error \"{s.Detail}\" in {s.Hits} of {s.Count} stretches of ")
                    + Text($"{MessageThresholds.StretchSeconds} s where it did in {s.BaseHits} of {s.BaseCount}"),
                Rate(s.BaseHits, s.BaseCount),
                Rate(s.Hits, s.Count),
                "1"
            ),
            _ => (
                Text($"{s.Detail} of {(other.Length > 0 ? other : service)} rose from {Quantity.Text(s.UsualMs, "")} to ")
                    + Text($"{Quantity.Text(s.NowMs, "")}"),
                s.UsualMs,
                s.NowMs,
                ""
            ),
        };
        return new CauseEvidence
        {
            Claim = claim,
            Signal = s.Kind,
            Before = before,
            Now = now,
            Unit = unit,
            Surprise = Math.Round(s.Surprise, 1),
            TraceIds = TracesOf(s),
        };
    }

    private bool IsCaller(Suspicion s) => s.Requests.Count > 0 && sample.Bad.Requests[s.Requests[0]].Service == s.Node;

    private static CauseEvidence Evidence(CauseLocation place, CauseKind kind) =>
        new()
        {
            Claim = place.Claim(kind),
            Signal = SignalKind.Place,
            Before = Rate(place.OtherHits, place.OtherCount),
            Now = Rate(place.Hits, place.Count),
            Unit = "1",
            Surprise = place.Surprise,
            TraceIds = place.TraceIds,
        };

    /// <summary>Where not every trace was read, counts are of those that were.</summary>
    private string Some(Suspicion s, string what) =>
        Text(_isSample ? $"{s.Hits} of the {s.Count} {what} that were looked at" : (FormattableString)$"{s.Hits} of {s.Count} {what}");

    /// <summary>Where only some are slow, the median of all would say that nothing changed.</summary>
    private static string Slowly(Suspicion s) =>
        s.NowMs >= TellingThresholds.MostlySlow * s.UsualMs || s.SlowMs <= s.NowMs
            ? Text($"{Quantity.Duration(s.NowMs)}")
            : Text($"{Quantity.Duration(s.SlowMs)} in {(double)s.Hits / s.Count:0 %} of the cases");

    private static string Partly(Suspicion s) =>
        s.NowMs >= TellingThresholds.MostlySlow * s.UsualMs ? "" : Text($" in {(double)s.Hits / s.Count:0 %} of the cases");

    private List<TraceId> TracesOf(Suspicion s) =>
        [
            .. s
                .Requests.Select(r => sample.Bad.Requests[r].Trace)
                .Distinct()
                .Take(TellingThresholds.MostTraces)
                .Select(t => sample.Bad.Sample.TraceIds[t]),
        ];

    private int CalledOperation(Suspicion s)
    {
        if (s.SeenAt < 0 || s.Requests.Count == 0)
            return NameTable.None;
        // A peer has no operations of its own; what its caller was doing is what an engineer can look up.
        return s
            .Requests.SelectMany(r =>
                sample
                    .Bad.Requests[r]
                    .Calls.Where(c => c.Callee == s.Node)
                    .Select(c => c.Request >= 0 ? sample.Bad.Requests[c.Request].Operation : sample.Bad.Requests[r].Operation)
            )
            .CountBy(o => o)
            .OrderByDescending(o => o.Value)
            .Select(o => o.Key)
            .FirstOrDefault(NameTable.None);
    }

    private static double Rate(int hits, int count) => count == 0 ? 0 : Math.Round((double)hits / count, 4);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
