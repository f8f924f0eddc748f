using Copilot.Instrument.Editing;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>What would be written, and what would not and why.</summary>
public sealed record FleetPlan
{
    public required IReadOnlyList<FilePlan> Files { get; init; }

    public required IReadOnlyList<SkippedWorkload> Skipped { get; init; }

    public required IReadOnlyList<PlanWave> Waves { get; init; }

    /// <summary>What has to be so for the change to work, and what is worth a look.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required string Endpoint { get; init; }

    public IEnumerable<PlannedWorkload> Workloads => Files.SelectMany(file => file.Workloads);
}

/// <summary>One file's change; a file that is new has no text before.</summary>
public sealed record FilePlan
{
    public required string Root { get; init; }

    /// <summary>Below the root, with forward slashes.</summary>
    public required string File { get; init; }

    public string? Before { get; init; }

    public required IReadOnlyList<TextEdit> Edits { get; init; }

    public IReadOnlyList<PlannedWorkload> Workloads { get; init; } = [];

    public string After => TextEdit.Apply(Before ?? "", Edits);
}

/// <summary>A workload that the plan changes, and what is added to it.</summary>
public sealed record PlannedWorkload(
    WorkloadFinding Finding,
    IReadOnlyList<KeyValuePair<string, string>> Added,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>What waves and records know it by.</summary>
    public string Id => $"{Finding.Workload.Place.File}#{Finding.Workload.Title}";
}

/// <summary>A workload that the plan leaves as it is, and why.</summary>
public sealed record SkippedWorkload(WorkloadFinding Finding, string Reason);
