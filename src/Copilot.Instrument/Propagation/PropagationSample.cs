using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Propagation;

/// <summary>What the doctor looks at. All of it is of the same stretches of time.</summary>
public sealed record PropagationSample
{
    public static PropagationSample Empty { get; } = new() { Sides = [], Kept = [] };

    /// <summary>Requests without a parent, and calls that no other service's span answers.</summary>
    public required IReadOnlyList<CallSide> Sides { get; init; }

    /// <summary>Calls that hang together.</summary>
    public required IReadOnlyList<KeptCalls> Kept { get; init; }

    /// <summary>All requests to services whose calls start traces.</summary>
    public IReadOnlyList<CallSide> Requests { get; init; } = [];

    /// <summary>Peers that are called as databases, with their system.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<LostParents> Parents { get; init; } = [];

    /// <summary>Which part of the spans in the window was read: 0 to 1.</summary>
    public double ReadShare { get; init; } = 1;

    /// <summary>The length of what was read.</summary>
    public double Minutes { get; init; } = 1;

    /// <summary>Why there is less to look at than there should be; null where there is not.</summary>
    public string? Note { get; init; }
}

/// <summary>What the doctor found.</summary>
/// <param name="Breaks">Most calls a minute first.</param>
/// <param name="Parents">Services many of whose requests name a parent that never came: sampled away or not received, but not lost.</param>
/// <param name="ReadShare">Which part of the spans in the window was looked at.</param>
/// <param name="Note">What could not be looked at; null where all was.</param>
public sealed record PropagationReport(
    IReadOnlyList<ContextBreak> Breaks,
    IReadOnlyList<LostParents> Parents,
    double ReadShare,
    string? Note
)
{
    public static PropagationReport Empty { get; } = new([], [], 1, null);
}
