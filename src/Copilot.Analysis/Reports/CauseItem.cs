using Copilot.Analysis.Signals;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Reports;

/// <summary>One place where the trouble may start.</summary>
public sealed record CauseItem
{
    /// <summary>The service, or the known name of a peer that sends no spans.</summary>
    public required string Service { get; init; }

    /// <summary>The peer's address, where the cause sends no spans itself.</summary>
    public string? Peer { get; init; }

    /// <summary>For a peer: the service whose calls show it.</summary>
    public string? SeenAt { get; init; }

    /// <summary>The database that its lost time is spent waiting for: the spans cannot tell the two ends apart.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Error types of its failing requests.</summary>
    public IReadOnlyList<string> ErrorTypes { get; init; } = [];

    /// <summary>0 to 1: how much of the trouble starts here.</summary>
    public required double Score { get; init; }

    /// <summary>0 to 1: how clearly the evidence speaks for it; for adding up looks, not for telling.</summary>
    public double Clearness { get; init; }

    /// <summary>0 to 1: how likely this is the cause, calibrated on labelled faults.</summary>
    public double Confidence { get; init; }

    public string? Operation { get; init; }

    public required CauseKind Kind { get; init; }

    /// <summary>One or two sentences with the numbers.</summary>
    public required string Why { get; init; }

    /// <summary>The one attribute value (a pod, a host, a version, a tenant) to which it is confined, where it is.</summary>
    public CauseLocation? Place { get; init; }

    /// <summary>The last change of it shortly before, where there was one.</summary>
    public Change? Change { get; init; }

    /// <summary>After that change nothing was good any more, before it nothing was bad yet.</summary>
    public bool BeganWithChange { get; init; }

    public IReadOnlyList<CauseEvidence> Evidence { get; init; } = [];
}

/// <summary>One measured fact, with traces that show it.</summary>
public sealed record CauseEvidence
{
    public required string Claim { get; init; }

    public required SignalKind Signal { get; init; }

    public double Before { get; init; }

    public double Now { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>How surprising it is, in standard deviations.</summary>
    public double Surprise { get; init; }

    public IReadOnlyList<TraceId> TraceIds { get; init; } = [];
}

/// <summary>The contract's words for what the code's enumerations hold.</summary>
public static class CauseWords
{
    public static string Word(this LocationKind kind) =>
        kind switch
        {
            LocationKind.Confined => "confined",
            LocationKind.BroughtIn => "brought_in",
            _ => "gone",
        };

    public static string Word(this CauseVerdict verdict) => verdict == CauseVerdict.Cause ? "cause" : "no_cause";
}
