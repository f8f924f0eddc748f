using Copilot.Instrument.Propagation;
using Copilot.Ownership.Owners;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;

namespace Copilot.Instrument.Ledger;

/// <summary>What the ledger is judged by; reads gave it, and nothing in it was judged yet.</summary>
public sealed record LedgerFacts
{
    /// <summary>Half-open, whole steps long. Its end is "now" for all that is judged.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>The stretches into which the window is cut for presence and coverage.</summary>
    public required long StepNs { get; init; }

    public required IReadOnlyList<ServicePresence> Services { get; init; }

    /// <summary>Calls to what sends no spans for them.</summary>
    public IReadOnlyList<PeerCalls> Peers { get; init; } = [];

    /// <summary>The two sides of calls that were looked at, for what a peer is.</summary>
    public PropagationSample Sample { get; init; } = PropagationSample.Empty;

    public PropagationReport Propagation { get; init; } = PropagationReport.Empty;

    public OwnershipSnapshot Owners { get; init; } = OwnershipSnapshot.Empty;

    /// <summary>What scans of manifests declared.</summary>
    public IReadOnlyList<DeclaredWorkload> Declared { get; init; } = [];

    /// <summary>Deploys and the like in and just before the window.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>When anything was last received; null where nothing ever was.</summary>
    public DateTimeOffset? ReceivedUntil { get; init; }

    public double Minutes => Math.Max(1, Window.Seconds / 60);

    public int Steps => (int)Math.Max(1, (Window.ToNs - Window.FromNs + StepNs - 1) / StepNs);
}
