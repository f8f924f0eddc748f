namespace Copilot.Instrument.Workloads;

/// <summary>A container of a workload, with what may tell what runs in it.</summary>
public sealed record WorkloadContainer
{
    public required string Name { get; init; }

    /// <summary>The image as the manifest writes it, variables filled in where they are known; null where it is built and has no
    /// name.</summary>
    public ImageName? Image { get; init; }

    public bool IsInit { get; init; }

    /// <summary>What replaces the image's entry point, and what follows it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<EnvironmentEntry> Environment { get; init; } = [];

    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];

    /// <summary>Paths in the container on which something is mounted, with the sub-path's file where there is one.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Commands that health checks run in the container.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Probes { get; init; } = [];

    /// <summary>Paths that health checks ask for over HTTP.</summary>
    public IReadOnlyList<string> ProbePaths { get; init; } = [];

    /// <summary>Names of a build's arguments and what they say.</summary>
    public IReadOnlyList<EnvironmentEntry> BuildArguments { get; init; } = [];

    /// <summary>The Dockerfile that makes the image, as a path below the root; null where none is named.</summary>
    public string? Dockerfile { get; init; }

    public string? BuildContext { get; init; }

    /// <summary>The memory limit in bytes; null where there is none.</summary>
    public long? MemoryLimit { get; init; }

    public EnvironmentEntry? Variable(string name) => Environment.FirstOrDefault(entry => entry.Name == name);
}

/// <summary>A variable; the value is null where it comes from elsewhere (a secret, the host).</summary>
public sealed record EnvironmentEntry(string Name, string? Value);

public sealed record ContainerPort(int Number, string? Name);
