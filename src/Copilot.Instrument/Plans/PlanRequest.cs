using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>How the person wants it.</summary>
public sealed record PlanRequest
{
    public required ScanResult Scan { get; init; }

    /// <summary>Where agents send spans, OTLP over HTTP; null takes what the files show, else the copilot's usual name.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The value of inject annotations: "true", a name, or "namespace/name". The last two name a resource that is there.</summary>
    public string Instrumentation { get; init; } = "true";

    /// <summary>The environment for <c>deployment.environment.name</c>; null where labels say it or nobody does.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether to write a privileged DaemonSet for what cannot be injected.</summary>
    public bool WithEbpf { get; init; }

    public int WaveSize { get; init; } = InstrumentThresholds.WaveSize;

    /// <summary>What a wave keeps together.</summary>
    public WaveGrouping By { get; init; } = WaveGrouping.Language;

    /// <summary>Only these workloads, by their titles; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    public Action<int, int>? Progress { get; init; }
}

/// <summary>What a wave keeps together.</summary>
public enum WaveGrouping
{
    Language,
    System,
    None,
}
