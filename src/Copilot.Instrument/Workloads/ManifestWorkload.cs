namespace Copilot.Instrument.Workloads;

/// <summary>Something that runs code, as a manifest describes it: what scanning, planning and the ledger speak of.</summary>
public sealed record ManifestWorkload
{
    public required WorkloadKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>The namespace that the manifest or its kustomization names; null where it is only known when it is applied.</summary>
    public string? Namespace { get; init; }

    public required ManifestPlace Place { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = Nothing;

    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = Nothing;

    /// <summary>The annotations that pods get: those of the pod template, never the workload's own.</summary>
    public IReadOnlyDictionary<string, string> PodAnnotations { get; init; } = Nothing;

    public required IReadOnlyList<WorkloadContainer> Containers { get; init; }

    /// <summary>The kustomization that lists its file; null where none does.</summary>
    public string? Kustomization { get; init; }

    /// <summary>Why its file cannot be edited; null where it can.</summary>
    public string? LeftAlone { get; init; }

    /// <summary>Whether the pods share their processes' namespace; false where the manifest forbids it.</summary>
    public bool? SharesProcesses { get; init; }

    public bool UsesHostNetwork { get; init; }

    public static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    /// <summary>A name for people: kind, namespace and name.</summary>
    public string Title => Namespace is null ? $"{Kind.Word()} {Name}" : $"{Kind.Word()} {Namespace}/{Name}";

    /// <summary>The containers that run for as long as the workload does.</summary>
    public IEnumerable<WorkloadContainer> Running => Containers.Where(container => !container.IsInit);
}

/// <summary>Where a workload stands: the file below its root, the document in it, and the way to the workload's mapping.</summary>
public sealed record ManifestPlace(string File, int Line, int Document, IReadOnlyList<string> Path)
{
    public override string ToString() => $"{File}:{Line}";

    public bool Equals(ManifestPlace? other) =>
        other is not null && File == other.File && Document == other.Document && Path.SequenceEqual(other.Path);

    public override int GetHashCode() => HashCode.Combine(File, Document, Path.Count);
}
