using System.Text.Json.Serialization;
using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Ledger;

/// <summary>Whether a workload takes part in tracing, judged by the spans that were received.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerState>))]
public enum LedgerState
{
    /// <summary>Its spans arrive, and hang together with others'.</summary>
    [JsonStringEnumMemberName("instrumented")]
    Instrumented,

    /// <summary>Known or called, and no span of its own ever arrived.</summary>
    [JsonStringEnumMemberName("sends_no_spans")]
    SendsNoSpans,

    /// <summary>Its spans arrived, and no longer do.</summary>
    [JsonStringEnumMemberName("silent")]
    Silent,

    /// <summary>Its spans arrive, and it loses the context of traces.</summary>
    [JsonStringEnumMemberName("breaks_context")]
    BreaksContext,

    /// <summary>A database, broker, cache or somebody else's: seen from its callers, and nothing to instrument.</summary>
    [JsonStringEnumMemberName("only_peer")]
    OnlyPeer,

    /// <summary>Left alone on purpose.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,
}

/// <summary>One workload of the ledger. Texts may quote telemetry, manifests and the catalogue.</summary>
public sealed record LedgerEntry
{
    public required string Name { get; init; }

    public string? Namespace { get; init; }

    public required LedgerState State { get; init; }

    /// <summary>Why it is counted so, with the likely cause.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do; null where nothing is to be done.</summary>
    public string? Fix { get; init; }

    /// <summary>Where it is known from: spans, other telemetry, calls, catalogue, scan.</summary>
    public IReadOnlyList<string> KnownFrom { get; init; } = [];

    /// <summary>Services that call it, most calls first.</summary>
    public IReadOnlyList<string> Callers { get; init; } = [];

    /// <summary>Requests to it by its own spans, else calls by its callers'; on average over the window.</summary>
    public double RequestsPerMinute { get; init; }

    /// <summary>Requests a minute that traces do not show because of it; 0 where it is no gap.</summary>
    public double LostPerMinute { get; init; }

    /// <summary>The last minute with a span; null where there was none.</summary>
    public DateTimeOffset? LastSpan { get; init; }

    public string? Language { get; init; }

    /// <summary>What its telemetry says that it is made with.</summary>
    public SenderSdk? Sdk { get; init; }

    /// <summary>Of what is only a peer or a called service: what it is.</summary>
    public PeerNature? Nature { get; init; }

    public string? Team { get; init; }

    [JsonIgnore]
    public bool IsGap => State is LedgerState.SendsNoSpans or LedgerState.Silent or LedgerState.BreaksContext;

    /// <summary>Counts in what of the own services takes part.</summary>
    [JsonIgnore]
    public bool IsOwn => State is not (LedgerState.OnlyPeer or LedgerState.Skipped);
}
